using System.Text.RegularExpressions;

namespace Sigma.Yaml;

/// <summary>
/// Finds the lines of blanks in front of the text of block scalars. YAML 1.2.2, section 8.1.1.1, allows them while they have no
/// more blanks than the text is indented; the parser refuses all of them.
/// </summary>
internal static partial class LeadingBlanks
{
    /// <summary>So much of the end of a line is looked at.</summary>
    private const int LongestHeader = 200;

    /// <summary>Finds them from an offset on, in order.</summary>
    public static IReadOnlyList<(int Start, int Length)> Find(string text, int start)
    {
        var found = new List<(int, int)>();
        int line = start;
        while (line < text.Length)
        {
            int after = DocumentBorders.LineAfter(text, line);
            ReadOnlySpan<char> written = text.AsSpan(line, after - line).TrimEnd("\r\n");
            bool isHeader = Header().IsMatch(written[^Math.Min(written.Length, LongestHeader)..]);
            line = after;
            if (isHeader)
            {
                line = AddBlanks(text, after, found);
            }
        }

        return found;
    }

    /// <summary>Adds the lines after a header.</summary>
    /// <returns>The line that has something else.</returns>
    private static int AddBlanks(string text, int line, List<(int, int)> found)
    {
        var lines = new List<(int Start, int Length)>();
        while (line < text.Length)
        {
            int after = DocumentBorders.LineAfter(text, line);
            int blanks = text.AsSpan(line, after - line).IndexOfAnyExcept(' ');
            blanks = blanks < 0 ? after - line : blanks;
            if (line + blanks < after && text[line + blanks] is not ('\r' or '\n'))
            {
                // Where the text is not deeper than all of them, they are left to the parser, whose refusal is right.
                int indent = blanks;
                if (lines.TrueForAll(each => each.Length <= indent) || indent == 0)
                {
                    found.AddRange(lines.Where(each => each.Length > 0));
                }

                return line;
            }

            lines.Add((line, blanks));
            line = after;
        }

        found.AddRange(lines.Where(each => each.Length > 0));
        return line;
    }

    [GeneratedRegex(@"(?:^|[:\-?][ \t]+(?:[&!][^ \t]*[ \t]+)*)[|>][-+]?(?:[ \t]+(?:\#.*)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
