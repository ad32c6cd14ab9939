namespace Sigma.Checks.Tagging;

/// <summary>The rule has no tags.</summary>
internal sealed class TagsMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1120", "tags_missing", CheckGroup.Tags, Severity.Info, "the rule has no tags")
    {
        Why = "Rules without a technique are missing from every view of what is covered.",
        IsDefault = false,
        Wrong = "# without tags",
        Right = """
            tags:
                - attack.discovery
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.Texts("tags").Count == 0)
        {
            report.Add(this, rule.Place);
        }
    }
}
