namespace Sigma.Backends;

/// <summary>
/// Finds out whether the texts of a style stay inside its quotes. What ends a text, and what escapes in it, must itself be escaped,
/// replaced or refused, and so must it be in all that the style writes in place of something else; otherwise a value of a rule could go
/// on as a part of the query.
/// </summary>
internal static class StyleCheck
{
    /// <summary>What languages put around texts and expressions.</summary>
    internal const string Quotes = "'\"`/";

    /// <summary>Why a text can leave its quotes; null if none can.</summary>
    public static string? WhyUnsafe(TextStyle style)
    {
        if (style.Close.Length == 0 && style.Open.Any(Quotes.Contains))
        {
            return $"'open' has {style.Open.First(Quotes.Contains)}, and there is no 'close'";
        }

        if (style.Pattern is not null && OpenEnd(style) is { } end)
        {
            return $"'{end}' ends it, and is neither escaped nor replaced nor impossible";
        }

        if (style.Close.Length == 0 && style.Escaped.Length == 0)
        {
            return null;
        }

        foreach (char introducer in Introducers(style).Where(introducer => !IsHandled(style, introducer)))
        {
            return $"'{introducer}' escapes what follows it, and is neither escaped nor replaced nor impossible itself";
        }

        foreach ((string what, string piece) in Pieces(style))
        {
            if (!StaysInside(style, what, piece))
            {
                return $"'{what}' is written as '{piece}', which ends the text or escapes what follows";
            }
        }

        return null;
    }

    /// <summary>The sign of the closing quotes that nothing keeps from standing in a text; null if there is none.</summary>
    public static char? OpenEnd(TextStyle style) =>
        IsRegexSafe(style) || style.Replacements.Pairs.Any(pair => pair.Key == style.Close && pair.Value != pair.Key)
            ? null
            : Ends(style).Where(end => !IsHandled(style, end)).Select(end => (char?)end).FirstOrDefault();

    /// <summary>Whether a sign never stands in a text of the style as it is.</summary>
    public static bool IsHandled(TextStyle style, char c) =>
        (style.Pattern is null && style.Escape.Length > 0 && style.Escaped.Contains(c))
        || style.Impossible.Contains(c)
        || style.Replacements.Pairs.Any(pair => pair.Key.Length == 1 && pair.Key[0] == c && pair.Value != pair.Key);

    /// <summary>The first sign of what closes a text, and the quotes behind it.</summary>
    private static IEnumerable<char> Ends(TextStyle style) => style.Close.Where((c, at) => at == 0 || Quotes.Contains(c)).Distinct();

    /// <summary>All that the style writes in place of something else, with what that is.</summary>
    private static IEnumerable<(string What, string Piece)> Pieces(TextStyle style)
    {
        // A text with one of these is not written at all.
        string impossible = style.Impossible + (style.Pattern is null ? OpenEnd(style) : null);
        foreach ((string key, string value) in style.Replacements.Pairs.Where(pair => !pair.Key.Any(impossible.Contains)))
        {
            yield return (key, value);
        }

        (string, string?)[] signs =
            [("many", style.Many), ("one", style.One), ("literal_many", style.LiteralMany), ("literal_one", style.LiteralOne), ("control", style.Control)];
        foreach ((string key, string? value) in signs)
        {
            if (value is not null)
            {
                yield return (key, value);
            }
        }
    }

    /// <summary>Whether a piece neither closes a text nor leaves an escape for what follows.</summary>
    private static bool StaysInside(TextStyle style, string what, string piece)
    {
        // A text may be closed and opened again, '||chr(10)||', and what closes it may be doubled.
        bool isEnd = what == style.Close || (what.Length == 1 && Ends(style).Contains(what[0]));
        bool comesBack = style.Close.Length > 0 && piece.Length > style.Close.Length + style.Open.Length
            && piece.StartsWith(style.Close, StringComparison.Ordinal) && piece.EndsWith(style.Open, StringComparison.Ordinal);
        if (comesBack || (isEnd && piece == what + what))
        {
            return true;
        }

        string[] own =
        [
            .. style.Replacements.Pairs.Where(pair => pair.Key != what && pair.Key != pair.Value)
                .Where(pair => pair.Key == style.Close || Ends(style).Any(end => pair.Key == end.ToString())).Select(pair => pair.Value),
        ];
        char[] introducers = [.. Introducers(style), .. Inferred(style)];
        for (int i = 0; i < piece.Length; i++)
        {
            if (Array.Find(own, way => way.Length > 0 && string.CompareOrdinal(piece, i, way, 0, way.Length) == 0) is { } written)
            {
                i += written.Length - 1;
            }
            else if (introducers.Contains(piece[i]))
            {
                if (++i == piece.Length)
                {
                    return false;
                }
            }
            else if (ClosesAt(style, piece, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ClosesAt(TextStyle style, string piece, int at) =>
        style.Close.Length > 0 && (style.Close.Count(Quotes.Contains) == 1 ? piece[at] == style.Close.First(Quotes.Contains)
        : string.CompareOrdinal(piece, at, style.Close, 0, style.Close.Length) == 0);

    /// <summary>Characters that change the meaning of the next one: the style's escape, and what replacements put before the character they replace.</summary>
    private static IEnumerable<char> Introducers(TextStyle style)
    {
        if (style.Escaped.Length > 0 && style.Escape.Length > 0)
        {
            yield return style.Escape[0];
        }

        // In an expression a backslash is an escape of the expression's own, which is never alone.
        foreach (char introducer in style.Pattern is null ? Inferred(style) : [])
        {
            yield return introducer;
        }
    }

    private static IEnumerable<char> Inferred(TextStyle style)
    {
        foreach ((string key, string value) in style.Replacements.Pairs)
        {
            // '&' and '%' begin names of characters, such as &quot; and %22.
            if (value.Length > key.Length && value[0] != key[0] && !char.IsLetterOrDigit(value[0])
                && (value[0] is not ('&' or '%') || value.EndsWith(key, StringComparison.Ordinal)))
            {
                yield return value[0];
            }
        }
    }

    /// <summary>Lucene's expressions are written with their slashes escaped.</summary>
    private static bool IsRegexSafe(TextStyle style) => style is { Pattern.Dialect: RegularExpressions.RegexDialect.Lucene, Close: "/" };
}
