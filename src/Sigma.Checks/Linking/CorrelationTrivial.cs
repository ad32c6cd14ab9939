namespace Sigma.Checks.Linking;

/// <summary>Every event meets the bounds of the correlation.</summary>
internal sealed class CorrelationTrivial : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1505", "correlation_trivial", CheckGroup.Correlations, Severity.Warning, "every event meets the bounds of the correlation")
        {
            Hint = "count more than one, or leave the correlation out",
            Why = """
            A count of one or more events is met by each event, so the correlation says nothing that the rule does not say. A count of one or more
            values is not: events without the field have none.
            """,
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
        if (Bounds.Of(rule) is { Thresholds: { Length: > 0 } thresholds } measure && Bounds.Least(measure) is { } least
            && Bounds.Candidates(thresholds).Where(count => count >= least).All(count => thresholds.All(bound => bound.HoldsFor(count))))
        {
            report.Add(this, thresholds[0].Span);
        }
    }
}
