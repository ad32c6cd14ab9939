namespace Sigma.Checks.Headers;

/// <summary>The rule has no level.</summary>
internal sealed class LevelMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1027", "level_missing", CheckGroup.Metadata, Severity.Warning, "the rule has no level")
        {
            Hint = "add 'level:' with informational, low, medium, high or critical",
            Why = "Alerts are sorted by the level of their rules, and filters such as level>=high leave a rule without one out.",
            Aliases = ["sigmahq:sigmahq_level_existence", "rsigma:missing_level"],
            Wrong = "# without level",
            Right = "level: medium",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["level"] is null && rule.Kind is not DocumentKind.Filter)
        {
            report.Add(this, rule.Place);
        }
    }
}
