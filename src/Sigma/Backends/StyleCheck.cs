namespace Sigma.Backends;

/// <summary>
/// Finds out whether the texts of a style stay inside its quotes. What ends a text, and what escapes in it, must itself be escaped,
/// replaced or refused; otherwise a value of a rule could go on as a part of the query.
/// </summary>
internal static class StyleCheck
{
    /// <summary>What languages put around texts and expressions.</summary>
    private const string Quotes = "'\"`/";

    /// <summary>Why a text can leave its quotes; null if none can.</summary>
    public static string? WhyUnsafe(TextStyle style)
    {
        if (style.Pattern is not null && LeavesEndOpen(style))
        {
            return $"'{style.Close[0]}' ends it, and is neither escaped nor replaced nor impossible";
        }

        if (style.Close.Length == 0 && style.Escaped.Length == 0)
        {
            return null;
        }

        foreach (char introducer in Introducers(style))
        {
            if (!IsHandled(style, introducer))
            {
                return $"'{introducer}' escapes what follows it, and is neither escaped nor replaced nor impossible itself";
            }
        }

        return null;
    }

    /// <summary>Whether nothing keeps the sign that ends a text from standing in it.</summary>
    public static bool LeavesEndOpen(TextStyle style) =>
        style.Close.Length > 0 && !IsHandled(style, style.Close[0]) && !style.Replacements.Pairs.Any(pair => pair.Key == style.Close && pair.Value != pair.Key) && !IsRegexSafe(style);

    /// <summary>The sign around the expression in a shape that would end it, since nothing is written in its place; null if there is none.</summary>
    /// <param name="style">How expressions are written.</param>
    /// <param name="template">The template of a shape.</param>
    public static char? OpenEnd(RegexStyle style, Template template)
    {
        // The writers of these two escape their slashes themselves.
        bool hasSlash = style.EscapeSlash || style.Dialect is RegularExpressions.RegexDialect.LogScale;
        for (int i = 1; i + 1 < template.Segments.Length; i++)
        {
            if (template.Segments[i].Placeholder is Placeholder.Regex && template.Segments[i - 1].Literal is [.., var open] && template.Segments[i + 1].Literal is [var close, ..]
                && open == close && Quotes.Contains(open) && !(open == '/' && hasSlash) && style.Replacements.Pairs.All(pair => pair.Key != open.ToString()))
            {
                return open;
            }
        }

        return null;
    }

    /// <summary>Characters that change the meaning of the next one: the style's escape, and what replacements put before the character they replace.</summary>
    private static IEnumerable<char> Introducers(TextStyle style)
    {
        // In an expression a backslash is an escape of the expression's own, which is never alone.
        if (style.Escaped.Length > 0 && style.Escape.Length > 0)
        {
            yield return style.Escape[0];
        }

        if (style.Pattern is not null)
        {
            yield break;
        }

        foreach ((string key, string value) in style.Replacements.Pairs)
        {
            if (value.Length > key.Length && value[0] != key[0] && !char.IsLetterOrDigit(value[0]) && value[0] != '&' && value[0] != '%')
            {
                yield return value[0];
            }
        }
    }

    private static bool IsHandled(TextStyle style, char c) =>
        (style.Pattern is null && style.Escape.Length > 0 && style.Escaped.Contains(c))
        || style.Impossible.Contains(c)
        || style.Replacements.Pairs.Any(pair => pair.Key.Length == 1 && pair.Key[0] == c && pair.Value != pair.Key);

    /// <summary>Lucene's expressions are written with their slashes escaped.</summary>
    private static bool IsRegexSafe(TextStyle style) => style is { Pattern.Dialect: RegularExpressions.RegexDialect.Lucene, Close: "/" };
}
