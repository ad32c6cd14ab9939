namespace Sigma.Checks.Headers;

/// <summary>The rule names no false positives.</summary>
internal sealed class FalsePositivesMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1039", "falsepositives_missing", CheckGroup.Metadata, Severity.Info, "the rule names no false positives")
        {
            Hint = "add 'falsepositives:', with 'Unknown' if there are none that you know",
            Why = "The one who gets the alert wants to know what else looks like this.",
            IsDefault = false,
            Wrong = "# without falsepositives",
            Right = """
            falsepositives:
                - Unknown
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.Root["falsepositives"] is null)
        {
            report.Add(this, rule.Place);
        }
    }
}
