using System.Buffers;
using System.Collections.Frozen;

namespace Sigma.Events.Matching;

/// <summary>
/// The text is one of many: equal to, beginning with, ending with or containing one of some literals. Without regard to
/// case, letters are compared by their simple upper case, one by one, in no language (ordinal).
/// </summary>
internal sealed class TextTest : ValueTest
{
    /// <summary>So many literals are compared one by one before a table is worth it.</summary>
    private const int Few = 4;

    private readonly StringComparison comparison;
    private readonly string[] equal;
    private readonly string[] starts;
    private readonly string[] ends;
    private readonly string[] inside;
    private Tables? tables;

    /// <summary>Creates the test.</summary>
    /// <param name="equal">What the text may be.</param>
    /// <param name="starts">What it may begin with.</param>
    /// <param name="ends">What it may end with.</param>
    /// <param name="inside">What it may contain.</param>
    /// <param name="cased">Whether case counts.</param>
    public TextTest(string[] equal, string[] starts, string[] ends, string[] inside, bool cased)
    {
        (this.equal, this.starts, this.ends, this.inside) = (equal, starts, ends, inside);
        comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }

    /// <summary>Adds the literals of which the text has one.</summary>
    /// <param name="slot">The field with the text.</param>
    /// <param name="literals">Takes them.</param>
    public void AddLiterals(int slot, List<RequiredLiteral> literals)
    {
        literals.EnsureCapacity(literals.Count + equal.Length + starts.Length + ends.Length + inside.Length);
        Add(equal, atStart: true, atEnd: true);
        Add(starts, atStart: true, atEnd: false);
        Add(ends, atStart: false, atEnd: true);
        Add(inside, atStart: false, atEnd: false);

        void Add(string[] texts, bool atStart, bool atEnd)
        {
            foreach (string text in texts)
            {
                literals.Add(new RequiredLiteral(slot, text, atStart, atEnd));
            }
        }
    }

    public override int Cost => inside.Length == 0 ? 1 : 4;

    public override bool Fits(ReadOnlySpan<char> text)
    {
        Tables known = Volatile.Read(ref tables) ?? CreateTables();
        if (known.Equal is { } set ? set.Contains(text) || known.Beyond?.Contains(text) is true : Equal(text))
        {
            return true;
        }

        foreach (string start in starts)
        {
            if (text.StartsWith(start, comparison))
            {
                return true;
            }
        }

        if (ends.Length > 0 && (known.Endings is null || (text.Length >= 2 && known.Endings.Contains(Ending(text)))))
        {
            foreach (string end in ends)
            {
                if (text.EndsWith(end, comparison))
                {
                    return true;
                }
            }
        }

        return inside.Length > 0 && (known.Inside is null || text.ContainsAny(known.Inside));
    }

    /// <summary>Made for the first text, since most rules meet no event; another thread may make the same.</summary>
    private Tables CreateTables()
    {
        (FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>? whole, HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? beyond) =
            equal.Length > Few ? CreateSets() : default;
        var created = new Tables(
            whole,
            beyond,
            ends.Length > Few && ends.All(text => text.Length >= 2) ? ends.Select(text => Ending(text)).ToFrozenSet() : null,
            inside.Length == 0 || inside.Contains("") ? null : SearchValues.Create(inside, comparison));
        Volatile.Write(ref tables, created);
        return created;
    }

    private (FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>? Whole, HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? Beyond) CreateSets()
    {
        StringComparer comparer = comparison is StringComparison.Ordinal ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

        // A frozen set may tell its texts apart by single units of UTF-16, and the case of a letter beyond U+FFFF is in two of them.
        string[] beyond = [.. equal.Where(text => text.Any(char.IsSurrogate))];
        return (
            equal.Except(beyond).ToFrozenSet(comparer).GetAlternateLookup<ReadOnlySpan<char>>(),
            beyond.Length == 0 ? null : beyond.ToHashSet(comparer).GetAlternateLookup<ReadOnlySpan<char>>());
    }

    private static int Ending(ReadOnlySpan<char> text) => (Folded(text[^2]) << 16) | Folded(text[^1]);

    /// <summary>Halves of surrogate pairs are all alike, since the case of a pair is in both.</summary>
    private static char Folded(char c) => char.IsSurrogate(c) ? char.MaxValue : char.ToUpperInvariant(c);

    private bool Equal(ReadOnlySpan<char> text)
    {
        foreach (string one in equal)
        {
            if (text.Equals(one, comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the literals are looked up in.</summary>
    /// <param name="Equal">What the text may be; null if it is compared with each.</param>
    /// <param name="Beyond">Further texts that it may be, those with letters beyond U+FFFF; null if there are none.</param>
    /// <param name="Endings">The last two characters of what it may end with; null if all are compared.</param>
    /// <param name="Inside">What it may contain; null if that is nothing, or anything.</param>
    private sealed record Tables(
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>? Equal,
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? Beyond,
        FrozenSet<int>? Endings,
        SearchValues<string>? Inside);
}
