namespace Sigma.Checks.Linking;

/// <summary>The same rule stands twice in the correlation.</summary>
internal sealed class RuleTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1503", "rule_twice", CheckGroup.Correlations, Severity.Warning, "the same rule stands twice in the correlation")
        {
            Why = "A rule that is named twice is counted once, or matches twice by the same event. Often another rule was meant.",
            Wrong = CorrelationExamples.Rule + """
            title: Whoami and whoami
            correlation:
                type: temporal
                rules:
                    - whoami
                    - whoami
                group-by:
                    - User
                timespan: 5m
            """,
            Right = CorrelationExamples.Often,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if ((rule.Root["correlation"] as YamlMapping)?["rules"] is YamlSequence rules)
        {
            foreach (YamlScalar twice in Repeated.Among([.. rules.Items.OfType<YamlScalar>()]))
            {
                report.Add(this, twice.Span, $"the rule '{twice.Value}' stands twice");
            }
        }
    }
}
