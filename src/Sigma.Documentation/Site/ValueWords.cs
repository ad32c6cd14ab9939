using System.Globalization;
using Sigma.Rules;

namespace Sigma.Documentation.Site;

/// <summary>Says in words what a value asks of a field, by its meaning after the modifiers.</summary>
internal static class ValueWords
{
    /// <summary>The relation and its operand: <c>ends with</c> and <c>\cmd.exe</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="anywhere">Whether it is a keyword, which may stand anywhere in the event.</param>
    public static (string Relation, string Value) Of(Value value, bool anywhere) => value switch
    {
        StringValue text => OfText(text, anywhere),
        NumberValue number => (anywhere ? "anywhere" : "is", number.Text),
        BooleanValue boolean => ("is", boolean.Value ? "true" : "false"),
        NullValue => ("is empty or absent", ""),
        RegexValue regex => (anywhere ? "anywhere, matching" : "matches", $"/{regex.Pattern}/{FlagsOf(regex)}"),
        CidrValue cidr => ("is in", cidr.Network.ToString()),
        CompareValue compare => (Of(compare.Comparison), compare.Number),
        ExistsValue exists => (exists.Exists ? "exists" : "does not exist", ""),
        FieldReferenceValue other => ((other.StartsWith, other.EndsWith) switch
        {
            (true, true) => "contains the field",
            (true, false) => "starts with the field",
            (false, true) => "ends with the field",
            _ => "equals the field",
        }, other.Field),
        TimePartValue part => ($"{part.Part.ToString().ToLowerInvariant()} {Of(part.Comparison)}", part.Number),
        ExpansionValue { Values: [var first, ..] } expansion => OfExpansion(Of(first, anywhere), expansion.Values.Length),
        QueryExpressionValue query => ("meets", query.For("{field}")),
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    /// <summary>A comparison in words.</summary>
    public static string Of(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "≤",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => "≥",
        _ => "≠",
    };

    private static (string Relation, string Value) OfExpansion((string Relation, string Value) first, int count) =>
        count == 1 ? first : (first.Relation, $"{first.Value}  (or {(count - 1).ToString(CultureInfo.InvariantCulture)} other {(count == 2 ? "form" : "forms")} of it)");

    private static (string Relation, string Value) OfText(StringValue value, bool anywhere)
    {
        SigmaString text = value.Text;
        bool front = text.Parts is [{ Kind: PartKind.Many }, ..];
        bool back = text.Parts is [_, .., { Kind: PartKind.Many }];
        var middle = new SigmaString(text.Parts[(front ? 1 : 0)..(text.Parts.Length - (back ? 1 : 0))]);
        string cased = value.Cased ? ", case counting" : "";
        if (text.IsEmpty)
        {
            return ("is the empty text", "");
        }

        if (text.Parts is [{ Kind: PartKind.Many }])
        {
            return ("has any value", "");
        }

        if (anywhere)
        {
            return ("anywhere" + cased, (front && back ? middle : text).ToString());
        }

        if (middle.HasWildcards)
        {
            return ("is like" + cased, text.ToString());
        }

        string relation = (front, back) switch
        {
            (true, true) => "contains",
            (true, false) => "ends with",
            (false, true) => "starts with",
            _ => "is",
        };
        return (relation + cased, middle.Literal ?? middle.ToString());
    }

    private static string FlagsOf(RegexValue regex) =>
        string.Concat(new[] { (RegularExpressions.RegexFlags.IgnoreCase, "i"), (RegularExpressions.RegexFlags.Multiline, "m"), (RegularExpressions.RegexFlags.DotAll, "s") }
            .Where(flag => regex.Flags.HasFlag(flag.Item1)).Select(flag => flag.Item2));
}
