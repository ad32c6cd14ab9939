using System.Collections.Immutable;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Explanations;

/// <summary>Writes what fields are tested for, in words.</summary>
internal static class ValueText
{
    /// <summary>Writes a test of a field: a line, or one and a line a value below it.</summary>
    /// <param name="field">The field; null for keywords.</param>
    /// <param name="values">The values.</param>
    /// <param name="all">Whether all must hold.</param>
    /// <param name="depth">The depth of the first line.</param>
    /// <param name="span">The place of the first line.</param>
    public static IEnumerable<TextLine> Lines(string? field, ImmutableArray<Value> values, bool all, int depth, Span span)
    {
        if (values is [not ExpansionValue and var only])
        {
            yield return Line(depth, field is null ? "keyword " + Operand(only) : $"{field} {Predicate(only)}", span);
            yield break;
        }

        yield return Line(depth, $"{field ?? "keywords"}, {(all ? "all" : "any")} of", span);
        foreach (Value value in values)
        {
            if (value is ExpansionValue expansion)
            {
                yield return Line(depth + 1, "any of", expansion.Span);
            }

            bool expanded = value is ExpansionValue;
            foreach (Value one in value is ExpansionValue several ? several.Values : [value])
            {
                yield return Line(depth + (expanded ? 2 : 1), Test(field, one), one.Span);
            }
        }
    }

    /// <summary>Writes one test without the name of the field.</summary>
    public static string Test(string? field, Value value) => field is null ? Operand(value) : Predicate(value);

    /// <summary>A line without control characters.</summary>
    public static TextLine Line(int depth, string text, Span? span = null) => new(depth, DiagnosticWriter.Visible(text), span);

    private static string Predicate(Value value) => value switch
    {
        StringValue or NumberValue or BooleanValue or NullValue => "is " + Operand(value),
        RegexValue => "matches " + Operand(value),
        CidrValue => "is in " + Operand(value),
        FieldReferenceValue { StartsWith: true, EndsWith: true } => "contains " + Operand(value),
        FieldReferenceValue { StartsWith: true } => "starts with " + Operand(value),
        FieldReferenceValue { EndsWith: true } => "ends with " + Operand(value),
        FieldReferenceValue => "is " + Operand(value),
        QueryExpressionValue => "fits the query text " + Operand(value),
        ExistsValue exists => exists.Exists ? "exists" : "does not exist",
        _ => Operand(value),
    };

    private static string Operand(Value value) => value switch
    {
        StringValue text => $"\"{text.Text}\"" + (text.Cased ? ", case counts" : ""),
        NumberValue number => number.Text,
        BooleanValue truth => truth.Value ? "true" : "false",
        NullValue => "null",
        RegexValue regex => $"/{regex.Pattern.Literal ?? regex.Pattern.ToString()}/{Flags(regex.Flags)}",
        CidrValue cidr => cidr.Network.ToString(),
        CompareValue compare => $"{Comparisons.SignOf(compare.Comparison)} {compare.Number}",
        ExistsValue exists => exists.Exists ? "exists" : "does not exist",
        FieldReferenceValue reference => $"the value of {reference.Field}",
        TimePartValue part => $"{part.Part.ToString().ToLowerInvariant()} {Comparisons.SignOf(part.Comparison)} {part.Number}",
        ExpansionValue expansion => string.Join(" or ", expansion.Values.Select(Operand)),
        QueryExpressionValue query => $"'{query.For("{field}")}'",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    private static string Flags(RegexFlags flags) =>
        (flags.HasFlag(RegexFlags.IgnoreCase) ? "i" : "") + (flags.HasFlag(RegexFlags.Multiline) ? "m" : "") + (flags.HasFlag(RegexFlags.DotAll) ? "s" : "");
}
