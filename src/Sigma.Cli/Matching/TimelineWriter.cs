using System.Globalization;
using System.Text;

namespace Sigma.Cli;

/// <summary>
/// Matches in the order of their times, one line each: when, how severe, on which host, in which log, what. Matches that differ
/// in nothing but their time and record are one line with their number.
/// </summary>
internal sealed class TimelineWriter : FoldedMatchWriter
{
    private static readonly string[] Names = ["TIME", "LEVEL", "HOST", "CHANNEL", "PROVIDER", "EVENT", "RECORD", "RULE", "DETAILS"];
    private static readonly int[] Widths = [23, 13, 18, 28, 28, 5, 8, 44, 0];

    /// <summary>Creates a writer.</summary>
    public TimelineWriter(Stream output)
        : base(output)
    {
    }

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override void Flush(bool isLive)
    {
        // The last lines may be repeated by what comes.
    }

    /// <inheritdoc/>
    protected override void WriteHead() => WriteCells(Names);

    /// <inheritdoc/>
    protected override void WriteLine(FoldedLine line)
    {
        string until = line.Last is { } last ? $", until {last.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : "";
        string more = line.Others == 0 ? "" : $" (and {line.Others} more like it{until})";
        MatchLine match = line.Match;
        WriteCells([
            line.Time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "-",
            match.Level, match.Host, match.Channel, match.Provider, match.EventId, line.Record, match.Rule, match.Details + more,
        ]);
    }

    private void WriteCells(string[] cells) =>
        Output.Write(Encoding.UTF8.GetBytes(string.Join("  ", cells.Select((cell, i) => TerminalText.Visible(cell).PadRight(Widths[i]))).TrimEnd() + "\n"));
}
