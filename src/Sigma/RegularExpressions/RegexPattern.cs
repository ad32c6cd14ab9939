using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sigma.RegularExpressions;

/// <summary>A regular expression as its author wrote it, and what it says.</summary>
/// <param name="Text">The author's text.</param>
/// <param name="Flags">The flags given beside the pattern; those inside it are on the nodes.</param>
/// <param name="Root">The whole expression.</param>
/// <param name="Trivia">Comments, <c>\Q</c>, <c>\E</c> and callouts, which no node holds, in the order of the text.</param>
/// <param name="GroupNames">The name of each capturing group, by number less one; null for an unnamed one.</param>
internal sealed record RegexPattern(
    string Text, RegexFlags Flags, RegexNode Root, ImmutableArray<RegexTrivia> Trivia, ImmutableArray<string?> GroupNames)
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="text">Any text at all.</param>
    /// <param name="flags">The flags given beside it.</param>
    /// <param name="pattern">The pattern, when this returns true.</param>
    /// <param name="error">The first mistake, when this returns false.</param>
    /// <returns>Whether PCRE or Python's <c>re</c> would compile it. Never throws; takes linear time.</returns>
    public static bool TryParse(
        string text,
        RegexFlags flags,
        [NotNullWhen(true)] out RegexPattern? pattern,
        [NotNullWhen(false)] out RegexError? error)
    {
        var parser = new RegexParser(text, flags);
        pattern = parser.Parse();
        error = pattern is null ? parser.Error : null;
        return pattern is not null;
    }

    /// <summary>Reads a pattern that was read before, or is made of what was.</summary>
    /// <param name="text">The text.</param>
    /// <param name="flags">The flags given beside it.</param>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    public static RegexPattern Parse(string text, RegexFlags flags) =>
        TryParse(text, flags, out RegexPattern? pattern, out RegexError? error) ? pattern : throw new ArgumentException(error.Message, nameof(text));

    /// <summary>Whether any part of it that ignores no case contains or ranges over a letter with two cases.</summary>
    /// <remarks>An emitter that must turn on case-insensitivity for a whole command (grep -i) asks this first.</remarks>
    public bool HasCasedLetters => RegexProperties.HasCasedLetters(Root);

    /// <summary>Whether it is found in every value, the empty one too: <c>.*</c>, <c>a?</c>, the empty pattern.</summary>
    /// <remarks>Says false when unsure (lookarounds, boundaries, anchors other than a lone <c>^.*</c> or <c>.*$</c>).</remarks>
    public bool MatchesEverything => RegexProperties.MatchesEverything(Root);
}

/// <summary>A piece of pattern text that means nothing by itself.</summary>
/// <param name="Offset">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct RegexTrivia(int Offset, int Length, RegexTriviaKind Kind);

/// <summary>What a piece of trivia is.</summary>
internal enum RegexTriviaKind
{
    /// <summary><c>(?#…)</c>, or a blank or <c># …</c> under <c>(?x)</c>.</summary>
    Comment,

    /// <summary><c>\Q</c> or <c>\E</c>.</summary>
    QuoteMark,

    /// <summary><c>(?C1)</c>.</summary>
    Callout,
}
