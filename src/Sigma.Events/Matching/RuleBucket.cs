namespace Sigma.Events.Matching;

/// <summary>The rules that can match events of one log source, and the literals by which they are found.</summary>
internal sealed class RuleBucket
{
    private readonly (int Rule, EventTest? Test)[] entries;
    private readonly int[] always;
    private readonly FieldLiterals[] tables;

    /// <summary>Gathers the rules.</summary>
    /// <param name="rules">All rules.</param>
    /// <param name="view">An event of the log source; nothing else of it is looked at.</param>
    /// <param name="sources">The fields that tell the log source.</param>
    /// <param name="chooser">Chooses the literals.</param>
    /// <param name="isOfKnownLog">Whether its events tell which log they are from.</param>
    public RuleBucket(IReadOnlyList<RuleTest> rules, EventView view, SourceFields sources, RequiredLiteralChooser chooser, bool isOfKnownLog)
    {
        IsOfKnownLog = isOfKnownLog;
        LogName = sources.NameOf(view);
        var found = new List<(int Rule, EventTest? Test)>();
        for (int i = 0; i < rules.Count; i++)
        {
            foreach (EventTest body in rules[i].Bodies(rules[i].Applying(view)))
            {
                Certainty certainty = body.Judge(view, sources, missingIsOpen: false);
                if (certainty is not Certainty.No)
                {
                    found.Add((i, certainty is Certainty.Yes ? null : body));
                }
            }
        }

        entries = [.. found];
        Rules = [.. found.Select(entry => entry.Rule).Distinct()];
        var unfindable = new List<int>();
        var wanted = new Dictionary<RequiredLiteral, List<int>>(LiteralEquality.Instance);
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Test is not { } test || chooser.Choose(test) is not { } chosen)
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

        always = [.. unfindable];
        tables = [.. wanted.GroupBy(pair => pair.Key.Slot).OrderBy(group => group.Key).Select(group => FieldLiterals.Of(group.Key, group))];
    }

    /// <summary>The log of its events in words; null if it is not known.</summary>
    public string? LogName { get; }

    /// <summary>The rules that its events may match.</summary>
    public int[] Rules { get; }

    /// <summary>Whether its events tell which log they are from.</summary>
    public bool IsOfKnownLog { get; }

    /// <summary>How many expressions there are.</summary>
    public int Count => entries.Length;

    /// <summary>How many of them are tried on every event of the log source, for want of a literal.</summary>
    public int AlwaysTried => always.Length;

    /// <summary>Finds the rules that an event matches.</summary>
    /// <param name="view">The event.</param>
    /// <param name="candidates">Room to work in.</param>
    /// <param name="folded">Room for a folded text; grown as needed.</param>
    /// <param name="hits">Takes the numbers of the rules, in order.</param>
    /// <param name="troubles">Takes what keeps a rule from being judged.</param>
    public void Match(EventView view, Candidates candidates, ref byte[] folded, List<int> hits, Troubles troubles)
    {
        candidates.Clear(entries.Length);
        candidates.Add(always);
        foreach (FieldLiterals literals in tables)
        {
            if (literals.Slot < 0)
            {
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

    private static void Scan(EventView view, int index, FieldLiterals literals, Candidates candidates, ref byte[] folded)
    {
        ReadOnlySpan<char> text = view.Event.TextOf(index);
        if (text.IsEmpty)
        {
            return;
        }

        literals.Ends?.Scan(text, candidates);
        if (literals.Inside.Length == 0)
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
    /// <param name="Inside">Those anywhere in them, by the length of their n-grams.</param>
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
                [.. byPlace[false].GroupBy(pair => NgramIndex.LengthFor(pair.Literal.Text)).Select(size => new NgramIndex([.. size], size.Key))]);
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
