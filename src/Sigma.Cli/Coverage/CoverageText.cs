using System.Text;
using Sigma.Documentation.Coverage;
using Sigma.Rules;

namespace Sigma.Cli;

/// <summary>Coverage as a table for people, and as CSV.</summary>
internal static class CoverageText
{
    /// <summary>The gravest first.</summary>
    private static readonly Level[] Levels = [Level.Critical, Level.High, Level.Medium, Level.Low, Level.Informational];

    private static readonly (string Title, Func<CoverageChange, bool> Fits)[] Kinds =
    [
        ("gained", change => change.Before == 0),
        ("lost", change => change.Now == 0),
        ("changed", change => change is { Before: > 0, Now: > 0 }),
    ];

    /// <summary>The tables: the numbers, or, where it is compared, what was gained and lost.</summary>
    public static IEnumerable<Listing> Tables(CoverageReport report, IReadOnlyList<CoverageChange>? changes)
    {
        if (changes is null)
        {
            bool named = Named(report);
            string[] levels = report.Axis.Name == "level" ? [] : [.. Levels.Select(level => level.ToString().ToLowerInvariant())];
            string[] head = [report.Axis.Name, .. named ? (string[])["name"] : [], "rules", .. levels];
            yield return new Listing(head, report.Rows.Select(row => (string[])
                [row.Key, .. named ? (string[])[row.Name] : [], row.Rules.Length.ToString(), .. levels.Length == 0 ? [] : Levels.Select(level => Count(row, level).ToString())]));
            yield break;
        }

        foreach ((string title, Func<CoverageChange, bool> fits) in Kinds)
        {
            CoverageChange[] some = [.. changes.Where(fits)];
            if (some.Length > 0)
            {
                yield return new Listing([title, "name", "before", "now"], some.Select(change => (string[])[change.Key, change.Name, change.Before.ToString(), change.Now.ToString()]));
            }
        }
    }

    /// <summary>The tables for a file or another program: one line per row.</summary>
    public static string Lines(CoverageReport report, IReadOnlyList<CoverageChange>? changes)
    {
        var output = new StringWriter { NewLine = "\n" };
        foreach (Listing listing in Tables(report, changes))
        {
            listing.WriteLines(output);
            output.WriteLine();
        }

        return output.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The numbers as CSV (RFC 4180, but for the line ends); compared ones with the number before.</summary>
    /// <param name="report">The numbers.</param>
    /// <param name="changes">The changes; null if nothing is compared.</param>
    /// <param name="spreadsheet">Whether no cell may begin like a formula.</param>
    public static string Csv(CoverageReport report, IReadOnlyList<CoverageChange>? changes, bool spreadsheet = false)
    {
        var output = new StringBuilder();
        Func<string, string> written = spreadsheet ? SpreadsheetText.Of : cell => cell;
        if (changes is null)
        {
            Add(output, written, [report.Axis.Name, "name", "rules", .. Levels.Select(level => level.ToString().ToLowerInvariant())]);
            foreach (CoverageRow row in report.Rows)
            {
                Add(output, written, [row.Key, row.Name, row.Rules.Length.ToString(), .. Levels.Select(level => Count(row, level).ToString())]);
            }

            return output.ToString();
        }

        Add(output, written, [report.Axis.Name, "name", "change", "before", "now"]);
        foreach (CoverageChange change in changes)
        {
            Add(output, written, [change.Key, change.Name, KindOf(change), change.Before.ToString(), change.Now.ToString()]);
        }

        return output.ToString();
    }

    /// <summary>What a change is called.</summary>
    public static string KindOf(CoverageChange change) => Kinds.First(kind => kind.Fits(change)).Title;

    private static bool Named(CoverageReport report) => report.Rows.Any(row => row.Name.Length > 0);

    private static int Count(CoverageRow row, Level level) => row.Rules.Count(rule => rule.Metadata.Level == level);

    private static void Add(StringBuilder output, Func<string, string> written, IEnumerable<string> cells) =>
        output.AppendJoin(',', cells.Select(cell => Quoted(written(cell)))).Append('\n');

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
