namespace Sigma.Events.Samples;

/// <summary>What the user wants of samples.</summary>
internal sealed record SampleSettings
{
    /// <summary>How many samples of each kind, matches and near misses, a rule gets at most.</summary>
    public int Count { get; init; } = 10;

    /// <summary>How the events are written.</summary>
    public EventShape Shape { get; init; }

    /// <summary>Makes other process ids, ports and the like; the same number makes the same samples.</summary>
    public int Seed { get; init; }

    /// <summary>When the first event happens; each further one comes a minute later.</summary>
    public DateTimeOffset Start { get; init; } = new(2025, 3, 4, 9, 30, 0, TimeSpan.Zero);
}
