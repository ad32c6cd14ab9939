namespace Sigma.Checks.Meanings;

/// <summary>The regular expression matches every value.</summary>
internal sealed class RegexAll : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1710", "regex_all", CheckGroup.Meaning, Severity.Warning, "the regular expression matches every value")
        {
            Hint = "'exists: true' asks whether there is such a field",
            Why = "An expression of nothing but '.*' tests nothing.",
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
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values).Where(value => value.Value is "" or ".*" or "^.*" or ".*?" or "^"))
        {
            report.Add(this, value.Span);
        }
    }
}
