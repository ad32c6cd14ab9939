using Sigma.RegularExpressions;

namespace Sigma.Checks.Meanings;

/// <summary>The regular expression repeats something that is repeated already, or that takes the same characters in several ways.</summary>
internal sealed class RegexBacktracking : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1712", "regex_backtracking", CheckGroup.Performance, Severity.Warning, "the regular expression repeats something that is repeated already")
        {
            Why = """
            For a value that nearly fits, systems that try one way after the other try every division of it into repetitions:
            twice as many for each further character. A value of forty characters can stop them. '(a|a)*' and '(a*b*)*' are
            such repetitions too: what they take can be divided in several ways.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '(a+)+$'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'a+$'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (WrittenRegex expression in WrittenRegex.Of(rule))
        {
            RegexRepeat[] found = [.. expression.Parts().OfType<RegexRepeat>().Where(outer => IsNested(outer) || IsAmbiguous(outer))];
            foreach (RegexRepeat outer in found.Where(outer => !Array.Exists(found, inner => inner != outer && outer.Offset <= inner.Offset && inner.End <= outer.End)))
            {
                report.Add(this, expression.SpanOf(outer.Offset, outer.Length), IsNested(outer) ? null : "the repetition can take the same characters in several ways");
            }
        }
    }

    /// <summary>Whether what is repeated without end can be divided into repetitions in several ways.</summary>
    private static bool IsAmbiguous(RegexRepeat outer) => IsOpen(outer) && outer.Body is RegexGroup { Kind: not RegexGroupKind.Atomic } && RegexPositions.AreAmbiguous(outer);

    /// <summary>Whether a group is repeated that is itself a repetition of one character, without end both times.</summary>
    private static bool IsNested(RegexRepeat outer) =>
        IsOpen(outer) && outer.Body is RegexGroup { Kind: not RegexGroupKind.Atomic } group
        && Only(group.Body) is RegexRepeat inner && IsOpen(inner) && inner.Body is RegexLiteral or RegexAnyCharacter or RegexCharacterClass or RegexShorthand or RegexUnicodeProperty;

    private static bool IsOpen(RegexRepeat repeat) => repeat is { Max: null, Greed: not RegexGreed.Possessive };

    private static RegexNode Only(RegexNode node) => node is RegexSequence { Items: [var only] } ? only : node;
}
