namespace Sigma.Checks.Headers;

/// <summary>The rule has no description.</summary>
internal sealed class DescriptionMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1015", "description_missing", CheckGroup.Metadata, Severity.Info, "the rule has no description")
        {
            Why = "The one who gets the alert has not written the rule. The description says what was seen, and why that matters.",
            Aliases = ["sigmahq:sigmahq_description_existence", "rsigma:missing_description"],
            Wrong = "# without description",
            Right = "description: Detects that a user asks who they are.",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["description"] is null)
        {
            report.Add(this, rule.Place);
        }
    }
}
