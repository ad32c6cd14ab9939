namespace Sigma.Checks.Linking;

/// <summary>No count meets the bounds of the correlation.</summary>
internal sealed class CorrelationNever : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1504", "correlation_never", CheckGroup.Correlations, Severity.Error, "no count meets the bounds of the correlation")
        {
            Why = """
            A number that is below one bound and above the other does not exist, and a count of events is never below one, or a count of
            values below zero. The correlation never fires.
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
                    gt: 10
                    lt: 5
            """,
            Right = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
                condition:
                    gt: 5
                    lt: 10
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (Bounds.Of(rule) is not { Thresholds: { Length: > 0 } thresholds } measure)
        {
            return;
        }

        int? least = Bounds.Least(measure);
        if (least is not null && !Bounds.Candidates(thresholds).Any(count => count >= least && thresholds.All(bound => bound.HoldsFor(count))))
        {
            report.Add(this, thresholds[0].Span);
        }
        else if (least is null && Bounds.AreContradictory(thresholds.Select(bound => (bound.Comparison, bound.Number))))
        {
            report.Add(this, thresholds[0].Span);
        }
    }
}
