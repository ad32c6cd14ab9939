namespace Sigma.Matching;

/// <summary>A match within a window.</summary>
/// <param name="Time">When, in ticks.</param>
/// <param name="Sequence">The number of the event.</param>
/// <param name="Part">Which rule matched.</param>
/// <param name="Value">The value that counts, or null.</param>
internal readonly record struct WindowEntry(long Time, long Sequence, int Part, string? Value);

/// <summary>That a correlation holds.</summary>
/// <param name="Value">What was counted.</param>
/// <param name="Events">How many matches are within the window.</param>
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

    private readonly Dictionary<string, CorrelationWindow> windows = new(StringComparer.Ordinal);
    private int sinceSweep;

    /// <summary>How many groups are remembered.</summary>
    public int Groups => windows.Count;

    /// <summary>Counts a match.</summary>
    /// <returns>What was counted, when the correlation holds now and did not before; otherwise null.</returns>
    public HeldCorrelation? Add(Counted counted, long time, long sequence)
    {
        if (++sinceSweep >= SweepEvery)
        {
            sinceSweep = 0;
            foreach (string idle in windows.Where(pair => pair.Value.IsFar(time)).Select(pair => pair.Key).ToList())
            {
                windows.Remove(idle);
            }
        }

        string group = CorrelationCounter.Together([.. counted.Group]) ?? "";
        if (!windows.TryGetValue(group, out CorrelationWindow? window))
        {
            windows.Add(group, window = new CorrelationWindow(counter));
        }

        return window.Add(new WindowEntry(time, sequence, counted.Part, counted.Value));
    }
}
