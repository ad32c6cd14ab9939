namespace Sigma.RegularExpressions;

/// <summary>Whether every match of an expression begins, or ends, with a word character: what decides <c>\b</c> beside it.</summary>
internal static class WordEdges
{
    /// <summary>True for a word character, false for another one, null if it depends or there may be none.</summary>
    internal static bool? First(RegexNode node) => At(node, first: true);

    /// <summary>The same for the last character.</summary>
    internal static bool? Last(RegexNode node) => At(node, first: false);

    private static bool? At(RegexNode node, bool first) => node switch
    {
        RegexLiteral literal => CodePointSet.WordCharacters.Contains(literal.CodePoint),
        RegexShorthand shorthand => Of(CodePointSet.OfShorthand(shorthand.Letter)),
        RegexCharacterClass set => LuceneWriter.SetOf(set) is { } points ? Of(points) : null,
        RegexGroup { Kind: not RegexGroupKind.Atomic } group => At(group.Body, first),
        RegexSequence { Items.IsEmpty: false } sequence => At(first ? sequence.Items[0] : sequence.Items[^1], first),
        RegexAlternation alternation => alternation.Branches.Select(branch => At(branch, first)).Distinct().ToList() is [{ } same] ? same : null,
        RegexRepeat { Min: > 0 } repeat => At(repeat.Body, first),
        _ => null,
    };

    private static bool? Of(CodePointSet set) => set.Except(CodePointSet.WordCharacters).IsEmpty ? true
        : set.Except(CodePointSet.WordCharacters.Complement()).IsEmpty ? false
        : null;
}
