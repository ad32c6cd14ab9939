using System.Numerics;

namespace Sigma.RegularExpressions;

/// <summary>A state of an automaton that is not deterministic.</summary>
internal sealed class AutomatonState
{
    /// <summary>Where a character leads, by the characters.</summary>
    public List<(CodePointSet Points, int To)> Steps { get; } = [];

    /// <summary>Where it leads without a character.</summary>
    public List<int> Free { get; } = [];
}

/// <summary>Counts the states of the deterministic automaton by the subset construction, without keeping its steps.</summary>
/// <remarks>
/// A subset is a row of bits, one a state. Characters that no step tells apart are one class; what follows a subset is made
/// for all classes in one walk over its states.
/// </remarks>
internal sealed class SubsetCount
{
    private readonly int[][] free;
    private readonly int words;
    private readonly int classes;

    /// <summary>For each state, its steps: the classes that take them, and the state reached.</summary>
    private readonly (int[] Classes, int To)[][] steps;

    private readonly Stack<int> open = new();

    /// <summary>The subsets, one after another, and where each hash is found among them.</summary>
    private ulong[] rows;
    private int[] buckets = new int[64];
    private int count;

    private SubsetCount(IReadOnlyList<AutomatonState> states)
    {
        words = (states.Count + 63) / 64;
        rows = new ulong[words * 16];
        var classOf = new CharacterClasses(states);
        classes = classOf.Count;
        steps = new (int[], int)[states.Count][];
        free = new int[states.Count][];
        for (int i = 0; i < states.Count; i++)
        {
            free[i] = [.. states[i].Free];
            List<(CodePointSet Points, int To)> own = states[i].Steps;
            steps[i] = own.Count == 0 ? [] : new (int[], int)[own.Count];
            for (int s = 0; s < own.Count; s++)
            {
                steps[i][s] = (classOf.Of(own[s].Points), own[s].To);
            }
        }
    }

    /// <summary>Counts, and gives up beyond a limit.</summary>
    /// <param name="states">The automaton; it starts in the first state.</param>
    /// <param name="limit">The limit.</param>
    /// <returns>The number of states; any number above the limit where there are more.</returns>
    public static int Of(IReadOnlyList<AutomatonState> states, int limit) => new SubsetCount(states).Run(limit);

    private int Run(int limit)
    {
        var next = new ulong[classes * words];
        Reach(next.AsSpan(0, words), 0);
        Add(next.AsSpan(0, words));
        next.AsSpan(0, words).Clear();
        var touched = new bool[classes];
        for (int current = 0; current < count && count <= limit; current++)
        {
            for (int word = 0; word < words; word++)
            {
                for (ulong bits = rows[(current * words) + word]; bits != 0; bits &= bits - 1)
                {
                    foreach ((int[] taking, int to) in steps[(word * 64) + BitOperations.TrailingZeroCount(bits)])
                    {
                        foreach (int one in taking)
                        {
                            touched[one] = true;
                            Reach(next.AsSpan(one * words, words), to);
                        }
                    }
                }
            }

            for (int one = 0; one < classes; one++)
            {
                if (touched[one])
                {
                    Span<ulong> row = next.AsSpan(one * words, words);
                    Add(row);
                    row.Clear();
                    touched[one] = false;
                }
            }
        }

        return count;
    }

    /// <summary>Adds to a subset a state and all that it leads to without a character.</summary>
    private void Reach(Span<ulong> subset, int state)
    {
        if (!Set(subset, state) || free[state].Length == 0)
        {
            return;
        }

        open.Push(state);
        while (open.TryPop(out int at))
        {
            foreach (int next in free[at])
            {
                if (Set(subset, next) && free[next].Length > 0)
                {
                    open.Push(next);
                }
            }
        }
    }

    /// <summary>Adds a state alone.</summary>
    /// <returns>Whether it was not there.</returns>
    private static bool Set(Span<ulong> subset, int state)
    {
        ulong bit = 1UL << (state % 64);
        ref ulong word = ref subset[state / 64];
        bool added = (word & bit) == 0;
        word |= bit;
        return added;
    }

    /// <summary>Adds a subset, unless it is there.</summary>
    private void Add(ReadOnlySpan<ulong> subset)
    {
        if (count * 2 >= buckets.Length)
        {
            Rehash();
        }

        int bucket = Bucket(subset);
        for (; buckets[bucket] != 0; bucket = (bucket + 1) & (buckets.Length - 1))
        {
            if (Row(buckets[bucket] - 1).SequenceEqual(subset))
            {
                return;
            }
        }

        if ((count + 1) * words > rows.Length)
        {
            Array.Resize(ref rows, rows.Length * 2);
        }

        subset.CopyTo(rows.AsSpan(count * words));
        buckets[bucket] = ++count;
    }

    private void Rehash()
    {
        buckets = new int[buckets.Length * 2];
        for (int i = 0; i < count; i++)
        {
            int bucket = Bucket(Row(i));
            while (buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & (buckets.Length - 1);
            }

            buckets[bucket] = i + 1;
        }
    }

    private ReadOnlySpan<ulong> Row(int index) => rows.AsSpan(index * words, words);

    private int Bucket(ReadOnlySpan<ulong> subset)
    {
        ulong hash = 0;
        foreach (ulong word in subset)
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ word) * 0x9E3779B97F4A7C15;
        }

        return (int)(hash >> 40) & (buckets.Length - 1);
    }

    /// <summary>The classes of characters that an automaton does not tell apart.</summary>
    private sealed class CharacterClasses
    {
        /// <summary>The first character of each stretch that lies wholly within or without any of the sets.</summary>
        private readonly int[] firsts;

        private readonly int[] classOfStretch;
        private readonly Dictionary<CodePointSet, int[]> known = [];

        public CharacterClasses(IReadOnlyList<AutomatonState> states)
        {
            var borders = new SortedSet<int> { 0 };
            foreach (AutomatonState state in states)
            {
                foreach ((CodePointSet points, _) in state.Steps)
                {
                    if (known.TryAdd(points, []))
                    {
                        foreach ((int first, int last) in points.Ranges)
                        {
                            borders.Add(first);
                            borders.Add(last + 1);
                        }
                    }
                }
            }

            borders.Remove(CodePointSet.Last + 1);
            firsts = [.. borders];
            classOfStretch = new int[firsts.Length];
            Count = 1;
            foreach (CodePointSet set in known.Keys)
            {
                Part(set);
            }

            foreach (CodePointSet set in known.Keys.ToArray())
            {
                known[set] = Members(set);
            }
        }

        /// <summary>How many classes there are.</summary>
        public int Count { get; private set; }

        /// <summary>The classes that make up a set of the automaton.</summary>
        public int[] Of(CodePointSet set) => known[set];

        /// <summary>Parts each class that lies on both sides of a set.</summary>
        private void Part(CodePointSet set)
        {
            var parts = new Dictionary<(int Class, bool Inside), int>();
            int number = 0;
            for (int i = 0; i < firsts.Length; i++)
            {
                var key = (classOfStretch[i], set.Contains(firsts[i]));
                if (!parts.TryGetValue(key, out int part))
                {
                    parts[key] = part = number++;
                }

                classOfStretch[i] = part;
            }

            Count = number;
        }

        private int[] Members(CodePointSet set)
        {
            var members = new SortedSet<int>();
            for (int i = 0; i < firsts.Length; i++)
            {
                if (set.Contains(firsts[i]))
                {
                    members.Add(classOfStretch[i]);
                }
            }

            return [.. members];
        }
    }
}
