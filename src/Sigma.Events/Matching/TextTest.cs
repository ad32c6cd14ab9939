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
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>? equalSet;
    private readonly FrozenSet<int>? endings;
    private readonly SearchValues<string>? insideSet;

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
        if (equal.Length > Few)
        {
            equalSet = equal.ToFrozenSet(cased ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        if (ends.Length > Few && ends.All(text => text.Length >= 2))
        {
            endings = ends.Select(text => Ending(text)).ToFrozenSet();
        }

        if (inside.Length > 1 && inside.All(text => text.Length > 0))
        {
            insideSet = SearchValues.Create(inside, comparison);
        }
    }

    /// <summary>All literals, each with whether it must stand at the start and at the end of the text.</summary>
    public IEnumerable<(string Literal, bool AtStart, bool AtEnd)> Literals =>
    [
        .. equal.Select(text => (text, true, true)),
        .. starts.Select(text => (text, true, false)),
        .. ends.Select(text => (text, false, true)),
        .. inside.Select(text => (text, false, false)),
    ];

    public override bool Fits(ReadOnlySpan<char> text)
    {
        if (equalSet is { } set ? set.Contains(text) : Equal(text))
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

        if (ends.Length > 0 && (endings is null || (text.Length >= 2 && endings.Contains(Ending(text)))))
        {
            foreach (string end in ends)
            {
                if (text.EndsWith(end, comparison))
                {
                    return true;
                }
            }
        }

        return insideSet is not null ? text.ContainsAny(insideSet) : Contains(text);
    }

    private static int Ending(ReadOnlySpan<char> text) => (char.ToUpperInvariant(text[^2]) << 16) | char.ToUpperInvariant(text[^1]);

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

    private bool Contains(ReadOnlySpan<char> text)
    {
        foreach (string one in inside)
        {
            if (text.Contains(one, comparison))
            {
                return true;
            }
        }

        return false;
    }
}
