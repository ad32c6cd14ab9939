using System.Text.RegularExpressions;

namespace Sigma.Cli;

/// <summary>What the names of files in folders tell.</summary>
internal static partial class EventFileNames
{
    /// <summary>The number of endings that are counted by themselves.</summary>
    private const int EndingsShown = 5;

    private static readonly string[] Endings = [".json", ".ndjson", ".jsonl", ".csv", ".tsv", ".log", ".evtx", ".xml", ".zip", ".tar", ".tgz", ".zst"];

    /// <summary>How many files there are, by their extensions, the most frequent first.</summary>
    public static string Count(IEnumerable<string> files)
    {
        (string Ending, int Files)[] counts =
        [
            .. files.GroupBy(path => Path.GetExtension(path).ToLowerInvariant()).Select(group => (group.Key, group.Count()))
                .OrderByDescending(one => one.Item2).ThenBy(one => one.Key, StringComparer.Ordinal),
        ];
        int others = counts.Skip(EndingsShown).Sum(one => one.Files);
        return string.Join(", ", counts.Take(EndingsShown).Select(one => $"{one.Files} {(one.Ending.Length == 0 ? "without an ending" : TerminalText.Visible(one.Ending))}"))
            + (others > 0 ? $" and {Pluralizer.Count(others, "other")}" : "");
    }

    /// <summary>Whether a file is to be read whatever it has, by its name: that of a log before it was rotated and packed, such as <c>access.log-20260302.gz</c>.</summary>
    public static bool IsOfLog(string path)
    {
        string name = Path.GetFileName(path);
        while (!Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        {
            int shorter = Rotation().Match(name) is { Success: true, Index: > 0 and var at } ? at : 0;
            if (shorter == 0)
            {
                return false;
            }

            name = name[..shorter];
        }

        return true;
    }

    /// <summary>Whether a file can only be a Windows event log, by its name. What has this name and no event is damaged.</summary>
    public static bool IsOfWindows(string path) => path.EndsWith(".evtx", StringComparison.OrdinalIgnoreCase);

    /// <summary>What logrotate and others put behind the name of a log: a number, a date, or what it is packed with.</summary>
    [GeneratedRegex(@"(?:\.gz|[.-]\d{1,14}(?:-\d{1,10})?|[.-]\d{4}-\d\d-\d\d|\.old)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Rotation();
}
