using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Matching;

/// <summary>
/// Evaluates any number of rules, with their filters, correlations and older aggregations, on a stream of events. Any number of
/// threads can look at events at once, each by an <see cref="EventMatcher"/> of its own; what they find goes in the order of the events
/// through one <see cref="CorrelationRun"/>.
/// </summary>
public sealed class Detector
{
    private readonly IReadOnlyList<Search> searches;
    private readonly IReadOnlyList<CorrelationCounter> counters;
    private readonly RuleIndex index;
    private readonly int[] timeSlots;

    internal Detector(
        FieldTable fields, SourceFields sources, IReadOnlyList<Search> searches, IReadOnlyList<CorrelationCounter> counters, int[] timeSlots, int rules, int failed)
    {
        this.searches = searches;
        this.counters = counters;
        this.timeSlots = timeSlots;
        index = new RuleIndex(fields, sources, [.. searches.Select(search => search.Test)]);
        Rules = rules;
        Failed = failed;
    }

    /// <summary>How many values regular expressions took too long on, in all of the program's run; they count as not matching.</summary>
    public static int SlowPatterns => RegexTest.Timeouts;

    /// <summary>How many rules and correlations there are.</summary>
    public int Rules { get; }

    /// <summary>How many more could not be made ready.</summary>
    public int Failed { get; }

    /// <summary>Makes rules ready.</summary>
    /// <param name="documents">The documents of all files.</param>
    /// <param name="links">The same, linked.</param>
    /// <param name="settings">How.</param>
    /// <param name="report">Takes each finding, with the document it is about.</param>
    public static Detector Create(IEnumerable<ReadDocument> documents, RuleSet links, DetectorSettings settings, Action<ReadDocument, Diagnostic> report) =>
        new DetectorCompiler(links, settings, report).Compile(documents);

    /// <summary>Makes what one thread looks at events with.</summary>
    public EventMatcher NewMatcher() => new(index, searches, timeSlots);

    /// <summary>Makes what counts over the events in their order.</summary>
    public CorrelationRun NewRun() => new(counters);
}

/// <summary>How rules are made ready.</summary>
public sealed record DetectorSettings
{
    /// <summary>The user's pipelines in the order they run.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    /// <summary>What pipelines share.</summary>
    public PipelineSettings PipelineSettings { get; init; } = PipelineSettings.Default;

    /// <summary>Whether a rule is wanted; null for all. Rules that a wanted correlation counts are evaluated all the same.</summary>
    public Func<ReadDocument, bool>? Wanted { get; init; }

    /// <summary>Whether a warning fails a rule.</summary>
    public bool Strict { get; init; }

    /// <summary>The field that says when an event happened; null for the usual ones.</summary>
    public string? TimeField { get; init; }
}

/// <summary>What one thread looks at events with.</summary>
public sealed class EventMatcher
{
    private readonly IndexReader reader;
    private readonly IReadOnlyList<Search> searches;
    private readonly int[] timeSlots;
    private readonly List<int> hits = [];
    private readonly List<(string? Field, int Index)> fields = [];

    internal EventMatcher(RuleIndex index, IReadOnlyList<Search> searches, int[] timeSlots)
    {
        reader = new IndexReader(index);
        this.searches = searches;
        this.timeSlots = timeSlots;
    }

    /// <summary>Matches an event with all rules.</summary>
    /// <param name="e">The event.</param>
    /// <param name="line">The line at which it begins.</param>
    /// <returns>What it matches; null for nothing, as most events.</returns>
    public MatchedEvent? Match(Event e, long line)
    {
        reader.Match(e, hits);
        if (hits.Count == 0)
        {
            return null;
        }

        EventView view = reader.View;
        var matched = new MatchedEvent(line, TimeOf(view));
        foreach (int hit in hits)
        {
            Search search = searches[hit];
            if (search.Reported is { } rule)
            {
                matched.Matches.Add(new RuleMatch(rule, matched.Time, line, FieldsOf(search.Test, view)));
            }

            foreach (Feed feed in search.Feeds)
            {
                if (feed.Read(view) is { } counted)
                {
                    matched.Counted.Add(counted);
                }
            }
        }

        return matched;
    }

    private List<MatchedField> FieldsOf(RuleTest test, EventView view)
    {
        fields.Clear();
        foreach (EventTest body in test.Bodies(test.Applying(view)).Where(body => body.Holds(view)))
        {
            Explanation.Collect(body, view, fields);
        }

        return [.. fields.Select(field => new MatchedField(field.Field ?? view.Event.PathOf(field.Index).Name, view.Event.TextOf(field.Index).ToString()))];
    }

    private DateTimeOffset? TimeOf(EventView view)
    {
        foreach (int slot in timeSlots)
        {
            int place = view.First(slot);
            if (place >= 0 && view.IsValue(place) && EventTime.TryParse(view.Event.TextOf(place), out DateTimeOffset time))
            {
                return time;
            }
        }

        return null;
    }
}

/// <summary>An event that something matched.</summary>
/// <param name="line">The line at which it begins.</param>
/// <param name="time">When it happened, if it says so.</param>
public sealed class MatchedEvent(long line, DateTimeOffset? time)
{
    /// <summary>The line at which it begins.</summary>
    public long Line => line;

    /// <summary>When it happened, if it says so.</summary>
    public DateTimeOffset? Time => time;

    /// <summary>The rules that it matches by itself.</summary>
    public List<RuleMatch> Matches { get; } = [];

    /// <summary>What correlations count of it.</summary>
    internal List<Counted> Counted { get; } = [];
}

/// <summary>Counts over matched events in their order. For one thread.</summary>
public sealed class CorrelationRun
{
    private readonly Dictionary<CorrelationCounter, CorrelationState> states = new(ReferenceEqualityComparer.Instance);
    private DateTimeOffset? last;
    private long sequence;

    internal CorrelationRun(IEnumerable<CorrelationCounter> counters)
    {
        foreach (CorrelationCounter counter in counters)
        {
            states[counter] = new CorrelationState(counter);
        }
    }

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
        if (state.Add(counted, last?.UtcTicks ?? 0, sequence) is not { } held)
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
}
