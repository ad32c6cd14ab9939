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
    private readonly RequiredLiteralChooser chooser = new();
    private readonly Dictionary<SourceKey, RuleBucket> buckets = [];
    private readonly Lock making = new();
    private readonly bool[] met;
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
        foreach (RuleTest rule in rules)
        {
            chooser.Learn(rule.Plain);
        }
    }

    /// <summary>The fields of the rules.</summary>
    public FieldTable Fields { get; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<RuleTest> Rules => rules;

    /// <summary>The log source that an event tells; null if it tells several.</summary>
    public SourceKey? KeyOf(EventView view) =>
        Tell(view, sources.EventId) is { } id && Tell(view, sources.Channel) is { } channel && Tell(view, sources.Provider) is { } provider
            ? new SourceKey(id, channel, provider, view.Event.Log, sources.HasWindowsId(view), sources.HasWindowsChannel(view))
            : null;

    /// <summary>Whether an event tells just this.</summary>
    public bool Tells(EventView view, SourceKey key) =>
        Tells(view, sources.EventId, key.EventId) && Tells(view, sources.Channel, key.Channel) && Tells(view, sources.Provider, key.Provider)
        && view.Event.Log == key.Log && sources.HasWindowsId(view) == key.HasWindowsId && sources.HasWindowsChannel(view) == key.HasWindowsChannel;

    /// <summary>Whether an event tells which log it is from, as far as any rule wants to know.</summary>
    public bool IsOfKnownLog(EventView view) => sources.OriginOf(view) is not EventOrigin.Unknown || sources.MustBeWindows(view);

    /// <summary>Where an event is from, as far as it tells.</summary>
    public MatchedOrigin? OriginOf(EventView view) => sources.Tell(view);

    /// <summary>The log that an event is from, in words; null if it is not known.</summary>
    public string? NameOf(EventView view) => sources.NameOf(view);

    /// <summary>Whether an event came that may match a rule, going by its log source.</summary>
    public bool HasMet(int rule) => met[rule];

    /// <summary>Notes that an event came that may match any rule.</summary>
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
                bucket = new RuleBucket(rules, view, sources, chooser, IsOfKnownLog(view));
                entries += bucket.Count;
                foreach (int rule in bucket.Rules)
                {
                    met[rule] = true;
                }

                if (buckets.Count >= KeptBuckets || entries > KeptEntries)
                {
                    buckets.Clear();
                    entries = bucket.Count;
                }

                buckets[key] = bucket;
            }

            return bucket;
        }
    }

    private static ToldField? Tell(EventView view, int slot)
    {
        int place = view.First(slot);
        return place < 0 ? new ToldField(false, null)
            : view.Next(slot, place) >= 0 ? null
            : new ToldField(true, view.IsValue(place) ? view.Event.TextOf(place).ToString() : null);
    }

    private static bool Tells(EventView view, int slot, ToldField told)
    {
        int place = view.First(slot);
        return place < 0
            ? !told.IsThere
            : told.IsThere && view.Next(slot, place) < 0
                && (view.IsValue(place) ? told.Text is not null && view.Event.TextOf(place).SequenceEqual(told.Text) : told.Text is null);
    }

    private static int Hash(EventView view, int slot)
    {
        int place = view.First(slot);
        return place < 0 ? 0 : string.GetHashCode(view.Event.TextOf(place), StringComparison.Ordinal);
    }
}

/// <summary>What an event tells of its log source.</summary>
/// <param name="EventId">The event id.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Log">The log, where it is known and none of Windows.</param>
/// <param name="HasWindowsId">Whether the event id has a name that only Windows gives it.</param>
/// <param name="HasWindowsChannel">The same for the channel.</param>
internal readonly record struct SourceKey(
    ToldField EventId, ToldField Channel, ToldField Provider, KnownLog? Log, bool HasWindowsId, bool HasWindowsChannel);

/// <summary>What an event tells by one field.</summary>
/// <param name="IsThere">Whether it has the field.</param>
/// <param name="Text">Its value; null if it has none.</param>
internal readonly record struct ToldField(bool IsThere, string? Text);
