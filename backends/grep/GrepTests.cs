using System.Text;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>Writes single tests as pieces of a Perl-compatible expression.</summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
/// <param name="ignoreCase">Whether the whole expression disregards case, so that what regards it must say so.</param>
/// <param name="json">Whether lines are JSON objects, so that values stand in them as JSON writes them.</param>
internal sealed class GrepTests(Dialect dialect, EmitContext context, bool ignoreCase, bool json)
{
    private const string DeniedAnywhere = "an excluded value is searched for in the whole line, and may be in another field or part of a longer value";
    private const string OtherInJson = @"in logs of JSON objects a \ or "" of a value is escaped with a backslash; -O log=json searches for that form";
    private const string OneLine = "a value of several lines is not in one line; -O log=json searches for the form of JSON";

    /// <summary>How many capturing groups the expressions of the rule have so far: they are numbered through the whole.</summary>
    private int groups;

    /// <summary>Whether the value is <c>*</c>, which is in every line and costs no second look at it.</summary>
    public static bool IsAnything(Value value) => value is StringValue { Cased: false, Text.Parts: [{ Kind: PartKind.Many }] };

    /// <summary>A value as it stands in the published form: a plain one, or any text.</summary>
    public string Text(Value value)
    {
        if (!context.CheckPlaceholders(value))
        {
            return "";
        }

        return value switch
        {
            StringValue when IsAnything(value) => Anything(value.Span),
            StringValue text => Checked(text).Text.Literal is { } literal ? Literal(literal, bothCases: true) : "",
            NumberValue number => Literal(number.Text),
            BooleanValue boolean => boolean.Value ? "true" : "false",
            _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
        };
    }

    /// <summary>A lookahead from the line's start: the line contains one of the values, or none of them.</summary>
    public string Lookahead(MatchExpr match, bool negative)
    {
        string open = negative ? "(?!" : "(?=";
        if (!match.Values.All(context.CheckPlaceholders))
        {
            return "";
        }

        if (match.Values.Length == 1)
        {
            return Piece(match, match.Values[0]) is not { } piece ? "" : open + piece + ")";
        }

        // Values of one piece share a single scan of the line.
        var single = new List<string>();
        var others = new List<string>();
        foreach (Value value in match.Values)
        {
            string piece = Piece(match, value) ?? "";
            (piece.StartsWith(".*", StringComparison.Ordinal) ? single : others).Add(piece);
        }

        if (single.Count > 0)
        {
            others.Insert(0, $".*(?:{string.Join('|', single.Select(piece => piece[2..]))})");
        }

        return open + (others.Count == 1 ? others[0] : $"(?:{string.Join('|', others)})") + ")";
    }

    private string? Piece(MatchExpr match, Value value)
    {
        if (context.IsDenied && match.Field is not null && value is StringValue or NumberValue or BooleanValue or RegexValue)
        {
            context.Approximate(value.Span, Approximation.Broader, DeniedAnywhere);
        }

        switch (value)
        {
            case StringValue { Text.IsEmpty: true } when match.Field is not null:
                return Empty(match.Field, value.Span);
            case StringValue { Text.IsEmpty: true }:
                context.Refuse(value.Span, "the empty string", "every line contains it");
                return null;
            case StringValue when match.Field is not null && IsAnything(value):
                return context.IsDenied ? Exists(match.Field, value.Span) : Anything(value.Span);
            case StringValue text:
                string contained = Contained(Checked(text).Text, bothCases: !text.Cased);
                return text.Cased && ignoreCase ? Cased(contained) : contained;
            case NumberValue or BooleanValue:
                return ".*" + Text(value);
            case RegexValue regex:
                return Regex(regex);
            case CidrValue cidr:
                return Network(cidr);
            case NullValue:
                context.Approximate(value.Span, Approximation.Incomparable, "a field without a value is recognized by its name, which must not be in the line");
                return $"(?!.*{Literal(match.Field!)})";
            case ExistsValue exists:
                return exists.Exists ? Exists(match.Field!, value.Span) : $"(?!{Exists(match.Field!, value.Span)})";
            default:
                context.Refuse(value.Span, ModifierSite.Describe(value), "a line of text has no fields and no numbers to compare");
                return null;
        }
    }

    /// <summary>
    /// The line contains the text. Between wildcards, the first place where a piece fits is the best one, so each piece but
    /// the last is atomic; without that PCRE tries them all.
    /// </summary>
    private string Contained(SigmaString text, bool bothCases)
    {
        var pieces = new List<string>();
        var current = new StringBuilder();
        foreach (StringPart part in text.Parts)
        {
            switch (part.Kind)
            {
                case PartKind.Many when current.Length > 0:
                    pieces.Add(current.ToString());
                    current.Clear();
                    break;
                case PartKind.Many:
                    break;
                case PartKind.One:
                    current.Append(json ? JsonText.One : ".");
                    break;
                default:
                    current.Append(Literal(part.Text, bothCases));
                    break;
            }
        }

        if (current.Length > 0 || pieces.Count == 0)
        {
            pieces.Add(current.ToString());
        }

        return pieces.Count == 1
            ? ".*" + pieces[0]
            : string.Concat(pieces.SkipLast(1).Select(piece => $"(?>.*?{piece})")) + ".*?" + pieces[^1];
    }

    /// <summary>
    /// Any text is in every line, as any value is anywhere in it. Denied, that would leave no line at all: there it is a
    /// question of the field, as with null.
    /// </summary>
    private string Anything(Span span)
    {
        context.Approximate(span, Approximation.Broader, "a field that may have any value is not searched for in the line");
        return ".*";
    }

    private string Exists(string field, Span span)
    {
        context.Approximate(span, Approximation.Incomparable, "a field is assumed to exist if its name is in the line");
        return ".*" + Literal(field);
    }

    private static string Cased(string piece) => $"(?-i:{piece})";

    private string? Regex(RegexValue regex)
    {
        RegexPattern pattern = RegexPattern.Parse(regex.Pattern.Literal!, regex.Flags);
        RegexEdges edges = RegexEdges.Of(pattern);
        if (edges.Removed)
        {
            context.Approximate(regex.Span, Approximation.Broader, "a line does not show where a field's value starts and ends, so ^ and $ at the ends are omitted");
        }

        if (edges.OthersLeft)
        {
            context.Approximate(regex.Span, Approximation.Incomparable, "^ and $ inside the expression mean the ends of the line");
        }

        var inner = regex with { Pattern = SigmaString.OfLiteral(json ? InJson(regex, edges.Text) : edges.Text) };
        if (context.Translate(inner, dialect.Regex!, groups) is not { } text)
        {
            return null;
        }

        groups += pattern.GroupNames.Length;

        return ignoreCase && !regex.Flags.HasFlag(RegexFlags.IgnoreCase) ? $".*(?-i:{text})" : $".*(?:{text})";
    }

    private string InJson(RegexValue regex, string text)
    {
        var rewriting = new JsonPattern(RegexPattern.Parse(text, regex.Flags));
        string? rewritten = rewriting.Write().Text;
        if (rewriting.IsInexact)
        {
            context.Approximate(regex.Span, Approximation.Incomparable, "a part of the expression is searched for unchanged, but JSON may escape its characters");
        }

        return rewritten!;
    }

    private string Network(CidrValue cidr)
    {
        context.Approximate(cidr.Span, Approximation.Broader, "an address of the network may be in any field");
        return ".*" + NetworkPattern.Of(cidr);
    }

    /// <summary>The field's name with nothing after it, in the usual forms of lines.</summary>
    private string Empty(string field, Span span)
    {
        context.Approximate(span, Approximation.Incomparable, "an empty field is recognized by its name without a value after it");
        return $@".*{Literal(field)}[""']?(?:=(?=[ \t])|[:=][ \t]*+(?:""""|''|[,;}}]|$))";
    }

    /// <summary>The text; with a word on what of it lines may have otherwise.</summary>
    private StringValue Checked(StringValue text)
    {
        if (!json)
        {
            if (text.Text.Parts.Any(part => part.Text.Contains('\n')))
            {
                context.Approximate(text.Span, Approximation.Narrower, OneLine);
            }

            if (text.Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.AsSpan().ContainsAny('\\', '"')))
            {
                context.Approximate(text.Span, Approximation.Exact, OtherInJson);
            }
        }

        return text;
    }

    private string Literal(string text, bool bothCases) => json ? JsonText.Literal(text, bothCases) : Literal(text);

    /// <summary>Escapes what PCRE reads; control characters by their code, since a line break would part the expression in two.</summary>
    private static string Literal(string text) => RegexText.Escape(text, RegexDialect.Pcre);
}
