using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>
/// Evaluates any number of rules, with their filters, correlations and older aggregations, on a stream of events. Any number of
/// threads can match events in parallel, each with its own <see cref="EventMatcher"/>; their results go in the order of the events
/// through one <see cref="CorrelationRun"/>.
/// </summary>
internal sealed class Detector
{
    private readonly IReadOnlyList<Search> searches;
    private readonly IReadOnlyList<CorrelationCounter> counters;
    private readonly RuleIndex index;
    private readonly EventClock clock;
    private readonly long correlationMemory;

    internal Detector(
        FieldTable fields,
        SourceFields sources,
        IReadOnlyList<Search> searches,
        IReadOnlyList<CorrelationCounter> counters,
        EventClock clock,
        long correlationMemory,
        int rules,
        int failed)
    {
        this.correlationMemory = correlationMemory;
        this.searches = searches;
        this.counters = counters;
        this.clock = clock;
        index = new RuleIndex(fields, sources, [.. searches.Select(search => search.Test)]);
        Rules = rules;
        Failed = failed;
    }

    /// <summary>The factor between the time of the regular expressions of all rules and those of one.</summary>
    public const int RegexRunFactor = RegexBudget.RunFactor;

    /// <summary>How many rules are left out for events that do not tell their log.</summary>
    public int NeedKnownLog => searches.Where(search => search.Test.Source.NeedsKnownLog).Select(search => search.Rule).Distinct().Count();

    /// <summary>The rules of whose log source no event came.</summary>
    public IReadOnlyList<MatchedRule> WithoutEvents =>
    [
        .. searches.Select((search, number) => (search.Rule, HasMet: index.HasMet(number))).GroupBy(one => one.Rule).Where(rule => !rule.Any(one => one.HasMet)).Select(rule => rule.Key),
    ];

    /// <summary>How many rules and correlations there are.</summary>
    public int Rules { get; }

    /// <summary>The number of further rules that could not be prepared.</summary>
    public int Failed { get; }

    /// <summary>Makes rules ready.</summary>
    /// <param name="documents">The documents of all files.</param>
    /// <param name="links">The same, linked.</param>
    /// <param name="settings">How.</param>
    /// <param name="report">Takes each finding, with the document it is about.</param>
    public static Detector Create(IEnumerable<ReadDocument> documents, RuleSet links, DetectorSettings settings, Action<ReadDocument, Diagnostic> report)
    {
        var compiler = new DetectorCompiler(links, settings);
        return compiler.Compile(documents.Select(compiler.Prepare), report);
    }

    /// <summary>Makes what one thread looks at events with.</summary>
    public EventMatcher NewMatcher() => new(index, searches, clock);

    /// <summary>Makes what counts over the events in their order.</summary>
    public CorrelationRun NewRun() => new(counters, correlationMemory);
}

/// <summary>How rules are prepared.</summary>
internal sealed record DetectorSettings
{
    /// <summary>The user's pipelines in the order they run.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    /// <summary>What pipelines share.</summary>
    public PipelineSettings PipelineSettings { get; init; } = PipelineSettings.Default;

    /// <summary>Whether a rule is wanted; null for all. Rules that a wanted correlation counts are always evaluated.</summary>
    public Func<ReadDocument, bool>? Wanted { get; init; }

    /// <summary>Whether a warning fails a rule.</summary>
    public bool Strict { get; init; }

    /// <summary>The field with the time of an event; null for the usual names.</summary>
    public string? TimeField { get; init; }

    /// <summary>What is done with events that do not tell which log they are from.</summary>
    public UnknownEvents Unknown { get; init; } = UnknownEvents.OfTheRule;

    /// <summary>How long the regular expressions of one rule that need backtracking may take in a run; ten times as long those of all rules.</summary>
    public TimeSpan RegexTime { get; init; } = RegexBudget.Usual;

    /// <summary>Whether matches tell of a rule its title, id, name, status, level and tags only. Descriptions and references of thousands of rules take megabytes.</summary>
    public bool BriefRules { get; init; }

    /// <summary>How many bytes correlations may remember.</summary>
    public long CorrelationMemory { get; init; } = CorrelationRun.UsualMemory;
}

/// <summary>What one thread looks at events with.</summary>
internal sealed class EventMatcher
{
    private readonly IndexReader reader;
    private readonly IReadOnlyList<Search> searches;
    private readonly EventClock clock;
    private readonly List<int> hits = [];
    private readonly List<(string? Field, int Index)> fields = [];

    internal EventMatcher(RuleIndex index, IReadOnlyList<Search> searches, EventClock clock)
    {
        reader = new IndexReader(index);
        this.searches = searches;
        this.clock = clock;
    }

    /// <summary>Whether the event that was matched last tells which log it is from.</summary>
    public bool IsOfKnownLog => reader.IsOfKnownLog;

    /// <summary>The time of the event that was matched last; null if it does not tell.</summary>
    public DateTimeOffset? Time => clock.TimeOf(reader.View);

    /// <summary>The field with the time of the event that was matched last, if it is in no form that is read; null otherwise.</summary>
    public string? UnreadTime => clock.UnreadField(reader.View);

    /// <summary>Whether the fields of the event that was matched last are only in the text of a message.</summary>
    public bool HasOnlyMessage => reader.View.Event.HasOnlyMessage;

    /// <summary>The log of the event that was matched last, in words; null if it is not known.</summary>
    public string? LogName => reader.LogName;

    /// <summary>The built-in pipelines that give rules the names of the fields of the event that was matched last; none where these have the rules' names.</summary>
    public System.Collections.Immutable.ImmutableArray<string> Pipelines => reader.View.Event.Log is { Pipelines: var pipelines } log && LogName == log.Name ? pipelines : [];

    /// <summary>What kept rules from being judged by the event that was matched last.</summary>
    public IEnumerable<RuleTrouble> Troubles => reader.Troubles.Found
        .Select(trouble => new RuleTrouble(searches[trouble.Rule].Rule, trouble.Failure, trouble.IsTimeSpent))
        .Distinct();

    /// <summary>Whether there are any.</summary>
    public bool HasTroubles => reader.Troubles.Found.Count > 0;

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
        var matched = new MatchedEvent(line, clock.TimeOf(view));
        MatchedOrigin? origin = null;
        foreach (int hit in hits)
        {
            Search search = searches[hit];
            if (search.Reported is { } rule)
            {
                matched.Matches.Add(new RuleMatch(rule, matched.Time, line, FieldsOf(search.Test, view)) { IsRecovered = e.IsRecovered, Origin = origin ??= reader.Origin });
            }

            foreach (Feed feed in search.Feeds)
            {
                if (feed.Read(view) is { } counted)
                {
                    matched.Count(counted, feed.Figure);
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
}

/// <summary>What kept a rule from being judged by an event; it counts as not matching.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Failure">What was thrown; null if regular expressions took too long.</param>
/// <param name="IsTimeSpent">Whether they had taken too long before, and there was no time left for them.</param>
internal readonly record struct RuleTrouble(MatchedRule Rule, Exception? Failure, bool IsTimeSpent);

/// <summary>An event that something matched.</summary>
/// <param name="line">The line at which it begins.</param>
/// <param name="time">When it happened, if it says so.</param>
internal sealed class MatchedEvent(long line, DateTimeOffset? time)
{
    private HashSet<(CorrelationCounter Counter, int Figure, string Group)>? once;

    /// <summary>The line at which it begins.</summary>
    public long Line => line;

    /// <summary>When it happened, if it says so.</summary>
    public DateTimeOffset? Time => time;

    /// <summary>The rules that it matches by itself.</summary>
    public List<RuleMatch> Matches { get; } = [];

    /// <summary>What correlations count of it.</summary>
    internal List<Counted> Counted { get; } = [];

    /// <summary>Notes what a correlation counts of it. However many of its rules match an event, that is one event of the group.</summary>
    /// <param name="counted">What is counted.</param>
    /// <param name="figure">Which of the correlation's figures its value is.</param>
    internal void Count(Counted counted, int figure)
    {
        CorrelationCounter counter = counted.Counter;
        if (counter.IsTemporal || counter.Parts == 1 || (once ??= []).Add((counter, figure, CorrelationCounter.Together([.. counted.Group]) ?? "")))
        {
            Counted.Add(counted);
        }
    }
}
