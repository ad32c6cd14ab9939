using Sigma.Events.Samples;

namespace Sigma.Checks.Meanings;

/// <summary>Values that take in everything that others do.</summary>
internal static class Covering
{
    /// <summary>Longer lists are compared with nothing: their pairs are too many.</summary>
    private const int MostValues = 300;

    /// <summary>Pairs of values of a list, the first of which implies the second; equal values are not among them.</summary>
    /// <param name="rule">The rule; all its lists are looked at.</param>
    /// <param name="all">Whether all values of the list must match, or any.</param>
    public static IEnumerable<(Value Narrow, Value Wide)> Pairs(RuleText rule, bool all) => (rule.Detecting?.Detections ?? []).SelectMany(detection => detection.Body.Leaves())
        .Where(item => item.All == all && item.Field is not null && item.Values.Length is > 1 and <= MostValues)
        .SelectMany(Pairs);

    private static IEnumerable<(Value Narrow, Value Wide)> Pairs(DetectionItem item)
    {
        var gone = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        foreach (Value narrow in item.Values)
        {
            Value? wide = item.Values.FirstOrDefault(other => !ReferenceEquals(other, narrow) && Includes(other, narrow) && !Includes(narrow, other));
            if (wide is not null && gone.Add(narrow))
            {
                yield return (narrow, wide);
            }
        }
    }

    /// <summary>Whether an item holds only where another does.</summary>
    public static bool Implies(DetectionItem narrow, DetectionItem wide) =>
        narrow.Values.Length <= MostValues && wide.Values.Length <= MostValues && narrow.Values.All(value => wide.Values.Any(other => Includes(other, value)));

    /// <summary>The maps of a detection, at all levels.</summary>
    public static IEnumerable<AllOfDetection> Maps(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(Maps).Prepend(all),
        AnyOfDetection any => any.Items.SelectMany(Maps),
        _ => [],
    };

    /// <summary>A value as it is written.</summary>
    public static string Shown(Value value) => value.Span.Characters.ToString();

    private static bool Includes(Value wide, Value narrow) => (wide, narrow) switch
    {
        (StringValue x, StringValue y) => !x.Text.HasPlaceholders && !y.Text.HasPlaceholders && PatternWitness.Includes(x, y),
        (CidrValue x, CidrValue y) => NetworkSpace.Includes(x.Network, y.Network),
        (NumberValue x, NumberValue y) => x.Text == y.Text,
        _ => false,
    };
}
