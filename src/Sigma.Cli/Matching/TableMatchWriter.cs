using System.Globalization;
using System.Text;

namespace Sigma.Cli;

/// <summary>
/// Columns for people: when, how severe, on which host, in which log, what. What an event says reaches a terminal with its control characters made
/// visible. Matches that differ in nothing but their time and record are one line with their number.
/// </summary>
internal sealed class TableMatchWriter : FoldedMatchWriter
{
    private static readonly Column[] Wide =
    [
        new("TIME", 23), new("LEVEL", 13), new("HOST", 18), new("CHANNEL", 28), new("PROVIDER", 28), new("EVENT", 5), new("RECORD", 8), new("RULE", 44),
    ];

    private static readonly Column[] Middle =
        [new("TIME", 19), new("LEVEL", 13), new("HOST", 15), new("CHANNEL", 18), new("EVENT", 5), new("RECORD", 8), new("RULE", 34)];

    private static readonly Column[] Narrow = [new("TIME", 19), new("LEVEL", 8), new("HOST", 12), new("EVENT", 5), new("RULE", 30)];

    private readonly Column[] columns;
    private readonly int room;

    /// <summary>Creates a writer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">The width of the table, in columns; a narrow one leaves some facts out.</param>
    public TableMatchWriter(Stream output, int width)
        : base(output)
    {
        columns = width >= 220 ? Wide : width >= 150 ? Middle : Narrow;
        room = width == int.MaxValue ? int.MaxValue : width - columns.Sum(column => column.Width + 2) - 1;
    }

    /// <inheritdoc/>
    public override void Flush(bool isLive)
    {
        if (isLive)
        {
            Finish();
        }

        base.Flush(isLive);
    }

    /// <inheritdoc/>
    protected override void WriteHead() => WriteCells(name => name, "MATCHED");

    /// <inheritdoc/>
    protected override void WriteLine(FoldedLine line)
    {
        MatchLine match = line.Match;
        WriteCells(
            name => name switch
            {
                "TIME" => line.Time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)[..columns[0].Width] ?? "-",
                "LEVEL" => match.Level,
                "HOST" => match.Host,
                "CHANNEL" => match.Channel,
                "PROVIDER" => match.Provider,
                "EVENT" => match.EventId,
                "RECORD" => line.Record,
                _ => match.Rule,
            },
            // The number comes first: the end may be cut off.
            line.Others == 0 ? match.Details : $"{(line.Others + 1).ToString(CultureInfo.InvariantCulture)} × {match.Details}");
    }

    private void WriteCells(Func<string, string> cell, string details)
    {
        IEnumerable<string> cells = columns.Select(column => Cut(column.Name, TerminalText.Visible(cell(column.Name)), column.Width).PadRight(column.Width));
        Output.Write(Encoding.UTF8.GetBytes($"{string.Join("  ", cells)}  {Cut("", TerminalText.Visible(details), room)}".TrimEnd() + "\n"));
    }

    /// <summary>Cuts a text. Names of logs and providers begin alike, so their ends are kept.</summary>
    private static string Cut(string column, string text, int room) => text.Length <= room ? text
        : column is "CHANNEL" or "PROVIDER" ? "…" + text[^(room - 1)..]
        : text[..(room - 1)] + "…";

    private sealed record Column(string Name, int Width);
}
