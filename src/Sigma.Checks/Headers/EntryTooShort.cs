namespace Sigma.Checks.Headers;

/// <summary>An entry is shorter than two characters.</summary>
internal sealed class EntryTooShort : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1038", "entry_too_short", CheckGroup.Metadata, Severity.Info, "an entry is shorter than two characters")
        {
            Why = """
            The schema of rules asks for at least two characters in entries of 'falsepositives' and 'scope'. A single one is left
            over from editing.
            """,
            Aliases = ["rsigma:falsepositive_too_short", "rsigma:scope_too_short"],
            Wrong = """
            falsepositives:
                - x
            """,
            Right = """
            falsepositives:
                - Administrators
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach ((string key, string alias) in ((string, string)[])[("falsepositives", "rsigma:falsepositive_too_short"), ("scope", "rsigma:scope_too_short")])
        {
            foreach (YamlScalar text in rule.Texts(key).Where(text => text.Value.Length < 2))
            {
                report.Add(this, text.Span, $"an entry of '{key}' is shorter than two characters", aliases: [alias]);
            }
        }
    }
}
