namespace Sigma.Events.Matching;

/// <summary>The matches of one group within the timespan.</summary>
/// <param name="counter">The correlation.</param>
internal sealed class CorrelationWindow(CorrelationCounter counter)
{
    /// <summary>By time, and by arrival where that is the same; what is before <see cref="first"/> is gone.</summary>
    private readonly List<WindowEntry> entries = [];
    // The matches of one event stand together: they have its time, and come together.
    private readonly WindowTotal total = new(counter);
    private int first;
    private int events;
    private bool held;

    /// <summary>About how many bytes the matches take.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of the event that came last.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Whether a time is further from every match than the timespan, so that none counts with it.</summary>
    public bool IsFar(long time) => Count == 0 || Distance(entries[^1].Time, time) > counter.Ticks && Distance(entries[first].Time, time) > counter.Ticks;

    private int Count => entries.Count - first;

    /// <summary>Counts a match.</summary>
    /// <returns>What was counted, when the condition holds now and did not before; otherwise null.</returns>
    public HeldCorrelation? Add(WindowEntry entry)
    {
        bool evicted = Evict(entry.Time);
        if (held && evicted)
        {
            held = Holds();
        }

        int place = entries.Count;
        while (place > first && entries[place - 1].Time > entry.Time)
        {
            place--;
        }

        events += place > first && entries[place - 1].Sequence == entry.Sequence ? 0 : 1;
        entries.Insert(place, entry);
        total.Add(entry);
        if (place < entries.Count - 1)
        {
            total.Reorder(Window());
        }

        Bytes += BytesOf(entry);
        LastSequence = entry.Sequence;
        bool inOrder = place == entries.Count - 1 || entries[^1].Time - entries[first].Time <= counter.Ticks;
        (WindowTotal Total, int Events, long From)? now = inOrder
            ? Holds() ? (total, events, entries[first].Time) : null
            : Search(entry);
        bool before = held;
        held = now is not null;
        return held && !before ? new HeldCorrelation(now!.Value.Total.Value, now.Value.Events, now.Value.From) : null;
    }

    /// <summary>Forgets the older half of the matches.</summary>
    public void ForgetOldest()
    {
        for (int left = (Count + 1) / 2; left > 0; left--)
        {
            RemoveFirst();
        }

        entries.RemoveRange(0, first);
        entries.TrimExcess();
        first = 0;
        total.Reorder(Window());
        held = held && Holds();
    }

    private bool Holds() => Count > 0 && total.Holds(entries[first].Time);

    private IEnumerable<WindowEntry> Window()
    {
        for (int i = first; i < entries.Count; i++)
        {
            yield return entries[i];
        }
    }

    /// <summary>Among matches on both sides of a late one: the windows that it lies in, one from each match before it.</summary>
    private (WindowTotal Total, int Events, long From)? Search(WindowEntry late)
    {
        var part = new WindowTotal(counter);
        int end = first;
        int within = 0;
        for (int start = first; start < entries.Count && entries[start].Time <= late.Time; start++)
        {
            long from = entries[start].Time;
            while (end < entries.Count && entries[end].Time - from <= counter.Ticks)
            {
                within += end > start && entries[end - 1].Sequence == entries[end].Sequence ? 0 : 1;
                part.Add(entries[end++]);
            }

            if (part.Holds(from))
            {
                return (part, within, from);
            }

            within -= start + 1 < end && entries[start + 1].Sequence == entries[start].Sequence ? 0 : 1;
            part.Remove(entries[start]);
        }

        return null;
    }

    private bool Evict(long time)
    {
        int before = Count;
        while (Count > 0 && Distance(entries[first].Time, time) > counter.Ticks)
        {
            RemoveFirst();
        }

        int end = entries.Count;
        while (Count > 0 && Distance(entries[^1].Time, time) > counter.Ticks)
        {
            total.Remove(entries[^1]);
            events -= Count > 1 && entries[^2].Sequence == entries[^1].Sequence ? 0 : 1;
            Bytes -= BytesOf(entries[^1]);
            entries.RemoveAt(entries.Count - 1);
        }

        if (entries.Count < end)
        {
            total.Reorder(Window());
        }

        DropRemoved();
        return Count < before;
    }

    private void RemoveFirst()
    {
        total.Remove(entries[first]);
        events -= Count > 1 && entries[first + 1].Sequence == entries[first].Sequence ? 0 : 1;
        Bytes -= BytesOf(entries[first++]);
    }

    private void DropRemoved()
    {
        if (first > 64 && first > entries.Count / 2)
        {
            entries.RemoveRange(0, first);
            first = 0;
        }
    }

    private static long BytesOf(WindowEntry entry) => 96 + (2L * (entry.Value?.Length ?? 0));

    private static long Distance(long a, long b) => Math.Abs(a - b);
}
