using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Names and values with an equals sign between them: <c>type=event action="login failed" user=root</c>.</summary>
internal static class KeyValues
{
    /// <summary>With fewer of them a text may have equals signs for any reason.</summary>
    private const int Fewest = 3;
    private const int LongestName = 64;

    /// <summary>Whether a text is mostly names and values: it begins with one, or nearly, and has some more.</summary>
    public static bool IsLikeThem(string text)
    {
        int found = 0;
        int at = 0;
        int words = 0;
        while (Next(text, ref at, out ReadOnlySpan<char> name, out _))
        {
            found += name.IsEmpty ? 0 : 1;
            words += name.IsEmpty ? 1 : 0;
            if (found >= Fewest)
            {
                return words <= 2;
            }

            if (words > 2)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Adds the names and values to an event.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The event.</param>
    /// <param name="ofKnownLog">Whether the log is known without them. Then what would say another is left out: it stands in a command line.</param>
    public static void Add(string text, Event result, bool ofKnownLog = false)
    {
        int at = 0;
        while (Next(text, ref at, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value))
        {
            if (!name.IsEmpty && EventPath.Root.Child(name.ToString()) is var path && !(ofKnownLog && path.TellsOfWindows))
            {
                result.Add(path, value.IsEmpty ? EventValueKind.Null : EventValueKind.Text, value);
            }
        }
    }

    /// <summary>The next pair, or the next word, which has no name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Next(string text, ref int at, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        while (at < text.Length && text[at] is ' ' or '\t' or ',' or ';' or '\u001D')
        {
            at++;
        }

        if (at >= text.Length)
        {
            return false;
        }

        int start = at;
        int equals = EndOfName(text, at);
        if (equals < 0)
        {
            // A word.
            at = EndOfWord(text, at);
            value = text.AsSpan(start, at - start);
            return true;
        }

        name = text.AsSpan(start, equals - start);
        at = equals + 1;
        value = Value(text, ref at);
        return true;
    }

    private static ReadOnlySpan<char> Value(string text, ref int at)
    {
        int start = at;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            char quote = text[at++];
            while (at < text.Length && text[at] != quote)
            {
                at += text[at] == '\\' && at + 1 < text.Length ? 2 : 1;
            }

            ReadOnlySpan<char> inner = text.AsSpan(start + 1, Math.Min(at, text.Length) - start - 1);
            at = Math.Min(at + 1, text.Length);
            return inner.Contains('\\') ? EscapedText.OfQuotes.Undo(inner.ToString()) : inner;
        }

        while (at < text.Length && text[at] is not (' ' or '\t' or '\u001D') && !(text[at] is ',' or ';' && IsSeparator(text, at)))
        {
            at++;
        }

        return text.AsSpan(start, at - start);
    }

    /// <summary>Whether a comma or semicolon separates pairs: nothing, a blank, or another name follows. Otherwise it is of a list: <c>groups=wheel,sudo</c>.</summary>
    private static bool IsSeparator(string text, int at) =>
        at + 1 == text.Length || text[at + 1] is ' ' or '\t' or '\u001D' or ',' or ';' || EndOfName(text, at + 1) >= 0;

    /// <summary>Where the equals sign behind a name stands; -1 where no name stands.</summary>
    private static int EndOfName(string text, int start)
    {
        int at = start;
        while (at < text.Length && at - start <= LongestName && IsOfName(text[at]))
        {
            at++;
        }

        return at > start && at - start <= LongestName && at < text.Length && text[at] == '=' ? at : -1;
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && text[at] is not (' ' or '\t'))
        {
            at++;
        }

        return at;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@';
}
