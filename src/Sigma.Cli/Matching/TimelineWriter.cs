using System.Globalization;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>
/// Matches in the order of their times, one line each: when, how severe, on which host, in which log, what. Matches that follow each other and differ
/// in nothing but their time and record are one line with their number.
/// </summary>
internal sealed class TimelineWriter(Stream output) : MatchWriter(output)
{
    private static readonly string[] Names = ["TIME", "LEVEL", "HOST", "CHANNEL", "EVENT", "RECORD", "RULE", "DETAILS"];
    private static readonly int[] Widths = [23, 13, 18, 28, 5, 8, 44, 0];

    private bool headed;
    private string[]? last;
    private int repeats;

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json)
    {
        string counted = CountOf(match);
        string fields = FieldsOf(match);
        string[] line =
        [
            match.Time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "-",
            match.Rule.Metadata.Level?.ToString().ToLowerInvariant() ?? "-",
            match.Origin?.Computer ?? "-",
            match.Origin?.Channel ?? match.Origin?.Provider ?? file,
            match.Origin?.EventId ?? "-",
            match.Origin?.RecordId ?? match.Line.ToString(CultureInfo.InvariantCulture),
            match.Rule.Metadata.Title.Length > 0 ? match.Rule.Metadata.Title : match.Rule.Path,
            counted.Length == 0 ? fields : fields.Length == 0 ? counted : $"{counted}: {fields}",
        ];
        if (last is not null && Enumerable.Range(0, line.Length).All(i => i is 0 or 5 || line[i] == last[i]))
        {
            repeats++;
            return;
        }

        WriteLast();
        last = line;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // The last line may be repeated by what comes.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        WriteLast();
        base.Flush();
        base.Dispose();
    }

    private void WriteLast()
    {
        if (last is null)
        {
            return;
        }

        if (!headed)
        {
            headed = true;
            WriteLine(Names);
        }

        last[^1] += repeats > 0 ? $" (and {repeats} more like it)" : "";
        WriteLine(last);
        repeats = 0;
        last = null;
    }

    private void WriteLine(string[] cells) =>
        Output.Write(Encoding.UTF8.GetBytes(string.Join("  ", cells.Select((cell, i) => TerminalText.Visible(cell).PadRight(Widths[i]))).TrimEnd() + "\n"));
}
