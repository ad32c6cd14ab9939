namespace Sigma.Checks.Meanings;

/// <summary>The regular expression matches every value.</summary>
internal sealed class RegexAll : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1710", "regex_all", CheckGroup.Meaning, Severity.Warning, "the regular expression matches every value")
        {
            Hint = "'exists: true' asks whether there is such a field",
            Why = "An expression of nothing but '.*', or of parts that may all be empty, is found in every value and tests nothing.",
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '.*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|exists: true
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (WrittenRegex expression in WrittenRegex.Of(rule).Where(expression => expression.Pattern.MatchesEverything))
        {
            report.Add(this, expression.Value.Span);
        }
    }
}
