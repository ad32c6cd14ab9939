using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>How a test of a single value reads an event.</summary>
internal delegate bool ValueTest(DetectionItem item, Value value, EngineEvent e);

/// <summary>
/// What a rule means, read straight off its tree: whether an event meets its condition. It shares nothing with the way to
/// the queries, neither the normalizer nor an emitter, and nothing with the product's evaluator.
/// </summary>
internal sealed class SigmaMeaning(SigmaRule rule, ValueTest test)
{
    public bool Holds(EngineEvent e) => Holds(rule.Conditions.Single().Search, e);

    private bool Holds(ConditionNode node, EngineEvent e) => node switch
    {
        AndCondition and => Holds(and.Left, e) && Holds(and.Right, e),
        OrCondition or => Holds(or.Left, e) || Holds(or.Right, e),
        NotCondition not => !Holds(not.Operand, e),
        GroupCondition group => Holds(group.Inner, e),
        IdentifierCondition identifier => Holds(rule.Detections.Single(d => d.Name == identifier.Name).Body, e),
        SelectorCondition { All: true } all => Selected(all).All(d => Holds(d.Body, e)),
        SelectorCondition any => Selected(any).Any(d => Holds(d.Body, e)),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private IEnumerable<NamedDetection> Selected(SelectorCondition selector) => rule.Detections.Where(d => selector.Pattern is null
        ? !d.Name.StartsWith('_')
        : Regex.IsMatch(d.Name, "^" + Regex.Escape(selector.Pattern).Replace(@"\*", ".*") + "$"));

    private bool Holds(Detection detection, EngineEvent e) => detection switch
    {
        AllOfDetection all => all.Items.All(item => Holds(item, e)),
        AnyOfDetection any => any.Items.Any(item => Holds(item, e)),
        DetectionItem { All: true } item => item.Values.All(value => Holds(item, value, e)) != item.Negated,
        DetectionItem item => item.Values.Any(value => Holds(item, value, e)) != item.Negated,
        _ => throw new NotSupportedException(detection.GetType().Name),
    };

    private bool Holds(DetectionItem item, Value value, EngineEvent e) => value is ExpansionValue expansion
        ? expansion.Values.Any(one => Holds(item, one, e))
        : test(item, value, e);

    /// <summary>The specification's own meaning; keywords are looked for in every value.</summary>
    /// <param name="folding">Which letters are the same.</param>
    /// <param name="ofFields">The same between two fields, where the engine has another comparison for them; null for <paramref name="folding"/>.</param>
    public static ValueTest Exact(Folding folding, Folding? ofFields = null) => (item, value, e) =>
    {
        if (item.Field is null)
        {
            return e.Present.Any(present => ValueMeaning.Fits(value, present.Value, folding, whole: false));
        }

        var text = item.Field == "EventID" ? e.EventId.ToString(CultureInfo.InvariantCulture) : e.Data.GetValueOrDefault(item.Field);
        return value switch
        {
            NullValue => text is null,
            ExistsValue exists => exists.Exists == text is not null,
            FieldReferenceValue reference => text is not null && e.Data.GetValueOrDefault(reference.Field) is { } other && (reference switch
            {
                { StartsWith: true, EndsWith: true } => (ofFields ?? folding).Of(text).Contains((ofFields ?? folding).Of(other), StringComparison.Ordinal),
                { StartsWith: true } => (ofFields ?? folding).Of(text).StartsWith((ofFields ?? folding).Of(other), StringComparison.Ordinal),
                { EndsWith: true } => (ofFields ?? folding).Of(text).EndsWith((ofFields ?? folding).Of(other), StringComparison.Ordinal),
                _ => (ofFields ?? folding).Of(text) == (ofFields ?? folding).Of(other),
            }),
            _ => text is not null && ValueMeaning.Fits(value, text, folding, whole: true),
        };
    };

    /// <summary>A line of a log: a value stands anywhere in it.</summary>
    public static ValueTest InLine(Folding folding) => (item, value, e) => value switch
    {
        StringValue text when item.Field is not null && text.Text.Parts.Length > 0 && text.Text.Parts.All(part => part.Kind is PartKind.Many) =>
            folding.Of(e.Line).Contains(folding.Of(item.Field), StringComparison.Ordinal),
        CidrValue => Exact(folding)(item, value, e),
        _ => IsInText(value) && ValueMeaning.Fits(value, e.Line, folding, whole: false),
    };

    /// <summary>A text without fields tells nothing of the others; a query says so.</summary>
    private static bool IsInText(Value value) => value is StringValue or NumberValue or BooleanValue or RegexValue;

    /// <summary>
    /// The rendered message: a line of it has the field's name and later the value. Of a list of numbers, any place will do, as
    /// in the specification's own query.
    /// </summary>
    public static ValueTest InMessage(Folding folding) => (item, value, e) =>
    {
        if (item.Field == "EventID")
        {
            return Exact(folding)(item, value, e);
        }

        if (value is CidrValue)
        {
            return Exact(folding)(item, value, e);
        }

        if (!IsInText(value))
        {
            return false;
        }

        var named = item.Field is not null && !(value is NumberValue && ListsNumbers(item));
        var name = named && value is not (StringValue { Cased: true } or RegexValue) ? folding : Folding.None;
        return e.Message.Split('\n').Any(line => named
            ? AfterName(line, item.Field!, name).Any(rest => ValueMeaning.Fits(value, rest, folding, whole: false, oneUnit: true))
            : ValueMeaning.Fits(value, line, folding, whole: false, oneUnit: true));
    };

    /// <summary>Whether an item's plain values are written as one list of numbers.</summary>
    public static bool ListsNumbers(DetectionItem item) => Listed(item) && item.Values.Where(Plain).All(value => value is NumberValue);

    /// <summary>Whether an item's plain values are written as one list.</summary>
    public static bool Listed(DetectionItem item) => item is { IsList: true, All: false }
        && (item.Values.All(Plain) || item.Values.Count(Plain) > 1);

    private static bool Plain(Value value) => value is StringValue { Cased: false } or NumberValue;

    private static IEnumerable<string> AfterName(string line, string field, Folding folding)
    {
        var (text, name) = (folding.Of(line), folding.Of(field));
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            yield return line[(at + field.Length)..];
        }
    }
}
