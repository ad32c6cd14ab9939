namespace Sigma.Events.Matching;

/// <summary>Asks an index about event after event. One for each thread.</summary>
/// <param name="index">The index.</param>
internal sealed class IndexReader(RuleIndex index)
{
    /// <summary>More log sources are not remembered; the index knows them.</summary>
    private const int Remembered = 1_000;

    private readonly Dictionary<int, (SourceKey Key, RuleBucket Bucket)> known = [];
    private readonly Candidates candidates = new();
    private byte[] folded = new byte[1024];

    /// <summary>The event that was asked about last.</summary>
    public EventView View { get; } = new(index.Fields);

    /// <summary>What kept rules from being judged by the event that was asked about last.</summary>
    public Troubles Troubles { get; } = new();

    /// <summary>Whether the event that was asked about last tells which log it is from.</summary>
    public bool IsOfKnownLog { get; private set; }

    /// <summary>The log of the event that was asked about last, in words; null if it is not known.</summary>
    public string? LogName { get; private set; }

    /// <summary>Finds the rules that an event matches.</summary>
    /// <param name="e">The event.</param>
    /// <param name="hits">Takes their numbers, in order; what it had before is gone.</param>
    public void Match(Event e, List<int> hits)
    {
        hits.Clear();
        Troubles.Clear();
        View.Bind(e);
        int hash = index.HashOf(View);
        if (known.TryGetValue(hash, out (SourceKey Key, RuleBucket Bucket) last) && index.Tells(View, last.Key))
        {
            Match(last.Bucket, hits);
        }
        else if (index.KeyOf(View) is { } key)
        {
            RuleBucket bucket = index.BucketOf(View, key);
            if (known.Count >= Remembered)
            {
                known.Clear();
            }

            known[hash] = (key, bucket);
            Match(bucket, hits);
        }
        else
        {
            MatchEach(hits);
        }
    }

    /// <summary>Where the event is from that was asked about last.</summary>
    public MatchedOrigin? Origin => index.OriginOf(View);

    private void Match(RuleBucket bucket, List<int> hits)
    {
        IsOfKnownLog = bucket.IsOfKnownLog;
        LogName = bucket.LogName;
        bucket.Rules.Match(View, candidates, ref folded, hits, Troubles);
    }

    /// <summary>One by one, for an event that tells several log sources.</summary>
    private void MatchEach(List<int> hits)
    {
        IsOfKnownLog = index.IsOfKnownLog(View);
        LogName = index.NameOf(View);
        index.MeetAll();
        for (int i = 0; i < index.Rules.Count; i++)
        {
            if (Troubles.Holds(i, index.Rules[i], View))
            {
                hits.Add(i);
            }
        }
    }
}
