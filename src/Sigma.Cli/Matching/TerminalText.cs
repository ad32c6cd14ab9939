using System.Globalization;
using System.Text;

namespace Sigma.Cli;

/// <summary>Makes texts of unknown origin fit for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text with its control characters, and those that turn the direction of writing or are not seen, as <c>\u{1b}</c>: none of
    /// them reaches the terminal.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHostile))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (IsHostile(c))
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            }
            else
            {
                visible.Append(c);
            }
        }

        return visible.ToString();
    }

    private static bool IsHostile(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
