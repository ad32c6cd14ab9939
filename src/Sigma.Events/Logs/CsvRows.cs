namespace Sigma.Events.Logs;

/// <summary>Finds where rows of columns end: at a line end that does not stand between quotes.</summary>
internal static class CsvRows
{
    /// <summary>Finds the end of a row.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the row begins.</param>
    /// <returns>The place after its line end; -1 where that is not there.</returns>
    public static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        bool quoted = false;
        return EndOf(text, start, ref quoted);
    }

    /// <summary>Finds the end of a row, from a place within it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The place.</param>
    /// <param name="quoted">Whether the place, and then the end of the text, stands between quotes.</param>
    /// <returns>The place after its line end; -1 where that is not there.</returns>
    public static int EndOf(ReadOnlySpan<byte> text, int from, ref bool quoted)
    {
        int at = from;
        while (true)
        {
            int next = quoted ? text[at..].IndexOf((byte)'"') : text[at..].IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
            switch (text[at - 1])
            {
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'\r' when at < text.Length:
                    return text[at] == (byte)'\n' ? at + 1 : at;
                case (byte)'\r':
                    // Whether a line feed follows is not known yet.
                    return -1;
                default:
                    return at;
            }
        }
    }
}
