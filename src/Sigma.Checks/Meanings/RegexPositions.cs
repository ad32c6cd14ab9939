using Sigma.RegularExpressions;

namespace Sigma.Checks.Meanings;

/// <summary>
/// The characters of a part of an expression, each place of it on its own, with those that may follow: the automaton of Glushkov. It tells
/// whether a repetition can take the same characters in several ways, so that the number of ways doubles again and again (exponential
/// degree of ambiguity; Weber and Seidl, 1991).
/// </summary>
internal sealed class RegexPositions
{
    /// <summary>Larger repetitions are not looked at: the pairs of their places are too many.</summary>
    private const int MostPlaces = 60;

    private readonly List<CodePointSet> sets = [];
    private readonly Dictionary<(int From, int To), int> follow = [];
    private bool isKnown = true;

    /// <summary>Whether a repetition without end can take the same characters in several ways; false where that is not known.</summary>
    /// <param name="loop">The repetition.</param>
    public static bool AreAmbiguous(RegexRepeat loop)
    {
        var positions = new RegexPositions();
        Part body = positions.Read(loop.Body);
        positions.Join(body.Last, body.First);
        return positions.isKnown && positions.AreAmbiguous();
    }

    /// <summary>What a part may begin and end with, and whether it may be empty.</summary>
    private readonly record struct Part(int[] First, int[] Last, bool IsEmpty);

    private Part Read(RegexNode node)
    {
        switch (node)
        {
            case var _ when !isKnown:
                return new Part([], [], true);
            case RegexSequence sequence:
                return sequence.Items.Aggregate(new Part([], [], true), (before, item) => Behind(before, Read(item)));
            case RegexAlternation alternation:
                Part[] branches = [.. alternation.Branches.Select(Read)];
                return new Part([.. branches.SelectMany(branch => branch.First)], [.. branches.SelectMany(branch => branch.Last)], branches.Any(branch => branch.IsEmpty));
            case RegexGroup { Kind: not RegexGroupKind.Atomic } group:
                return Read(group.Body);
            case RegexRepeat { Greed: not RegexGreed.Possessive } repeat:
                return Repeated(repeat);
            default:
                if (SetOf(node) is not { } set || sets.Count == MostPlaces)
                {
                    // What looks around, or gives nothing back, may leave one way only.
                    isKnown = false;
                    return new Part([], [], true);
                }

                sets.Add(set);
                return new Part([sets.Count - 1], [sets.Count - 1], false);
        }
    }

    private Part Repeated(RegexRepeat repeat)
    {
        var all = new Part([], [], true);
        int copies = Math.Max(repeat.Max ?? Math.Max(repeat.Min, 1), 0);
        for (int i = 0; i < copies && isKnown; i++)
        {
            int before = sets.Count;
            Part one = Read(repeat.Body);
            if (sets.Count == before)
            {
                // However often, it takes nothing.
                break;
            }

            if (repeat.Max is null && i == copies - 1)
            {
                Join(one.Last, one.First);
            }

            all = Behind(all, i < repeat.Min ? one : one with { IsEmpty = true });
        }

        return all;
    }

    private Part Behind(Part before, Part part)
    {
        Join(before.Last, part.First);
        return new Part(before.IsEmpty ? [.. before.First, .. part.First] : before.First, part.IsEmpty ? [.. before.Last, .. part.Last] : part.Last, before.IsEmpty && part.IsEmpty);
    }

    private void Join(int[] from, int[] to)
    {
        foreach (int a in from)
        {
            foreach (int b in to)
            {
                follow[(a, b)] = follow.GetValueOrDefault((a, b)) + 1;
            }
        }
    }

    /// <summary>
    /// Whether two ways part and meet again with the same characters. All places lie on the circle of the repetition, so that this can be
    /// done any number of times.
    /// </summary>
    private bool AreAmbiguous()
    {
        if (follow.Values.Any(ways => ways > 1))
        {
            return true;
        }

        ILookup<int, int> next = follow.Keys.ToLookup(pair => pair.From, pair => pair.To);
        var seen = new HashSet<(int, int)>();
        var open = new Stack<(int A, int B)>(Enumerable.Range(0, sets.Count).Select(place => (place, place)));
        while (open.TryPop(out (int A, int B) pair))
        {
            foreach (int a in next[pair.A])
            {
                foreach (int b in next[pair.B])
                {
                    if (a == b && pair.A != pair.B)
                    {
                        return true;
                    }

                    (int, int) both = a < b ? (a, b) : (b, a);
                    if (a != b && seen.Add(both) && Overlap(a, b))
                    {
                        open.Push(both);
                    }
                }
            }
        }

        return false;
    }

    private bool Overlap(int a, int b) => !sets[a].Except(sets[b].Complement()).IsEmpty;

    /// <summary>The characters of a node that takes one; null for any other.</summary>
    private static CodePointSet? SetOf(RegexNode node) => node switch
    {
        RegexLiteral literal => Folded(CodePointSet.Of(literal.CodePoint, literal.CodePoint), literal.Flags),
        RegexAnyCharacter any => any.Flags.HasFlag(RegexFlags.DotAll) ? CodePointSet.All : CodePointSet.All.Except(CodePointSet.LineFeed),
        RegexShorthand shorthand => CodePointSet.OfShorthand(shorthand.Letter),
        RegexCharacterClass set => LuceneWriter.SetOf(set),
        _ => null,
    };

    private static CodePointSet Folded(CodePointSet set, RegexFlags flags) => flags.HasFlag(RegexFlags.IgnoreCase) ? set.FoldCase() : set;
}
