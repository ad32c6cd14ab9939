namespace Sigma.Checks.Conditions;

/// <summary>The condition counts in the older form.</summary>
internal sealed class AggregationOld : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1406", "aggregation_old", CheckGroup.Style, Severity.Warning, "the condition counts in the older form")
        {
            Hint = "'sigmac migrate' writes a correlation of it",
            Why = """
            Version 2 of the specification counts in documents of their own, which can name several rules and a time. Most other
            tools refuse the older form behind a bar.
            """,
            Aliases = ["rsigma:deprecated_aggregation_syntax"],
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                timeframe: 5m
                condition: selection | count() by User > 5
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (Condition condition in (rule.Document.Document as SigmaRule)?.Conditions ?? [])
        {
            if (condition.Aggregation is { } aggregation)
            {
                report.Add(this, aggregation.Span, refused: true);
            }
        }
    }
}
