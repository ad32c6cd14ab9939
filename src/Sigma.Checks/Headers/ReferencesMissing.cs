namespace Sigma.Checks.Headers;

/// <summary>The rule has no references.</summary>
internal sealed class ReferencesMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1030", "references_missing", CheckGroup.Metadata, Severity.Info, "the rule has no references")
        {
            Why = "References show where the knowledge of the rule comes from, and help the one who looks into an alert.",
            IsDefault = false,
            Wrong = "# without references",
            Right = """
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.Root["references"] is null)
        {
            report.Add(this, rule.Place);
        }
    }
}
