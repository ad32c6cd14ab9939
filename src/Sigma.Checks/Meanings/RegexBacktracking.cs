using Sigma.RegularExpressions;

namespace Sigma.Checks.Meanings;

/// <summary>The regular expression repeats something that is repeated already.</summary>
internal sealed class RegexBacktracking : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1712", "regex_backtracking", CheckGroup.Performance, Severity.Warning, "the regular expression repeats something that is repeated already")
        {
            Why = """
            For a value that nearly fits, systems that try one way after the other try every division of it into repetitions:
            twice as many for each further character. A value of forty characters can stop them.
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
            foreach (RegexRepeat outer in expression.Parts().OfType<RegexRepeat>().Where(IsNested))
            {
                report.Add(this, expression.SpanOf(outer.Offset, outer.Length));
            }
        }
    }

    /// <summary>Whether a group is repeated that is itself a repetition of one character, without end both times.</summary>
    private static bool IsNested(RegexRepeat outer) =>
        IsOpen(outer) && outer.Body is RegexGroup { Kind: not RegexGroupKind.Atomic } group
        && Only(group.Body) is RegexRepeat inner && IsOpen(inner) && inner.Body is RegexLiteral or RegexAnyCharacter or RegexCharacterClass or RegexShorthand or RegexUnicodeProperty;

    private static bool IsOpen(RegexRepeat repeat) => repeat is { Max: null, Greed: not RegexGreed.Possessive };

    private static RegexNode Only(RegexNode node) => node is RegexSequence { Items: [var only] } ? only : node;
}
