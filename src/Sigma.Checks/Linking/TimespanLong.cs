namespace Sigma.Checks.Linking;

/// <summary>The correlation counts over more than a month.</summary>
internal sealed class TimespanLong : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1507", "timespan_long", CheckGroup.Performance, Severity.Info, "the correlation counts over more than a month")
        {
            Why = """
            Systems that count while events come in must keep every event of the whole time, and most have a limit far below.
            Searches over months are slow. A month has 31 days here.
            """,
            Wrong = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 6M
                condition:
                    gte: 10
            """,
            Right = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 1h
                condition:
                    gte: 10
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Document.Document is SigmaCorrelation { Correlation.Timespan.Seconds: > 31 * 86400 } && (rule.Root["correlation"] as YamlMapping)?["timespan"] is { } timespan)
        {
            report.Add(this, timespan.Span);
        }
    }
}
