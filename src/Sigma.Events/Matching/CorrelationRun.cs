namespace Sigma.Events.Matching;

/// <summary>Counts over matched events in their order. For one thread.</summary>
internal sealed class CorrelationRun
{
    private readonly Dictionary<CorrelationCounter, CorrelationState> states = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<CorrelationCounter> forgetting = new(ReferenceEqualityComparer.Instance);
    private readonly long memory;
    private DateTimeOffset? last;
    private long sequence;
    private long bytes;

    internal CorrelationRun(IEnumerable<CorrelationCounter> counters, long memory)
    {
        this.memory = memory;
        foreach (CorrelationCounter counter in counters)
        {
            states[counter] = new CorrelationState(counter);
        }
    }

    /// <summary>Whether there is no correlation.</summary>
    public bool CountsNothing => states.Count == 0;

    /// <summary>How many bytes correlations usually may remember.</summary>
    public const long UsualMemory = 256 * 1024 * 1024;

    /// <summary>How many groups were forgotten, or forgotten in part, to stay within the memory; what they had counted is lost.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Is told the first time that a correlation forgets something to stay within the memory.</summary>
    public Action<MatchedRule?>? Forgets { get; set; }

    /// <summary>Counts an event.</summary>
    /// <param name="matched">The event. Without a time it counts as of the time of the event before it.</param>
    /// <returns>The correlations that hold with it, and did not before.</returns>
    public IReadOnlyList<RuleMatch> Add(MatchedEvent matched)
    {
        last = matched.Time ?? last;
        if (matched.Counted.Count == 0)
        {
            return [];
        }

        sequence++;
        var found = new List<RuleMatch>();
        foreach (Counted counted in matched.Counted)
        {
            Add(counted, matched.Line, found);
        }

        return found;
    }

    private void Add(Counted counted, long line, List<RuleMatch> found)
    {
        CorrelationState state = states[counted.Counter];
        long before = state.Bytes;
        HeldCorrelation? now = state.Add(counted, last?.UtcTicks ?? 0, sequence);
        bytes += state.Bytes - before;
        if (bytes > memory)
        {
            Forget();
        }

        if (now is not { } held)
        {
            return;
        }

        CorrelationCounter counter = counted.Counter;
        if (counter.Reported is { } rule)
        {
            MatchedField[] group = [.. counter.GroupBy.Zip(counted.Group, (name, value) => new MatchedField(name, value))];
            DateTimeOffset? from = last is null ? null : new DateTimeOffset(held.From, TimeSpan.Zero);
            found.Add(new RuleMatch(rule, last, line, group)
            {
                Correlation = new MatchedCorrelation(counter.Definition.Type, held.Value, held.Events, from),
            });
        }

        foreach (ChainedFeed feed in counter.Feeds)
        {
            if (feed.Read(counter.GroupBy, counted.Group) is { } outer)
            {
                Add(outer, line, found);
            }
        }
    }

    /// <summary>The correlation that remembers most forgets the half of its groups that nothing came to for longest.</summary>
    private void Forget()
    {
        (CorrelationCounter counter, CorrelationState state) = states.MaxBy(pair => pair.Value.Bytes);
        long before = state.Bytes;
        Forgotten += state.ForgetOldest();
        bytes += state.Bytes - before;
        if (forgetting.Add(counter))
        {
            Forgets?.Invoke(counter.Reported);
        }
    }
}
