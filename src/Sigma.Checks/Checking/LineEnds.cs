namespace Sigma.Checks.Checking;

/// <summary>The line ends of a file: a line feed, a carriage return, or both together, as YAML 1.2.2 (5.4) has them.</summary>
internal static class LineEnds
{
    /// <summary>The first line end of a text, for lines that are added; a line feed if it has none.</summary>
    public static string Of(string text)
    {
        int at = text.AsSpan().IndexOfAny('\n', '\r');
        return at < 0 || text[at] == '\n' ? "\n" : at + 1 < text.Length && text[at + 1] == '\n' ? "\r\n" : "\r";
    }

    /// <summary>The offset behind the next line end; -1 if there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    public static int Behind(string text, int from)
    {
        int found = text.AsSpan(from).IndexOfAny('\n', '\r');
        int at = from + found;
        return found < 0 ? -1 : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /// <summary>Whether a carriage return ends a line without a line feed.</summary>
    public static bool HasLoneReturn(string text)
    {
        for (int at = text.IndexOf('\r'); at >= 0; at = text.IndexOf('\r', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] != '\n')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a character is the end of a line, or the last character of one.</summary>
    public static bool IsPart(char c) => c is '\n' or '\r';
}
