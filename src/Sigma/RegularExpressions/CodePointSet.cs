using System.Collections.Immutable;

namespace Sigma.RegularExpressions;

/// <summary>A set of Unicode code points, kept as sorted ranges that neither overlap nor touch.</summary>
internal sealed class CodePointSet : IEquatable<CodePointSet>
{
    /// <summary>The last code point of Unicode.</summary>
    internal const int Last = 0x10FFFF;

    internal static readonly CodePointSet Empty = new([]);
    internal static readonly CodePointSet All = Of(0, Last);
    internal static readonly CodePointSet LineFeed = Of('\n', '\n');

    // PCRE2 without UCP (pcre2pattern, "Generic character types"): ASCII only, \s includes the vertical tab since 8.34.
    internal static readonly CodePointSet Digits = Of('0', '9');
    internal static readonly CodePointSet WordCharacters = FromRanges([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')]);
    internal static readonly CodePointSet Whitespace = FromRanges([('\t', '\r'), (' ', ' ')]);
    internal static readonly CodePointSet HorizontalSpace = FromRanges(
        [('\t', '\t'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200A), (0x202F, 0x202F),
         (0x205F, 0x205F), (0x3000, 0x3000)]);
    internal static readonly CodePointSet VerticalSpace = FromRanges([('\n', '\r'), (0x85, 0x85), (0x2028, 0x2029)]);

    /// <summary>What ends a line or a text for some reader: C0, DEL, C1, and the separators of lines and paragraphs.</summary>
    internal static readonly CodePointSet Controls = FromRanges([(0, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029)]);

    private CodePointSet(ImmutableArray<(int First, int Last)> ranges) => Ranges = ranges;

    /// <summary>The ranges, first and last both included.</summary>
    internal ImmutableArray<(int First, int Last)> Ranges { get; }

    internal bool IsEmpty => Ranges.IsEmpty;

    internal static CodePointSet Of(int first, int last) => new([(first, last)]);

    /// <summary>The set of a shorthand's letter: d D w W s S h H v V.</summary>
    internal static CodePointSet OfShorthand(char letter)
    {
        var set = char.ToLowerInvariant(letter) switch
        {
            'd' => Digits,
            'w' => WordCharacters,
            's' => Whitespace,
            'h' => HorizontalSpace,
            _ => VerticalSpace,
        };
        return char.IsUpper(letter) ? set.Complement() : set;
    }

    /// <summary>The set of a POSIX class (pcre2pattern, "POSIX character classes"), or null for an unknown name.</summary>
    internal static CodePointSet? OfPosixName(string name) => name switch
    {
        "alnum" => FromRanges([('0', '9'), ('A', 'Z'), ('a', 'z')]),
        "alpha" => FromRanges([('A', 'Z'), ('a', 'z')]),
        "ascii" => Of(0, 127),
        "blank" => FromRanges([('\t', '\t'), (' ', ' ')]),
        "cntrl" => FromRanges([(0, 31), (127, 127)]),
        "digit" => Digits,
        "graph" => Of('!', '~'),
        "lower" => Of('a', 'z'),
        "print" => Of(' ', '~'),
        "punct" => FromRanges([('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        "space" => Whitespace,
        "upper" => Of('A', 'Z'),
        "word" => WordCharacters,
        "xdigit" => FromRanges([('0', '9'), ('A', 'F'), ('a', 'f')]),
        _ => null,
    };

    /// <summary>Whether a character has another case.</summary>
    internal static bool IsCased(int codePoint) => OtherCase(codePoint) is not null;

    /// <summary>
    /// The other case of a character, or null. One character for one: the sharp s, the Kelvin sign and other letters whose
    /// partner has another partner are left alone, as PCRE does without UTF.
    /// </summary>
    internal static int? OtherCase(int codePoint)
    {
        if (codePoint > char.MaxValue)
        {
            return null;
        }

        var c = (char)codePoint;
        var other = char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c);
        var back = char.IsLower(other) ? char.ToUpperInvariant(other) : char.ToLowerInvariant(other);
        return other != c && back == c ? other : null;
    }

    internal static CodePointSet FromRanges(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new CodePointSet(merged.ToImmutable());
    }

    internal CodePointSet Union(CodePointSet other) => FromRanges(Ranges.Concat(other.Ranges));

    internal CodePointSet Except(CodePointSet other) => Complement().Union(other).Complement();

    internal CodePointSet Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return new CodePointSet(gaps.ToImmutable());
    }

    /// <summary>This set and the other case of each of its letters (those of the basic plane).</summary>
    internal CodePointSet FoldCase()
    {
        var folded = new List<(int First, int Last)>(Ranges);
        foreach (var (first, last) in Ranges)
        {
            var index = Array.BinarySearch(Cased.Characters, first);
            for (index = index < 0 ? ~index : index; index < Cased.Characters.Length && Cased.Characters[index] <= last; index++)
            {
                var other = OtherCase(Cased.Characters[index])!.Value;
                folded.Add((other, other));
            }
        }

        return FromRanges(folded);
    }

    internal bool Contains(int codePoint)
    {
        foreach ((int first, int last) in Ranges)
        {
            if (codePoint <= last)
            {
                return first <= codePoint;
            }
        }

        return false;
    }

    public bool Equals(CodePointSet? other) => other is not null && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    public override int GetHashCode() => Ranges.Length == 0 ? 0 : HashCode.Combine(Ranges.Length, Ranges[0], Ranges[^1]);

    /// <summary>Separate, so that only case folding loads it.</summary>
    private static class Cased
    {
        // Folding [\x00-\uffff] must not try 65,536 characters for each such range of a hostile class.
        internal static readonly int[] Characters = [.. Enumerable.Range(0, char.MaxValue + 1).Where(IsCased)];
    }
}
