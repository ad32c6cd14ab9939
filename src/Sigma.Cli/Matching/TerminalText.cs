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

    private static bool IsHostile(Rune rune) => Rune.IsControl(rune) || DiagnosticWriter.IsUnseen(rune);
}
