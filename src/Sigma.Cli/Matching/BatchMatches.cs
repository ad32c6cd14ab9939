using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>What was found in a batch.</summary>
internal sealed class BatchMatches
{
    /// <summary>How many fields of events with an unknown log source are named.</summary>
    private const int FieldsSeen = 12;

    /// <summary>How many events it has.</summary>
    public long Events { get; set; }

    /// <summary>The events of each log; those of no known log have an empty name.</summary>
    public Dictionary<string, long> Logs { get; } = [];

    /// <summary>The events whose fields have other names than rules.</summary>
    public RenamedEvents Renamed { get; } = new();

    /// <summary>The events of which a part is not read.</summary>
    public UnreadParts Unread { get; } = new();

    /// <summary>Some fields of events with an unknown log source.</summary>
    public HashSet<string> UnknownFields { get; } = [];

    /// <summary>From when to when the events are; null if it is not asked, or they do not tell.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Span { get; private set; }

    public void See(DateTimeOffset time) => Span = Span is { } span ? (time < span.From ? time : span.From, time > span.To ? time : span.To) : (time, time);

    public void Add(string? log) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Logs, log ?? "", out _)++;

    public void AddUnknown(Event e)
    {
        if (UnknownFields.Count == 0)
        {
            UnknownFields.UnionWith(e.Values.Take(FieldsSeen).Select(value => value.Name));
        }
    }

    public List<(MatchedEvent Event, byte[]? Json)> Matched { get; } = [];

    public List<(RuleTrouble Trouble, long Line)> Troubles { get; } = [];

    public List<EventProblem> Problems { get; } = [];
}
