using System.Diagnostics;

namespace Sigma.RegularExpressions;

/// <summary>Questions about an expression that walk its tree.</summary>
internal static class RegexProperties
{
    /// <summary>See <see cref="RegexPattern.HasCasedLetters"/>.</summary>
    internal static bool HasCasedLetters(RegexNode node) => node switch
    {
        RegexLiteral l => !l.Flags.HasFlag(RegexFlags.IgnoreCase) && CodePointSet.IsCased(l.CodePoint),
        RegexCharacterClass c => !c.Flags.HasFlag(RegexFlags.IgnoreCase) && c.Items.Any(ItemIsCaseSensitive),
        RegexUnicodeProperty p => IsCasedCategory(p.Name),
        _ => Children(node).Any(HasCasedLetters),
    };

    /// <summary>See <see cref="RegexPattern.MatchesEverything"/>.</summary>
    internal static bool MatchesEverything(RegexNode node) => node switch
    {
        RegexSequence s => MatchesEverything(s),
        RegexAlternation a => a.Branches.Any(MatchesEverything),
        RegexGroup g => g.Kind != RegexGroupKind.Atomic && MatchesEverything(g.Body),
        RegexRepeat r => r.Min == 0 || MatchesEverything(r.Body),
        RegexInlineFlags => true,
        RegexSpecialEscape { Letter: 'K' } => true,
        RegexAnchor a => a.Letter is '^' or '$' or 'A' or 'z' or 'Z',
        _ => false,
    };

    // Every part may be empty, and at most one end is held down: ^$ together would accept the empty value only.
    private static bool MatchesEverything(RegexSequence sequence) =>
        sequence.Items.All(MatchesEverything) && !(Holds(sequence, StartLetters) && Holds(sequence, EndLetters));

    private const string StartLetters = "^A";
    private const string EndLetters = "$zZ";

    private static bool Holds(RegexNode node, string letters) =>
        node is RegexAnchor anchor ? letters.Contains(anchor.Letter) : Children(node).Any(child => Holds(child, letters));

    /// <summary>Whether it can match the empty string where nothing is known about what surrounds it.</summary>
    internal static bool IsNullable(RegexNode node) => node switch
    {
        RegexSequence s => s.Items.All(IsNullable),
        RegexAlternation a => a.Branches.Any(IsNullable),
        RegexGroup g => IsNullable(g.Body),
        RegexRepeat r => r.Min == 0 || IsNullable(r.Body),
        RegexInlineFlags or RegexVerb or RegexAnchor or RegexLookaround => true,
        RegexSpecialEscape s => s.Letter == 'K',
        RegexBackreference or RegexSubroutine or RegexConditional => true,
        _ => false,
    };

    /// <summary>The one length it matches, in characters; null if there are several.</summary>
    internal static int? FixedLength(RegexNode node)
    {
        switch (node)
        {
            case RegexSequence s:
                return Sum(s);
            case RegexAlternation a:
                var first = FixedLength(a.Branches[0]);
                return a.Branches.All(b => FixedLength(b) == first) ? first : null;
            case RegexGroup g:
                return FixedLength(g.Body);
            case RegexRepeat r:
                return r.Min == r.Max && FixedLength(r.Body) is { } once ? once * r.Min : null;
            case RegexInlineFlags or RegexVerb or RegexAnchor or RegexLookaround:
                return 0;
            case RegexSpecialEscape { Letter: 'K' }:
                return 0;
            case RegexSpecialEscape { Letter: 'C' }:
                return 1;
            case RegexLiteral or RegexAnyCharacter or RegexCharacterClass or RegexShorthand or RegexUnicodeProperty:
                return 1;
            case RegexBackreference or RegexSubroutine or RegexConditional or RegexSpecialEscape:
                return null;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>The parts directly below a node, in the order of the text.</summary>
    internal static IEnumerable<RegexNode> Children(RegexNode node) => node switch
    {
        RegexSequence s => s.Items,
        RegexAlternation a => a.Branches,
        RegexGroup g => [g.Body],
        RegexLookaround l => [l.Body],
        RegexConditional { Assertion: { } assertion } c => [assertion, c.Body],
        RegexConditional c => [c.Body],
        RegexRepeat r => [r.Body],
        RegexCharacterClass c => c.Items,
        _ => [],
    };

    private static int? Sum(RegexSequence sequence)
    {
        var sum = 0;
        foreach (var item in sequence.Items)
        {
            if (FixedLength(item) is not { } length)
            {
                return null;
            }

            sum += length;
        }

        return sum;
    }

    // A range that holds both cases of all its letters does not care: [a-zA-Z] does, as two items, so it counts as cased.
    private static bool ItemIsCaseSensitive(RegexNode item) => item switch
    {
        RegexRange r => CodePointSet.Of(r.First.CodePoint, r.Last.CodePoint) is var set && !set.FoldCase().Equals(set),
        RegexPosixClass p => p.Name is "upper" or "lower",
        RegexUnicodeProperty p => IsCasedCategory(p.Name),
        _ => false,
    };

    private static bool IsCasedCategory(string property) => property is "Lu" or "Ll" or "Lt";
}
