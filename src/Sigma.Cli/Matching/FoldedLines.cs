namespace Sigma.Cli;

/// <summary>
/// Makes one line of matches that differ in nothing but their time and record. A line waits for others like it, within the hour and as long as not too
/// many others come between, and lines are written in the order of the first match of each.
/// </summary>
/// <param name="write">Writes a line.</param>
internal sealed class FoldedLines(Action<FoldedLine> write)
{
    /// <summary>So many different lines wait at most.</summary>
    private const int MostWaiting = 256;

    /// <summary>Whoever reads on after an hour must see that it goes on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Dictionary<MatchLine, Waiting> byLine = [];
    private readonly LinkedList<Waiting> waiting = [];

    /// <summary>Adds a match.</summary>
    public void Add(DateTimeOffset? time, string record, MatchLine line)
    {
        if (byLine.TryGetValue(line, out Waiting? before) && IsWithin(before.Time, time))
        {
            before.Others++;
            before.Last = time is { } now && !(before.Last > now) ? now : before.Last;
            return;
        }

        var added = new Waiting(time, record, line);
        byLine[line] = added;
        waiting.AddLast(added);
        if (waiting.Count > MostWaiting)
        {
            WriteFirst();
        }
    }

    /// <summary>Writes all lines that wait.</summary>
    public void Finish()
    {
        while (waiting.Count > 0)
        {
            WriteFirst();
        }
    }

    private static bool IsWithin(DateTimeOffset? first, DateTimeOffset? time) => (first, time) switch
    {
        (null, null) => true,
        ({ } from, { } to) => (to - from).Duration() < Longest,
        _ => false,
    };

    private void WriteFirst()
    {
        Waiting first = waiting.First!.Value;
        waiting.RemoveFirst();
        if (ReferenceEquals(byLine[first.Line], first))
        {
            byLine.Remove(first.Line);
        }

        write(new FoldedLine(first.Time, first.Record, first.Line, first.Others, first.Last > first.Time ? first.Last : null));
    }

    private sealed record Waiting(DateTimeOffset? Time, string Record, MatchLine Line)
    {
        public long Others { get; set; }

        public DateTimeOffset? Last { get; set; } = Time;
    }
}

/// <summary>Matches in one line.</summary>
/// <param name="Time">When the first of them was; null if it does not tell.</param>
/// <param name="Record">The record of the first.</param>
/// <param name="Match">What they have in common.</param>
/// <param name="Others">How many there are besides the first.</param>
/// <param name="Last">When the last was; null if it was not later.</param>
internal sealed record FoldedLine(DateTimeOffset? Time, string Record, MatchLine Match, long Others, DateTimeOffset? Last);
