using System.Collections.Immutable;

namespace Sigma.Rules;

/// <summary>The items of a rule's detections, whatever lists and maps they stand in.</summary>
internal static class RuleItems
{
    /// <summary>Lists the items of a rule, in the order of the file.</summary>
    public static IEnumerable<DetectionItem> Of(SigmaRule rule) => Of(rule.Detections);

    /// <summary>Lists the items of detections, in the order of the file.</summary>
    public static IEnumerable<DetectionItem> Of(ImmutableArray<NamedDetection> detections) => detections.SelectMany(detection => Of(detection.Body));

    /// <summary>The texts and numbers of an item's values; patterns and comparisons are left out.</summary>
    public static IEnumerable<string> Literals(DetectionItem item) => item.Values.Select(value => value switch
    {
        NumberValue number => number.Text,
        StringValue { Text.Literal: { } text } => text,
        _ => null,
    }).OfType<string>();

    private static IEnumerable<DetectionItem> Of(Detection detection) => detection switch
    {
        AllOfDetection all => Of(all.Items),
        AnyOfDetection any => Of(any.Items),
        DetectionItem item => [item],
        _ => [],
    };

    private static IEnumerable<DetectionItem> Of(ImmutableArray<Detection> items) => items.SelectMany(Of);
}
