namespace Sigma.Events.Matching;

/// <summary>The literals that are looked for in events, to find the expressions that are worth a closer look.</summary>
internal sealed class LiteralTables
{
    private readonly int[] always;
    private readonly FieldLiterals[] fields;

    private LiteralTables(int[] always, FieldLiterals[] fields)
    {
        this.always = always;
        this.fields = fields;
    }

    /// <summary>How many expressions are worth it on every event, for want of a literal.</summary>
    public int AlwaysTried => always.Length;

    /// <summary>Makes the tables.</summary>
    /// <param name="entries">The expressions.</param>
    /// <param name="choose">The literals of one of them, of which an event must have at least one; null if it requires none.</param>
    public static LiteralTables Of(IndexedRule[] entries, Func<EventTest, IReadOnlyList<RequiredLiteral>?> choose)
    {
        var unfindable = new List<int>();
        var wanted = new Dictionary<RequiredLiteral, List<int>>(LiteralEquality.Instance);
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Test is not { } test || choose(test) is not { } chosen)
            {
                unfindable.Add(i);
                continue;
            }

            foreach (RequiredLiteral literal in chosen)
            {
                if (!wanted.TryGetValue(literal, out List<int>? users))
                {
                    wanted[literal] = users = [];
                }

                if (users.Count == 0 || users[^1] != i)
                {
                    users.Add(i);
                }
            }
        }

        return new LiteralTables(
            [.. unfindable], [.. wanted.GroupBy(pair => pair.Key.Slot).OrderBy(group => group.Key).Select(group => FieldLiterals.Of(group.Key, group))]);
    }

    /// <summary>Finds the expressions that are worth a closer look at an event.</summary>
    /// <param name="view">The event.</param>
    /// <param name="candidates">Takes their numbers.</param>
    /// <param name="folded">Room for a folded text; grown as needed.</param>
    public void Find(EventView view, Candidates candidates, ref byte[] folded)
    {
        candidates.Add(always);
        foreach (FieldLiterals literals in fields)
        {
            if (literals.Slot < 0)
            {
                if (literals.Ends is null)
                {
                    // All values at once. What is found where two of them meet is judged, and found to be nothing.
                    ScanInside(view.Event.AllText, literals, candidates, ref folded);
                    continue;
                }

                for (int i = 0; i < view.Event.Count; i++)
                {
                    Scan(view, i, literals, candidates, ref folded);
                }

                continue;
            }

            for (int i = view.First(literals.Slot); i >= 0; i = view.Next(literals.Slot, i))
            {
                Scan(view, i, literals, candidates, ref folded);
            }
        }
    }

    private static void Scan(EventView view, int index, FieldLiterals literals, Candidates candidates, ref byte[] folded)
    {
        ReadOnlySpan<char> text = view.Event.TextOf(index);
        if (text.IsEmpty)
        {
            return;
        }

        literals.Ends?.Scan(text, candidates);
        ScanInside(text, literals, candidates, ref folded);
    }

    private static void ScanInside(ReadOnlySpan<char> text, FieldLiterals literals, Candidates candidates, ref byte[] folded)
    {
        if (literals.Inside.Length == 0 || text.IsEmpty)
        {
            return;
        }

        int length = text.Length + NgramIndex.Padding;
        if (folded.Length < length)
        {
            folded = new byte[length * 2];
        }

        Span<byte> bytes = folded.AsSpan(0, length);
        NgramIndex.Fold(text, bytes);
        foreach (NgramIndex ngrams in literals.Inside)
        {
            ngrams.Scan(text, bytes, candidates);
        }
    }

    /// <summary>The literals that are looked for in one field.</summary>
    /// <param name="Slot">The field; -1 for any value.</param>
    /// <param name="Ends">Those at the beginning or the end of its values; null if there are none.</param>
    /// <param name="Inside">Those anywhere in them, single characters apart from the others.</param>
    private sealed record FieldLiterals(int Slot, AnchoredIndex? Ends, NgramIndex[] Inside)
    {
        public static FieldLiterals Of(int slot, IEnumerable<KeyValuePair<RequiredLiteral, List<int>>> wanted)
        {
            ILookup<bool, (RequiredLiteral Literal, int[] Entries)> byPlace =
                wanted.Select(pair => (pair.Key, pair.Value.ToArray())).ToLookup(pair => pair.Key.AtStart || pair.Key.AtEnd);
            (RequiredLiteral, int[])[] ends = [.. byPlace[true]];
            return new FieldLiterals(
                slot,
                ends.Length > 0 ? new AnchoredIndex(ends) : null,
                [.. byPlace[false].GroupBy(pair => pair.Literal.Text.Length == 1).Select(size => new NgramIndex([.. size]))]);
        }
    }

    /// <summary>Literals are the same where they are equal but for case.</summary>
    private sealed class LiteralEquality : IEqualityComparer<RequiredLiteral>
    {
        public static LiteralEquality Instance { get; } = new();

        public bool Equals(RequiredLiteral a, RequiredLiteral b) =>
            a.Slot == b.Slot && a.AtStart == b.AtStart && a.AtEnd == b.AtEnd && a.Text.Equals(b.Text, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode(RequiredLiteral literal) => HashCode.Combine(literal.Slot, literal.Text.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
