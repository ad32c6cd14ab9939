namespace Sigma.Events.Matching;

/// <summary>
/// Looks at the first events of a log source. Where an expression was tried on many of them, its literals were a poor choice for this log:
/// those that fewer events have take their place. What is found does not depend on it, only how soon. Serves any number of threads.
/// </summary>
/// <param name="entries">The expressions.</param>
/// <param name="chooser">Chooses the literals.</param>
/// <param name="watched">How many events are looked at to see which expressions are tried often.</param>
internal sealed class LiteralReview(IndexedRule[] entries, RequiredLiteralChooser chooser, int watched)
{
    /// <summary>How many events are usually looked at first.</summary>
    public const int UsuallyWatched = 512;

    /// <summary>For one event of so many that are looked at first there is one more, to see which literals it has.</summary>
    private const int Measured = 8;

    /// <summary>What is tried on one event of this many, or on more, is tried often.</summary>
    private const int Often = 20;

    private readonly Lock seeing = new();
    private readonly int[] tried = new int[entries.Length];
    private readonly Dictionary<RequiredLiteral, int> had = [];
    private HashSet<EventTest> often = [];
    private int events;

    /// <summary>Looks at an event.</summary>
    /// <param name="view">The event.</param>
    /// <param name="candidates">The numbers of the expressions that are tried on it.</param>
    /// <param name="better">Better tables; null if there are none.</param>
    /// <returns>Whether it was the last one that needs to be looked at.</returns>
    public bool See(EventView view, ReadOnlySpan<int> candidates, out LiteralTables? better)
    {
        better = null;
        lock (seeing)
        {
            events++;
            if (events <= watched)
            {
                foreach (int candidate in candidates)
                {
                    tried[candidate]++;
                }

                return events == watched && !Begin();
            }

            foreach (RequiredLiteral literal in had.Keys.Where(literal => literal.IsIn(view)))
            {
                had[literal]++;
            }

            if (events == watched + (watched / Measured))
            {
                better = LiteralTables.Of(entries, test => often.Contains(test) ? chooser.Choose(test, literal => had[literal]) : chooser.Choose(test));
            }

            return events >= watched + (watched / Measured);
        }
    }

    /// <summary>Takes the literals of all expressions that are tried often, to be looked for.</summary>
    /// <returns>Whether there are any.</returns>
    private bool Begin()
    {
        often = [.. entries.Where((entry, number) => tried[number] > watched / Often).Select(entry => entry.Test).OfType<EventTest>()];
        foreach (RequiredLiteral literal in often.SelectMany(RequiredLiteralChooser.AllOf))
        {
            had[literal] = 0;
        }

        return had.Count > 0;
    }
}
