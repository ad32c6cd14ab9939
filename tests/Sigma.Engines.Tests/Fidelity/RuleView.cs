using Sigma.Engines.Tests.Engines;
using Sigma.Events.Matching;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// A target's view of rules and events in the product's own terms, so that its evaluator can be asked: the rule rewritten and
/// the event with it. A line is an event of one value, for instance, in which every value of a field is a keyword.
/// </summary>
/// <param name="Rule">The rule in the view; null where the evaluator has no words for it.</param>
/// <param name="Event">The event in the view.</param>
internal sealed record RuleView(Func<SigmaRule, SigmaRule?> Rule, Func<EngineEvent, Event> Event)
{
    /// <summary>Fields and values as they are.</summary>
    public static readonly RuleView Fields = new(rule => rule, e => Sigma.Events.Matching.Event.Of(e.Present.Select(p => KeyValuePair.Create(p.Name, (string?)p.Value))));

    /// <summary>The same, without keywords: a product that finds them by whole words sees others.</summary>
    public static readonly RuleView FieldsOnly = Fields with { Rule = rule => Rewrite(rule, (item, value) => item.Field is null ? null : item with { Values = [value] }) };

    /// <summary>The labels that Grafana Loki makes of fields, without keywords.</summary>
    public static readonly RuleView Labels = new(
        rule => Rewrite(rule, (item, value) => item.Field is null ? null : item with { Field = Engines.Loki.LokiLine.LabelOf(item.Field), Values = [value] }),
        e => Fields!.Event(LokiMeaning.Seen(e)));

    /// <summary>The same, every text by case.</summary>
    public static readonly RuleView Cased = Fields with
    {
        Rule = rule => Rewrite(rule, (item, value) => item.Field is null ? null : item with { Values = [value is StringValue text ? text with { Cased = true } : value] }),
    };

    /// <summary>One line: what a field holds, the line contains.</summary>
    public static readonly RuleView Line = new(
        rule => Rewrite(rule, (item, value) => value is StringValue or NumberValue or RegexValue && !IsAnything(value) ? item with { Field = null, Values = [value] } : null),
        e => Sigma.Events.Matching.Event.Of(("line", e.Line)));

    /// <summary>Lines of a message: a line contains the field's name and, later, the value.</summary>
    public static readonly RuleView Message = new(
        rule => Rewrite(rule, InMessage),
        e => Sigma.Events.Matching.Event.Of(e.Message.Split('\n').Select((line, i) => KeyValuePair.Create("line" + i, (string?)line))));

    private static DetectionItem? InMessage(DetectionItem item, Value value)
    {
        // The specification's own query has a list of numbers without the field's name.
        var name = item.Field is null || (value is NumberValue && SigmaMeaning.ListsNumbers(item)) ? "" : item.Field;
        StringPart[] before = name.Length == 0 ? [] : [new StringPart(PartKind.Literal, name), new StringPart(PartKind.Many, "")];
        Value? line = value switch
        {
            StringValue { Text.IsEmpty: false } text => text with { Text = SigmaString.Of([.. before, .. text.Text.Parts]) },
            NumberValue number => new StringValue(SigmaString.Of([.. before, new StringPart(PartKind.Literal, number.Text)]), false, number.Span),
            RegexValue regex when name.Length > 0 => regex with
            {
                Pattern = SigmaString.OfLiteral($"{RegexText.Escape(name, RegexDialect.DotNet)}.*(?:{regex.Pattern.Literal})"),
            },
            RegexValue => value,
            _ => null,
        };
        return line is null ? null : item with { Field = null, Values = [line] };
    }

    private static bool IsAnything(Value value) => value is StringValue text && text.Text.Parts.All(part => part.Kind is PartKind.Many);

    /// <summary>Rewrites each value of each item; null where one has no form in the view.</summary>
    private static SigmaRule? Rewrite(SigmaRule rule, Func<DetectionItem, Value, Detection?> rewrite)
    {
        try
        {
            return rule with { Detections = [.. rule.Detections.Select(d => d with { Body = Rewrite(d.Body, rewrite) })] };
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Detection Rewrite(Detection detection, Func<DetectionItem, Value, Detection?> rewrite) => detection switch
    {
        AllOfDetection all => all with { Items = [.. all.Items.Select(item => Rewrite(item, rewrite))] },
        AnyOfDetection any => any with { Items = [.. any.Items.Select(item => Rewrite(item, rewrite))] },
        DetectionItem item => Joined(item, item.Values.Select(value => value is ExpansionValue several
            ? Joined(item with { All = false }, several.Values.Select(one => rewrite(item, one) ?? throw new NotSupportedException()))
            : rewrite(item, value) ?? throw new NotSupportedException())),
        _ => throw new NotSupportedException(detection.GetType().Name),
    };

    // A negated item has none of its values: all of them fail.
    private static Detection Joined(DetectionItem item, IEnumerable<Detection> values) => item.All != item.Negated
        ? new AllOfDetection([.. values], item.Span)
        : new AnyOfDetection([.. values], item.Span);
}
