namespace Sigma.Events.Matching;

/// <summary>An expression that may hold for the events of a log source.</summary>
/// <param name="Rule">The number of its rule.</param>
/// <param name="Test">The expression; null where the log source alone makes it hold.</param>
internal readonly record struct IndexedRule(int Rule, EventTest? Test);

/// <summary>The rules that can match events of some log sources, found by the literals that they need.</summary>
internal sealed class IndexedRules
{
    private readonly IndexedRule[] entries;
    private LiteralTables tables;
    private LiteralReview? review;

    /// <summary>Indexes rules.</summary>
    /// <param name="entries">Their expressions, in the order of the rules.</param>
    /// <param name="chooser">Chooses the literals.</param>
    /// <param name="watched">After how many events the choice is reviewed.</param>
    public IndexedRules(IndexedRule[] entries, RequiredLiteralChooser chooser, int watched)
    {
        this.entries = entries;
        tables = LiteralTables.Of(entries, chooser.Choose);
        review = new LiteralReview(entries, chooser, watched);
    }

    /// <summary>Finds the rules that an event matches.</summary>
    /// <param name="view">The event.</param>
    /// <param name="candidates">Room to work in.</param>
    /// <param name="folded">Room for a folded text; grown as needed.</param>
    /// <param name="hits">Takes the numbers of the rules, in order.</param>
    /// <param name="troubles">Takes what keeps a rule from being judged.</param>
    public void Match(EventView view, Candidates candidates, ref byte[] folded, List<int> hits, Troubles troubles)
    {
        candidates.Clear(entries.Length);
        Volatile.Read(ref tables).Find(view, candidates, ref folded);
        if (Volatile.Read(ref review) is { } watching && watching.See(view, candidates.Found, out LiteralTables? better))
        {
            Volatile.Write(ref tables, better ?? tables);
            Volatile.Write(ref review, null);
        }

        candidates.Sort();
        foreach (int candidate in candidates.Found)
        {
            (int rule, EventTest? test) = entries[candidate];
            if ((hits.Count == 0 || hits[^1] != rule) && (test is null || troubles.Holds(rule, test, view)))
            {
                hits.Add(rule);
            }
        }
    }
}
