using System.Text;

namespace Sigma.Documentation.Site;

/// <summary>Makes names of files that every file system and address takes as they are.</summary>
internal static class FileNames
{
    private const int Longest = 100;

    /// <summary>What Windows takes for a device, whatever the ending.</summary>
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates a name of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; all other characters of a text become dashes.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (char c in text)
        {
            bool plain = char.IsAsciiLetterOrDigit(c) || c is '_' || (c is '.' && name.Length > 0);
            if (plain || (name.Length > 0 && name[^1] is not '-'))
            {
                name.Append(plain ? c : '-');
            }

            if (name.Length == Longest)
            {
                break;
            }
        }

        string made = name.ToString().TrimEnd('-', '.');
        return made.Length == 0 ? "rule" : Devices.Contains(made.Split('.')[0]) ? "rule-" + made : made;
    }
}
