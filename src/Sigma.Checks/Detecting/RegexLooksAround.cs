using Sigma.RegularExpressions;

namespace Sigma.Checks.Detecting;

/// <summary>The regular expression looks ahead or behind.</summary>
internal sealed class RegexLooksAround : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1317", "regex_lookaround", CheckGroup.Correctness, Severity.Info, "the regular expression looks ahead or behind")
        {
            Why = """
            Many systems search with automata that cannot look around, so this rule has no query for them. 'sigmac check -t' tells
            for which.
            """,
            Aliases = ["sigmahq:sigmahq_unsupported_regex_group_construct"],
            Wrong = """
            detection:
                selection:
                    CommandLine|re: 'whoami(?! /all)'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'whoami /(user|groups)'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (WrittenRegex expression in WrittenRegex.Of(rule))
        {
            if (expression.Parts().FirstOrDefault(part => part is RegexLookaround or RegexGroup { Kind: RegexGroupKind.Atomic }) is { } part)
            {
                string construct = part is RegexLookaround { Behind: true } ? Pattern(expression, part, 4) : Pattern(expression, part, 3);
                report.Add(this, expression.SpanOf(part.Offset, construct.Length), $"'{construct}' looks around, or is atomic");
            }
        }
    }

    private static string Pattern(WrittenRegex expression, RegexNode part, int length) => expression.Pattern.Text.Substring(part.Offset, length);
}
