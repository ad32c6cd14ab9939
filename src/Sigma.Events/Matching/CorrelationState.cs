namespace Sigma.Events.Matching;

/// <summary>A match within a window.</summary>
/// <param name="Time">When, in ticks.</param>
/// <param name="Sequence">The number of the event.</param>
/// <param name="Part">Which rule matched.</param>
/// <param name="Value">The value that counts, or null.</param>
internal readonly record struct WindowEntry(long Time, long Sequence, int Part, string? Value);

/// <summary>That a correlation holds.</summary>
/// <param name="Value">What was counted.</param>
/// <param name="Events">How many events have matches within the window.</param>
/// <param name="From">The time of the first of them, in ticks.</param>
internal sealed record HeldCorrelation(double Value, int Events, long From);

/// <summary>
/// The windows of one correlation, one for each group. A window has the matches that lie within the timespan of the latest one to
/// come, on either side, so that logs with the newest event first are counted as well; groups that are far from it are forgotten.
/// </summary>
/// <param name="counter">The correlation.</param>
internal sealed class CorrelationState(CorrelationCounter counter)
{
    private const int SweepEvery = 4_096;

    /// <summary>What a group takes besides its name and its matches.</summary>
    private const int GroupBytes = 512;

    /// <summary>What it takes for each rule that is counted: how often it has matched and, where there is an order, since when.</summary>
    private const long PartBytes = 32;

    private readonly Dictionary<string, CorrelationWindow> windows = new(StringComparer.Ordinal);
    private int untilSweep = SweepEvery;

    /// <summary>How many groups are remembered.</summary>
    public int Groups => windows.Count;

    /// <summary>About how many bytes they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts a match.</summary>
    /// <returns>What was counted, when the correlation holds now and did not before; otherwise null.</returns>
    public HeldCorrelation? Add(Counted counted, long time, long sequence)
    {
        if (--untilSweep == 0)
        {
            foreach (string idle in windows.Where(pair => pair.Value.IsFar(time)).Select(pair => pair.Key).ToList())
            {
                Remove(idle);
            }

            // A sweep costs as much as there are groups.
            untilSweep = Math.Max(SweepEvery, windows.Count);
        }

        string group = CorrelationCounter.Together([.. counted.Group]) ?? "";
        if (!windows.TryGetValue(group, out CorrelationWindow? window))
        {
            windows.Add(group, window = new CorrelationWindow(counter));
            Bytes += BytesOf(group);
        }

        long before = window.Bytes;
        HeldCorrelation? held = window.Add(new WindowEntry(time, sequence, counted.Part, counted.Value));
        Bytes += window.Bytes - before;
        return held;
    }

    /// <summary>Forgets half of the groups, those that nothing came to for longest; of a single one, half of its matches.</summary>
    /// <returns>How many groups have lost something.</returns>
    public int ForgetOldest()
    {
        if (windows.Count == 1)
        {
            CorrelationWindow only = windows.Values.Single();
            long before = only.Bytes;
            only.ForgetOldest();
            Bytes += only.Bytes - before;
            return 1;
        }

        string[] oldest = [.. windows.OrderBy(pair => pair.Value.LastSequence).Take(windows.Count / 2).Select(pair => pair.Key)];
        foreach (string group in oldest)
        {
            Remove(group);
        }

        return oldest.Length;
    }

    private long BytesOf(string group) => GroupBytes + (PartBytes * counter.Parts) + (2L * group.Length);

    private void Remove(string group)
    {
        if (windows.Remove(group, out CorrelationWindow? window))
        {
            Bytes -= BytesOf(group) + window.Bytes;
        }
    }
}
