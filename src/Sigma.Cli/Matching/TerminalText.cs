using System.Globalization;
using System.Text;
using Sigma.Text;

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
        if (!text.EnumerateRunes().Any(IsHostile))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsHostile(rune))
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    /// <summary>The same for a line of a file: tabs stay, and so does the carriage return of its end.</summary>
    public static string VisibleLine(string line)
    {
        string end = line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : line.EndsWith('\n') ? "\n" : "";
        return string.Join('\t', line[..^end.Length].Split('\t').Select(Visible)) + end;
    }

    private static bool IsHostile(Rune rune) => Rune.IsControl(rune) || DiagnosticWriter.IsUnseen(rune);
}
