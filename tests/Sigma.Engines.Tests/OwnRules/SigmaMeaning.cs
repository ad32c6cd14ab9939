using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>How a test of a single value reads an event.</summary>
internal delegate bool ValueTest(DetectionItem item, Value value, EngineEvent e);

/// <summary>
/// What a rule means, read straight off its tree: whether an event meets its condition. It shares nothing with the way to
/// the queries, neither the normalizer nor an emitter.
/// </summary>
internal sealed class SigmaMeaning(SigmaRule rule, ValueTest test)
{
    private static readonly Dictionary<(string, bool, bool), Regex> Patterns = [];

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
    public static ValueTest Exact(bool ignoreCase) => (item, value, e) =>
    {
        if (item.Field is null)
        {
            return e.Present.Any(present => Fits(value, present.Value, ignoreCase, whole: false));
        }

        var text = item.Field == "EventID" ? e.EventId.ToString(CultureInfo.InvariantCulture) : e.Data.GetValueOrDefault(item.Field);
        return value switch
        {
            NullValue => text is null,
            ExistsValue exists => exists.Exists == text is not null,
            FieldReferenceValue reference => text is not null && e.Data.GetValueOrDefault(reference.Field) is { } other && (reference switch
            {
                { StartsWith: true, EndsWith: true } => text.Contains(other, StringComparison.OrdinalIgnoreCase),
                { StartsWith: true } => text.StartsWith(other, StringComparison.OrdinalIgnoreCase),
                { EndsWith: true } => text.EndsWith(other, StringComparison.OrdinalIgnoreCase),
                _ => text.Equals(other, StringComparison.OrdinalIgnoreCase),
            }),
            _ => text is not null && Fits(value, text, ignoreCase, whole: true),
        };
    };

    /// <summary>A line of a log: a value stands anywhere in it.</summary>
    public static bool InLine(DetectionItem item, Value value, EngineEvent e) => value switch
    {
        StringValue text when item.Field is not null && text.Text.Parts.Length > 0 && text.Text.Parts.All(part => part.Kind is PartKind.Many) =>
            e.Line.Contains(item.Field, StringComparison.OrdinalIgnoreCase),
        _ => Fits(value, e.Line, ignoreCase: true, whole: false),
    };

    /// <summary>
    /// The rendered message: a line of it has the field's name and later the value. Of a list's plain values, any place will
    /// do, as in the queries published in 2020.
    /// </summary>
    public static bool InMessage(DetectionItem item, Value value, EngineEvent e)
    {
        if (item.Field == "EventID")
        {
            return Exact(true)(item, value, e);
        }

        var named = item.Field is not null && !(Listed(item) && value is StringValue { Cased: false, Text.HasWildcards: false } or NumberValue && Listed(item));
        return e.Message.Split('\n').Any(line => named
            ? AfterName(line, item.Field!).Any(rest => Fits(value, rest, ignoreCase: true, whole: false))
            : Fits(value, line, ignoreCase: true, whole: false));
    }

    private static bool Listed(DetectionItem item) => item is { IsList: true, All: false }
        && (item.Values.All(v => v is StringValue { Cased: false } or NumberValue) || item.Values.Count(v => v is StringValue { Cased: false } or NumberValue) > 1);

    private static IEnumerable<string> AfterName(string line, string field)
    {
        for (var at = line.IndexOf(field, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(field, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            yield return line[(at + field.Length)..];
        }
    }

    private static bool Fits(Value value, string text, bool ignoreCase, bool whole)
    {
        switch (value)
        {
            case StringValue wanted:
                var key = (string.Concat(wanted.Text.Parts.Select(Pattern)), ignoreCase && !wanted.Cased, whole);
                if (!Patterns.TryGetValue(key, out var pattern))
                {
                    Patterns[key] = pattern = new Regex(
                        key.whole ? $@"\A(?:{key.Item1})\z" : key.Item1,
                        RegexOptions.Singleline | RegexOptions.CultureInvariant | (key.Item2 ? RegexOptions.IgnoreCase : RegexOptions.None));
                }

                return pattern.IsMatch(text);
            case NumberValue number:
                return whole ? text == number.Text : text.Contains(number.Text, StringComparison.Ordinal);
            case BooleanValue boolean:
                return whole
                    ? text.Equals(boolean.Value.ToString(), StringComparison.OrdinalIgnoreCase)
                    : text.Contains(boolean.Value.ToString(), StringComparison.OrdinalIgnoreCase);
            case RegexValue regex:
                return Regex.IsMatch(text, regex.Pattern.Literal!, Options(regex));
            case CidrValue cidr:
                return System.Net.IPAddress.TryParse(text, out var address) && cidr.Network.Contains(address);
            case CompareValue compare:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var actual)
                    && Compares(actual, compare.Comparison, double.Parse(compare.Number, CultureInfo.InvariantCulture));
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static RegexOptions Options(RegexValue regex) => RegexOptions.CultureInvariant
        | (regex.Flags.HasFlag(RegexFlags.IgnoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None)
        | (regex.Flags.HasFlag(RegexFlags.Multiline) ? RegexOptions.Multiline : RegexOptions.None)
        | (regex.Flags.HasFlag(RegexFlags.DotAll) ? RegexOptions.Singleline : RegexOptions.None);

    private static bool Compares(double actual, Comparison comparison, double wanted) => comparison switch
    {
        Comparison.Less => actual < wanted,
        Comparison.LessOrEqual => actual <= wanted,
        Comparison.Greater => actual > wanted,
        _ => actual >= wanted,
    };

    private static string Pattern(StringPart part) => part.Kind switch
    {
        PartKind.Many => ".*",
        PartKind.One => ".",
        _ => Regex.Escape(part.Text),
    };
}
