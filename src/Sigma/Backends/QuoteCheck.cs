using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// Finds shapes that write a value, or a regular expression, in quotes of their own that it could end, or in no quotes at all although
/// it could have what separates conditions.
/// </summary>
internal static class QuoteCheck
{
    /// <summary>Checks the shapes of a language and of its variants.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void Check(Dialect dialect, List<Diagnostic> diagnostics)
    {
        // Numbers and truths have no sign that could mean something else.
        foreach ((ConditionKind kind, Shape shape) in dialect.AllShapes.Where(shape => shape.Kind is not (ConditionKind.Number or ConditionKind.Boolean)))
        {
            if (ShapeTexts.Of(dialect, shape).Select(text => Find(dialect, kind, shape, text)).FirstOrDefault(finding => finding is not null) is { } found)
            {
                diagnostics.Add(found);
            }
        }
    }

    private static Diagnostic? Find(Dialect dialect, ConditionKind kind, Shape shape, Segment[] text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            Segment segment = text[at];
            bool isExpression = segment.Placeholder is Placeholder.Regex && dialect.Regex is { Text: null };
            if (!isExpression && segment.Style is not { Close: "", Fits: null })
            {
                continue;
            }

            string name = isExpression ? "regex" : dialect.Texts.FirstOrDefault(pair => ReferenceEquals(pair.Value, segment.Style)).Key;
            if (TemplateReading.QuoteAround(text, at) is { } quote)
            {
                if (!IsWritten(dialect, segment, quote))
                {
                    return Diagnostic.UnsafeStyle(shape.Span, name, isExpression
                        ? $"'{quote}' ends it, and 'replace' has nothing for it; write it as a text with 'text', or replace the sign"
                        : $"the template has '{quote}' around it, which is neither escaped nor replaced nor impossible");
                }
            }
            else if (HasOwnEnd(dialect, text, at))
            {
                continue;
            }
            else if (OpenSign(dialect, shape, segment) is { } sign)
            {
                return Diagnostic.UnsafeStyle(shape.Span, name, isExpression
                    ? "nothing is around it; write it as a text with 'text', or put quotes around it"
                    : $"nothing is around it, and '{sign}' is neither escaped nor replaced nor impossible");
            }
            else if (kind is ConditionKind.Text or ConditionKind.Cased or ConditionKind.List && !dialect.ShapesByKind.ContainsKey(ConditionKind.Empty))
            {
                // The empty text would leave nothing of the test but its beginning.
                return Diagnostic.BackendMissing(shape.Span, "shapes: empty");
            }
        }

        return null;
    }

    /// <summary>Whether the sign directly behind a text is no quote of most languages, but never stands in the text.</summary>
    private static bool HasOwnEnd(Dialect dialect, Segment[] text, int at) =>
        at + 1 < text.Length && text[at + 1].Literal is [var end, ..] && !char.IsLetterOrDigit(end) && !char.IsWhiteSpace(end)
        && IsWritten(dialect, text[at], end);

    /// <summary>A sign that separates conditions, or ends a group of them, and may stand in a text as it is; null if there is none.</summary>
    private static char? OpenSign(Dialect dialect, Shape shape, Segment segment) =>
        string.Concat(dialect.And, dialect.Or, shape.Separator, dialect.Group.Segments[^1].Literal)
            .Where(c => !char.IsLetterOrDigit(c) && !IsWritten(dialect, segment, c)).Select(c => (char?)c).FirstOrDefault();

    /// <summary>Whether a sign never stands as it is in a text or an expression. The writers of two dialects escape slashes themselves.</summary>
    private static bool IsWritten(Dialect dialect, Segment segment, char sign)
    {
        if (segment.Style is { } style)
        {
            return StyleCheck.IsHandled(style, sign) || (sign == '/' && style.Pattern is { Dialect: RegexDialect.Lucene or RegexDialect.LogScale });
        }

        return dialect.Regex is { } regex
            && ((sign == '/' && (regex.EscapeSlash || regex.Dialect is RegexDialect.LogScale))
                || regex.Replacements.Pairs.Any(pair => pair.Key == sign.ToString() && pair.Value != pair.Key));
    }
}
