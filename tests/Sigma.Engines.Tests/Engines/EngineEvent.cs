namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// One Windows event as the test engines see it. A data item whose value is null is a field the event does not have: it
/// appears in no message, no XML and no index. An empty string is a field that is there and empty.
/// </summary>
public sealed record EngineEvent(long RecordId, string Channel, int EventId, IReadOnlyDictionary<string, string?> Data, DateTime Time)
{
    public const string Machine = "host.test";

    /// <summary>Who wrote the event; null where a test does not say.</summary>
    public string? Provider { get; init; }

    /// <summary>Where it was written.</summary>
    public string Computer { get; init; } = Machine;

    public static readonly DateTime Noon = new(2020, 4, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>An event at noon of a fixed day, for tests in which time plays no part.</summary>
    public static EngineEvent Of(long recordId, string channel, int eventId, params (string Name, string? Value)[] data) =>
        new(recordId, channel, eventId, data.ToDictionary(item => item.Name, item => item.Value), Noon);

    public IEnumerable<(string Name, string Value)> Present =>
        from item in Data where item.Value is not null select (item.Key, item.Value);

    /// <summary>What the event viewer shows, and what <c>$_.message</c> holds: one "Name: value" line a data item.</summary>
    public string Message => string.Join('\n', Present.Select(item => $"{item.Name}: {item.Value}"));

    /// <summary>
    /// The event as a line of a plain log file, for grep. It holds neither time nor record number: their digits would
    /// match queries that look for numbers anywhere.
    /// </summary>
    public string Line => string
        .Join(' ', Present.Select(item => $"{item.Name}={item.Value}").Prepend($"EventID={EventId}").Prepend($"Channel={Channel}"))
        .ReplaceLineEndings(" ");
}
