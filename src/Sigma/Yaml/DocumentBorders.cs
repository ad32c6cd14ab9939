namespace Sigma.Yaml;

/// <summary>
/// Finds where documents begin without reading them. At the start of a line <c>---</c> is never part of a value, not even
/// of a quoted one (YAML 1.2.2, section 9.1.2), so a broken document does not hide the ones after it.
/// </summary>
internal static class DocumentBorders
{
    private enum LineKind
    {
        Blank,
        Directive,
        Marker,
        Content,
    }

    /// <summary>Finds the <c>---</c> after a broken document; the one that begins the broken document does not count.</summary>
    /// <param name="text">The file.</param>
    /// <param name="broken">Where the broken document starts.</param>
    /// <returns>The offset of the <c>---</c>, or of the end of the text.</returns>
    public static int NextDocument(string text, int broken)
    {
        bool begun = false;
        for (int line = broken; line < text.Length; line = LineAfter(text, line))
        {
            LineKind kind = KindOf(text, line);
            if (begun && kind is LineKind.Marker)
            {
                return line;
            }

            begun |= kind is LineKind.Marker or LineKind.Content;
        }

        return text.Length;
    }

    /// <summary>Whether the text after a finished document is not a new document but continues the same one.</summary>
    public static bool ContinuesDocument(string text, int end)
    {
        for (int line = end; line < text.Length; line = LineAfter(text, line))
        {
            if (KindOf(text, line) is not LineKind.Blank and var kind)
            {
                return kind is LineKind.Content;
            }
        }

        return true;
    }

    /// <summary>The offset of the line after the line of an offset.</summary>
    public static int LineAfter(string text, int at)
    {
        int end = text.AsSpan(at).IndexOfAny('\n', '\r');
        return end < 0 ? text.Length : at + end + 1;
    }

    private static LineKind KindOf(string text, int start)
    {
        ReadOnlySpan<char> line = text.AsSpan(start, LineAfter(text, start) - start);
        if (line.StartsWith("---") && (line.Length == 3 || char.IsWhiteSpace(line[3])))
        {
            return LineKind.Marker;
        }

        ReadOnlySpan<char> written = line.Trim();
        return written.IsEmpty || written[0] == '#' ? LineKind.Blank : line[0] == '%' ? LineKind.Directive : LineKind.Content;
    }
}
