namespace Sigma.Events.Matching;

/// <summary>
/// Many rules, found by what events are: for each log source that events tell, the rules that can match such events, and within
/// them by the literals that they need. Nothing is left out that one-by-one evaluation would find.
/// </summary>
internal sealed class RuleIndex
{
    /// <summary>The number of log sources kept, so that events with ever new ones cannot fill the memory.</summary>
    private const int KeptBuckets = 2_000;
    private const int KeptEntries = 2_000_000;

    private readonly IReadOnlyList<RuleTest> rules;
    private readonly SourceFields sources;
    private readonly (RuleSource Source, int[] Rules)[] bySource;
    private readonly RequiredLiteralChooser chooser = new();
    private readonly Dictionary<SourceKey, RuleBucket> buckets = [];
    private readonly Dictionary<IndexedRule[], IndexedRules> indexed = new(SameRules.Instance);
    private readonly Lock making = new();
    private readonly bool[] met;
    private readonly bool[] learned;
    private int entries;

    /// <summary>Creates the index.</summary>
    /// <param name="fields">The fields of the rules.</param>
    /// <param name="sources">Where events tell their log source.</param>
    /// <param name="rules">The rules.</param>
    public RuleIndex(FieldTable fields, SourceFields sources, IReadOnlyList<RuleTest> rules)
    {
        Fields = fields;
        this.sources = sources;
        this.rules = rules;
        met = new bool[rules.Count];
        bySource = [.. rules.Index().GroupBy(rule => rule.Item.Source).Select(group => (group.Key, group.Select(rule => rule.Index).ToArray()))];
        learned = new bool[bySource.Length];
    }

    /// <summary>The fields of the rules.</summary>
    public FieldTable Fields { get; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<RuleTest> Rules => rules;

    /// <summary>After how many events of a log source the literals are chosen anew by which rules are found.</summary>
    public int ReviewedAfter { get; init; } = LiteralReview.UsuallyWatched;

    /// <summary>The log source that an event tells; null if it tells several.</summary>
    public SourceKey? KeyOf(EventView view) =>
        Tell(view, sources.EventId) is { } id && Tell(view, sources.Channel) is { } channel && Tell(view, sources.Provider) is { } provider
            ? new SourceKey(
                id, channel, provider, view.Event.Log, sources.HasWindowsId(view), sources.HasWindowsChannel(view), sources.OwnOf(view))
            : null;

    /// <summary>Whether an event tells just this.</summary>
    public bool Tells(EventView view, SourceKey key) =>
        Tells(view, sources.EventId, key.EventId) && Tells(view, sources.Channel, key.Channel) && Tells(view, sources.Provider, key.Provider)
        && view.Event.Log == key.Log && sources.HasWindowsId(view) == key.HasWindowsId
        && sources.HasWindowsChannel(view) == key.HasWindowsChannel
        && sources.OwnOf(view) == key.Own;

    /// <summary>Whether an event tells which log it is from, as far as any rule wants to know.</summary>
    public bool IsOfKnownLog(EventView view) => sources.OriginOf(view) is not EventOrigin.Unknown || sources.MustBeWindows(view);

    /// <summary>Where an event is from, as far as it tells.</summary>
    public MatchedOrigin? OriginOf(EventView view) => sources.Tell(view);

    /// <summary>The log that an event is from, in words; null if it is not known.</summary>
    public string? NameOf(EventView view) => sources.NameOf(view);

    /// <summary>Whether an event of a rule's log source came, whatever the rule asks of it.</summary>
    public bool HasMet(int rule) => met[rule];

    /// <summary>Notes that an event came that may be of any log source.</summary>
    public void MeetAll() => Array.Fill(met, true);

    /// <summary>A number that is equal for events that tell the same.</summary>
    public int HashOf(EventView view) =>
        HashCode.Combine(Hash(view, sources.EventId), Hash(view, sources.Channel), Hash(view, sources.Provider), view.Event.Log);

    /// <summary>The rules that can match an event, for one that tells a key, all of them otherwise.</summary>
    public RuleBucket BucketOf(EventView view, SourceKey key)
    {
        lock (making)
        {
            if (!buckets.TryGetValue(key, out RuleBucket? bucket))
            {
                bucket = new RuleBucket(IndexFor(view), sources.NameOf(view), IsOfKnownLog(view));
                if (buckets.Count >= KeptBuckets)
                {
                    buckets.Clear();
                }

                buckets[key] = bucket;
            }

            return bucket;
        }
    }

    /// <summary>The rules that can match events of the log source that an event tells. Many log sources have the same.</summary>
    private IndexedRules IndexFor(EventView view)
    {
        var applying = new List<IndexedRule>();
        for (int i = 0; i < bySource.Length; i++)
        {
            if (bySource[i].Source.Applying(view) is not 0 and var bodies)
            {
                Learn(i);
                foreach (int rule in bySource[i].Rules)
                {
                    met[rule] = true;
                }

                applying.AddRange(bySource[i].Rules.SelectMany(rule => Open(rule, bodies, view)));
            }
        }

        IndexedRule[] found = [.. applying.OrderBy(rule => rule.Rule)];
        if (!indexed.TryGetValue(found, out IndexedRules? known))
        {
            entries += found.Length;
            if (entries > KeptEntries)
            {
                buckets.Clear();
                indexed.Clear();
                entries = found.Length;
            }

            known = indexed[found] = new IndexedRules(found, chooser, ReviewedAfter);
        }

        return known;
    }

    /// <summary>Counts the literals of the rules of one log source, once there are events of it.</summary>
    private void Learn(int source)
    {
        if (!learned[source])
        {
            learned[source] = true;
            foreach (int rule in bySource[source].Rules)
            {
                chooser.Learn(rules[rule].Plain);
            }
        }
    }

    /// <summary>Those of a rule's expressions that may hold for events like one, as far as that tells its log source.</summary>
    private IEnumerable<IndexedRule> Open(int rule, uint bodies, EventView view)
    {
        foreach (EventTest body in rules[rule].Bodies(bodies))
        {
            Certainty certainty = body.Judge(view, sources, missingIsOpen: false);
            if (certainty is not Certainty.No)
            {
                yield return new IndexedRule(rule, certainty is Certainty.Yes ? null : body);
            }
        }
    }

    private static ToldField? Tell(EventView view, int slot)
    {
        int place = view.First(slot);
        return place < 0 ? new ToldField(null, null)
            : view.Next(slot, place) >= 0 ? null
            : new ToldField(view.Event.KindOf(place), view.IsValue(place) ? view.Event.TextOf(place).ToString() : null);
    }

    private static bool Tells(EventView view, int slot, ToldField told)
    {
        int place = view.First(slot);
        return place < 0
            ? told.Kind is null
            : told.Kind == view.Event.KindOf(place) && view.Next(slot, place) < 0
                && (told.Text is null || view.Event.TextOf(place).SequenceEqual(told.Text));
    }

    private static int Hash(EventView view, int slot)
    {
        int place = view.First(slot);
        return place < 0 ? 0 : string.GetHashCode(view.Event.TextOf(place), StringComparison.Ordinal);
    }

    /// <summary>Lists are the same that have the same expressions of the same rules.</summary>
    private sealed class SameRules : IEqualityComparer<IndexedRule[]>
    {
        public static SameRules Instance { get; } = new();

        public bool Equals(IndexedRule[]? a, IndexedRule[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(IndexedRule[] list)
        {
            var hash = new HashCode();
            foreach (IndexedRule rule in list)
            {
                hash.Add(rule.Rule);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>What is known of the events of a log source.</summary>
/// <param name="Rules">The rules that can match them.</param>
/// <param name="LogName">Their log in words; null if it is not known.</param>
/// <param name="IsOfKnownLog">Whether they tell which log they are from.</param>
internal sealed record RuleBucket(IndexedRules Rules, string? LogName, bool IsOfKnownLog);

/// <summary>What an event tells of its log source.</summary>
/// <param name="EventId">The event id.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Log">The log, where it is known and none of Windows.</param>
/// <param name="HasWindowsId">Whether the event id has a name that only Windows gives it.</param>
/// <param name="HasWindowsChannel">The same for the channel.</param>
/// <param name="Own">What the log says where these are of what a program reports; null otherwise.</param>
internal readonly record struct SourceKey(
    ToldField EventId, ToldField Channel, ToldField Provider, KnownLog? Log, bool HasWindowsId, bool HasWindowsChannel, string? Own);

/// <summary>What an event tells by one field.</summary>
/// <param name="Kind">What it is; null without the field. A rule may ask for null, which an object is not.</param>
/// <param name="Text">Its value; null if it has none.</param>
internal readonly record struct ToldField(EventValueKind? Kind, string? Text);
