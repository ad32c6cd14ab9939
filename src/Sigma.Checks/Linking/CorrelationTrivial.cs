namespace Sigma.Checks.Linking;

/// <summary>Every event meets the bounds of the correlation.</summary>
internal sealed class CorrelationTrivial : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1505", "correlation_trivial", CheckGroup.Correlations, Severity.Warning, "every event meets the bounds of the correlation")
        {
            Hint = "count more than one, or leave the correlation out",
            Why = "A count of one or more is met by each event, so the correlation says nothing that the rule does not say.",
            Wrong = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
                condition:
                    gte: 1
            """,
            Right = CorrelationExamples.Often,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (Bounds.Of(rule) is { Type: CorrelationType.EventCount or CorrelationType.ValueCount, Thresholds: { Length: > 0 } thresholds }
            && Bounds.Candidates(thresholds).Where(count => count >= 1).All(count => thresholds.All(bound => bound.HoldsFor(count))) && thresholds.All(bound => bound.HoldsFor(1)))
        {
            report.Add(this, thresholds[0].Span);
        }
    }
}
