using System.Globalization;
using System.Text;

namespace Sigma.Events.Matching;

/// <summary>
/// A text in the JSON of systemd's journal. One with bytes that are not UTF-8 or cannot be printed is a list of numbers there, its bytes (systemd's "Journal
/// Export Formats"), so that a line with a colour in it would be no text for keywords.
/// </summary>
internal static class JournalText
{
    /// <summary>Makes the values that were added last one text, if they are bytes.</summary>
    /// <param name="path">Where they are.</param>
    /// <param name="before">How many values there were before them.</param>
    /// <param name="length">How long the texts of these are.</param>
    /// <param name="result">The event.</param>
    public static void Join(EventPath path, int before, int length, Event result)
    {
        byte[] bytes = new byte[result.Count - before];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (result.PathOf(before + i) != path || result.KindOf(before + i) is not EventValueKind.Number
                || !byte.TryParse(result.TextOf(before + i), NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return;
            }
        }

        result.CutBack(before, length);
        result.Add(path, EventValueKind.Text, Encoding.UTF8.GetString(bytes));
    }
}
