namespace Sigma.Checks.Headers;

/// <summary>The status is above experimental, though the rule is young.</summary>
internal sealed class StatusTooHigh : RuleCheck
{
    private static readonly CheckNumber LeastDays = new("sigmahq_status_to_high.min_days", 60);

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1012", "status_too_high", CheckGroup.Metadata, Severity.Info, "the status is above experimental, though the rule is young")
        {
            Hint = "write 'status: experimental' until it has run for a while",
            Why = """
            A rule of the last 60 days has hardly been tried on other people's events. The public rules start as experimental; a
            rule with regression_tests_path is exempt. Give --today for a run that can be repeated.
            """,
            Numbers = [LeastDays],
            Aliases = ["sigmahq:sigmahq_status_to_high"],
            Fix = FixKind.Unsafe,
            Wrong = """
            date: 2026-11-20
            status: stable
            """,
            Right = """
            date: 2026-11-20
            status: experimental
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        int least = rule.Settings.Number(LeastDays);
        if (rule.Document.Metadata.Status is RuleStatus.Stable or RuleStatus.Test && rule.Root["regression_tests_path"] is null
            && Days.Of(rule.Document.Metadata.Date) is { } day && rule.Settings.Today.DayNumber - day.DayNumber <= least && rule.Text("status") is { } status)
        {
            report.Add(this, status.Span, $"the status is {status.Value}, though the rule is at most {least} days old", fix: Edits.Unsafe("write 'experimental'", Edits.Value(status, "experimental")));
        }
    }
}
