using System.Collections.Immutable;

namespace Sigma.RegularExpressions;

/// <summary>A part of a regular expression. The nodes follow the syntax page of PCRE2 (pcre2pattern, pcre2syntax).</summary>
/// <param name="Offset">Where the part begins in the pattern, in UTF-16 units.</param>
/// <param name="Length">How many UTF-16 units of the pattern it covers.</param>
internal abstract record RegexNode(int Offset, int Length)
{
    /// <summary>The first UTF-16 unit after this part.</summary>
    public int End => Offset + Length;
}

/// <summary><c>ab</c>: one part after the other; without items, the empty pattern.</summary>
internal sealed record RegexSequence(int Offset, int Length, ImmutableArray<RegexNode> Items) : RegexNode(Offset, Length);

/// <summary><c>a|b</c>: at least two branches, the first that matches wins.</summary>
internal sealed record RegexAlternation(int Offset, int Length, ImmutableArray<RegexNode> Branches) : RegexNode(Offset, Length);

/// <summary>
/// <c>(a)</c>, <c>(?&lt;name&gt;a)</c>, <c>(?:a)</c>, <c>(?i:a)</c>, <c>(?&gt;a)</c>, <c>(?|a|b)</c>. A capturing group has a
/// <paramref name="Number"/>, a named one a <paramref name="Name"/> too; <paramref name="Options"/> are the letters of
/// <c>(?i-s:</c>.
/// </summary>
internal sealed record RegexGroup(
    int Offset, int Length, RegexGroupKind Kind, int Number, string? Name, string Options, RegexNode Body)
    : RegexNode(Offset, Length);

/// <summary><c>(?=a)</c>, <c>(?!a)</c>, <c>(?&lt;=a)</c>, <c>(?&lt;!a)</c>.</summary>
internal sealed record RegexLookaround(int Offset, int Length, bool Behind, bool Negative, RegexNode Body) : RegexNode(Offset, Length);

/// <summary><c>(?(1)a|b)</c>. <paramref name="Condition"/> is the text in the inner parentheses, or null if it is a lookaround.</summary>
internal sealed record RegexConditional(int Offset, int Length, string? Condition, RegexNode? Assertion, RegexNode Body)
    : RegexNode(Offset, Length);

/// <summary><c>a*</c>, <c>a{2,3}?</c>, <c>a++</c>. <paramref name="Max"/> is null without an upper bound.</summary>
internal sealed record RegexRepeat(int Offset, int Length, RegexNode Body, int Min, int? Max, RegexGreed Greed, int QuantifierOffset)
    : RegexNode(Offset, Length);

/// <summary><c>a</c>, <c>\.</c>, <c>\x41</c>: one character, <paramref name="CodePoint"/>.</summary>
internal sealed record RegexLiteral(int Offset, int Length, int CodePoint, RegexFlags Flags) : RegexNode(Offset, Length);

/// <summary><c>.</c>, or <c>\N</c> when <paramref name="Flags"/> lack <see cref="RegexFlags.DotAll"/>.</summary>
internal sealed record RegexAnyCharacter(int Offset, int Length, RegexFlags Flags) : RegexNode(Offset, Length);

/// <summary>
/// <c>[^a-z\d]</c>. Items are <see cref="RegexRange"/>, <see cref="RegexShorthand"/>, <see cref="RegexPosixClass"/> and
/// <see cref="RegexUnicodeProperty"/>.
/// </summary>
internal sealed record RegexCharacterClass(int Offset, int Length, bool Negated, ImmutableArray<RegexNode> Items, RegexFlags Flags)
    : RegexNode(Offset, Length);

/// <summary><c>a-z</c> in a class; a single character is a range of one.</summary>
internal sealed record RegexRange(int Offset, int Length, RegexLiteral First, RegexLiteral Last) : RegexNode(Offset, Length);

/// <summary><c>\d \D \w \W \s \S \h \H \v \V</c>, by its letter.</summary>
internal sealed record RegexShorthand(int Offset, int Length, char Letter, RegexFlags Flags) : RegexNode(Offset, Length);

/// <summary><c>[:alpha:]</c>, <c>[:^digit:]</c> in a class.</summary>
internal sealed record RegexPosixClass(int Offset, int Length, string Name, bool Negated) : RegexNode(Offset, Length);

/// <summary><c>\p{Lu}</c>, <c>\PL</c>, <c>\p{^Greek}</c>.</summary>
internal sealed record RegexUnicodeProperty(int Offset, int Length, string Name, bool Negated) : RegexNode(Offset, Length);

/// <summary><c>^ $ \A \Z \z \G \b \B</c>, by its character.</summary>
internal sealed record RegexAnchor(int Offset, int Length, char Letter, RegexFlags Flags) : RegexNode(Offset, Length);

/// <summary><c>\1</c>, <c>\g{-1}</c>, <c>\k&lt;name&gt;</c>, <c>(?P=name)</c>: by number (resolved to an absolute one) or by name.</summary>
internal sealed record RegexBackreference(int Offset, int Length, int Number, string? Name, RegexFlags Flags) : RegexNode(Offset, Length);

/// <summary><c>(?i)</c>, <c>(?s-m)</c>: <paramref name="Options"/> hold from here to the end of the group.</summary>
internal sealed record RegexInlineFlags(int Offset, int Length, string Options) : RegexNode(Offset, Length);

/// <summary>
/// <c>(?R)</c>, <c>(?1)</c>, <c>(?&amp;name)</c>, <c>\g&lt;1&gt;</c>: the group's pattern again, by number (resolved to an
/// absolute one; 0 is the whole pattern) or by name.
/// </summary>
internal sealed record RegexSubroutine(int Offset, int Length, int Number, string? Name) : RegexNode(Offset, Length);

/// <summary><c>(*SKIP)</c>, <c>(*UTF)</c>: an instruction to PCRE's matcher. <paramref name="Name"/> is the text between.</summary>
internal sealed record RegexVerb(int Offset, int Length, string Name) : RegexNode(Offset, Length);

/// <summary><c>\R</c> (any line break), <c>\X</c> (one grapheme), <c>\C</c> (one code unit), <c>\K</c> (the match begins here).</summary>
internal sealed record RegexSpecialEscape(int Offset, int Length, char Letter) : RegexNode(Offset, Length);

/// <summary>What a pair of parentheses is for.</summary>
internal enum RegexGroupKind
{
    /// <summary><c>(a)</c> or <c>(?&lt;name&gt;a)</c>.</summary>
    Capturing,

    /// <summary><c>(?:a)</c> or <c>(?i:a)</c>.</summary>
    NonCapturing,

    /// <summary><c>(?&gt;a)</c>: what it matched is never given back.</summary>
    Atomic,

    /// <summary><c>(?|a|b)</c>: every branch numbers its groups from the same start.</summary>
    BranchReset,
}

/// <summary>How a repetition chooses among its lengths.</summary>
internal enum RegexGreed
{
    /// <summary><c>a*</c>: as many as possible first.</summary>
    Greedy,

    /// <summary><c>a*?</c>: as few as possible first.</summary>
    Lazy,

    /// <summary><c>a*+</c>: as many as possible, never given back.</summary>
    Possessive,
}
