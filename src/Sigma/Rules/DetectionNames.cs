using System.Collections;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>
/// The names of a rule's detections, for conditions that ask for them one by one or by patterns. A rule may have 100,000 of
/// both, so what a pattern selects is found by its beginning or remembered, and what is left is counted.
/// </summary>
internal sealed class DetectionNames : IReadOnlyCollection<string>
{
    private readonly string[] names;
    /// <summary>So many names are gone through; it is not worth a table.</summary>
    private const int Few = 8;

    private readonly Dictionary<string, int>? places;
    private readonly Limits limits;
    private Dictionary<string, int[]>? selected;
    private int[]? sorted;
    private long compared;

    /// <summary>Makes them.</summary>
    /// <param name="names">The names in the order of the rule.</param>
    /// <param name="limits">How many comparisons the patterns may cost.</param>
    public DetectionNames(IEnumerable<string> names, Limits limits)
    {
        this.names = [.. names];
        this.limits = limits;
        if (this.names.Length <= Few)
        {
            return;
        }

        places = new Dictionary<string, int>(this.names.Length, StringComparer.Ordinal);
        for (int i = 0; i < this.names.Length; i++)
        {
            places.TryAdd(this.names[i], i);
        }
    }

    /// <inheritdoc/>
    public int Count => names.Length;

    /// <summary>Whether patterns have cost more than they may.</summary>
    public bool IsOverspent => compared > limits[Limits.NameComparisons];

    /// <summary>Whether there is such a detection.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>The place of a detection in the rule; -1 where there is none.</summary>
    public int IndexOf(string name) => places?.GetValueOrDefault(name, -1) ?? Array.IndexOf(names, name);

    /// <summary>The places of the detections that a selector takes in, in the order of the rule; none when patterns have cost too much.</summary>
    /// <param name="pattern">The pattern; null for <c>them</c>.</param>
    public int[] Selected(string? pattern)
    {
        string key = pattern ?? "\n";
        if (!(selected ??= new(StringComparer.Ordinal)).TryGetValue(key, out int[]? found))
        {
            selected[key] = found = Find(pattern);
        }

        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int[] Find(string? pattern)
    {
        int star = pattern?.IndexOf('*') ?? 0;
        if (pattern is not null && star < 0)
        {
            return IndexOf(pattern) is >= 0 and var place && ConditionParser.Selects(pattern, pattern) ? [place] : [];
        }

        // Only names that begin like the pattern can fit; of many, sorted, they are neighbours.
        string beginning = pattern is null ? "" : pattern[..star];
        var found = new List<int>();
        if (places is null)
        {
            for (int place = 0; place < names.Length; place++)
            {
                if (names[place].StartsWith(beginning, StringComparison.Ordinal) && ++compared <= limits[Limits.NameComparisons] && ConditionParser.Selects(pattern, names[place]))
                {
                    found.Add(place);
                }
            }

            return IsOverspent ? [] : [.. found];
        }

        sorted ??= [.. Enumerable.Range(0, names.Length).OrderBy(place => names[place], StringComparer.Ordinal)];
        int first = 0;
        int behind = sorted.Length;
        while (first < behind)
        {
            int middle = (first + behind) / 2;
            if (string.CompareOrdinal(names[sorted[middle]], beginning) < 0)
            {
                first = middle + 1;
            }
            else
            {
                behind = middle;
            }
        }

        for (; first < sorted.Length && names[sorted[first]].StartsWith(beginning, StringComparison.Ordinal); first++)
        {
            if (++compared > limits[Limits.NameComparisons])
            {
                return [];
            }

            if (ConditionParser.Selects(pattern, names[sorted[first]]))
            {
                found.Add(sorted[first]);
            }
        }

        found.Sort();
        return [.. found];
    }
}
