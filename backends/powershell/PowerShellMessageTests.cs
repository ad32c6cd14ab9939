using System.Text;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>Tests over the rendered message of an event: a line <c>Field … value</c> somewhere in it.</summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
/// <param name="hasPublishedForm">Whether a list of numbers has no field name, as in the published queries.</param>
internal sealed class PowerShellMessageTests(Dialect dialect, EmitContext context, bool hasPublishedForm) : IPowerShellTests
{
    private const string NumberAnywhere = "the numbers of a list are searched for anywhere in the rendered message, without the field's name; -O form=plain searches for the name too, and --format eventdata compares the field";
    private const string View = "the rendered message is searched for 'field … value', in any line and any longer name or value";
    private const string DeniedView = "an excluded 'field … value' is searched for in the whole message, in any line and any longer name or value";
    private const string UseData = "the rendered message has no such test; use --format eventdata";

    private readonly PowerShellDataTests data = new(dialect, context);

    /// <inheritdoc/>
    public void Write(StringBuilder output, MatchExpr match)
    {
        if (!match.IsList)
        {
            WriteOne(output, match, match.Values[0], bare: false);
            return;
        }

        bool numbers = IsBare(match);
        output.Append('(');
        for (int i = 0; i < match.Values.Length; i++)
        {
            output.Append(i == 0 ? "" : " -or ");
            WriteOne(output, match, match.Values[i], numbers);
        }

        output.Append(')');
    }

    private void WriteOne(StringBuilder output, MatchExpr match, Value value, bool bare)
    {
        if (match.Field == "EventID" && WriteEventId(output, value))
        {
            return;
        }

        if (PropertyOf(match.Field) is { } property)
        {
            WriteProperty(output, match, property, value);
            return;
        }

        switch (value)
        {
            case StringValue { Text.IsEmpty: true } when match.Field is not null:
                context.Approximate(value.Span, Approximation.Incomparable, View);
                Match(output, "-match", PowerShellText.Literal(match.Field) + @":[ \t]*\r?(?:\n|\z)");
                break;
            case StringValue text:
                SayView(match.Field, value);
                Match(output, text.Cased ? "-cmatch" : "-match", Named(match.Field, PowerShellText.Pattern(text.Text)));
                break;
            case NumberValue number:
                SayView(match.Field, value);
                if (bare)
                {
                    context.Note(Diagnostic.FixedShape, match.Span, NumberAnywhere);
                }

                Match(output, "-match", Named(bare ? null : match.Field, PowerShellText.Literal(number.Text)));
                break;
            case BooleanValue boolean:
                SayView(match.Field, value);
                Match(output, "-match", Named(match.Field, boolean.Value ? "true" : "false"));
                break;
            case RegexValue regex:
                WriteRegex(output, match, regex);
                break;
            case CidrValue cidr:
                WriteNetwork(output, match.Field!, cidr);
                break;
            case NullValue:
                context.Approximate(value.Span, Approximation.Incomparable, View);
                Match(output, "-notmatch", PowerShellText.Literal(match.Field!) + @":[ \t]*\S");
                break;
            case ExistsValue exists:
                context.Approximate(value.Span, Approximation.Incomparable, View);
                Match(output, exists.Exists ? "-match" : "-notmatch", PowerShellText.Literal(match.Field!) + ":");
                break;
            default:
                context.Refuse(value.Span, ModifierSite.Describe(value), UseData);
                break;
        }
    }

    private bool IsBare(MatchExpr match) => hasPublishedForm && match.IsList && match.Field is not (null or "EventID") && match.Values.All(value => value is NumberValue);

    /// <summary>The name that must stand before a value in its line; null if the value may stand anywhere.</summary>
    /// <remarks>Properties that are not part of the message are compared as whole values.</remarks>
    internal string? PlaceOf(MatchExpr match, Value value) => (match.Field == "EventID" ? match.Field : PropertyOf(match.Field)) is { } property
        ? $"{property}={PowerShellEmitter.EventNumber(value) ?? (value as StringValue)?.Text.Literal}"
        : IsBare(match) ? null : match.Field;

    /// <summary>Fields that are properties of the record and not in its message: its log, its provider and its computer.</summary>
    private static string? PropertyOf(string? field) => PowerShellEmitter.IsLog(field) ? "LogName" : field switch
    {
        "Provider_Name" => "ProviderName",
        "Computer" or "MachineName" => "MachineName",
        _ => null,
    };

    /// <summary>Says how the message is searched; where the test is denied, that leaves events out.</summary>
    private void SayView(string? field, Value value)
    {
        bool fewer = context.IsDenied && field is not null;
        context.Approximate(value.Span, fewer ? Approximation.Broader : Approximation.Exact, fewer ? DeniedView : View);
    }

    /// <summary>The message has nothing of a record's property: such a test is that of named data.</summary>
    private void WriteProperty(StringBuilder output, MatchExpr match, string property, Value value)
    {
        if (value is StringValue { Cased: false, Text.Literal: { } text })
        {
            output.Append("$_.").Append(property).Append(" -eq ").Append(PowerShellText.Quoted(text));
        }
        else if (value is FieldReferenceValue or TimePartValue)
        {
            context.Refuse(value.Span, ModifierSite.Describe(value), UseData);
        }
        else
        {
            data.Write(output, new MatchExpr(match.Field, [value], false, value.Span));
        }
    }

    private static bool WriteEventId(StringBuilder output, Value value)
    {
        switch (value)
        {
            case NumberValue or StringValue when PowerShellEmitter.EventNumber(value) is { } id:
                output.Append("$_.ID -eq \"").Append(id).Append('"');
                return true;
            case CompareValue compare:
                output.Append("$_.ID ").Append(Operator(compare.Comparison)).Append(' ').Append(compare.Number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>PowerShell's comparison operator.</summary>
    internal static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Less => "-lt",
        Comparison.LessOrEqual => "-le",
        Comparison.Greater => "-gt",
        Comparison.GreaterOrEqual => "-ge",
        Comparison.NotEqual => "-ne",
        _ => "-eq",
    };

    private void WriteRegex(StringBuilder output, MatchExpr match, RegexValue regex)
    {
        RegexEdges edges = RegexEdges.Of(RegexPattern.Parse(regex.Pattern.Literal!, regex.Flags));
        SayView(match.Field, regex);
        if (edges.Removed)
        {
            context.Approximate(regex.Span, Approximation.Broader, View);
        }

        if (edges.OthersLeft)
        {
            context.Approximate(regex.Span, Approximation.Incomparable, "^ and $ inside the expression mean the ends of the message");
        }

        if (context.Translate(regex with { Pattern = SigmaString.OfLiteral(edges.Text) }, dialect.Regex!, groupsBefore: 0) is { } text)
        {
            Match(output, "-cmatch", Named(match.Field, $"(?:{PowerShellText.Ascii(text)})"));
        }
    }

    private void WriteNetwork(StringBuilder output, string field, CidrValue cidr)
    {
        SayView(field, cidr);
        Match(output, "-match", Named(field, NetworkPattern.Of(cidr)));
    }

    private static string Named(string? field, string pattern) => field is null ? pattern : $"{PowerShellText.Literal(field)}.*{pattern}";

    private static void Match(StringBuilder output, string op, string pattern) =>
        output.Append("$_.message ").Append(op).Append(' ').Append(PowerShellText.DoubleQuoted(pattern));
}
