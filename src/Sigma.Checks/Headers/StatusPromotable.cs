namespace Sigma.Checks.Headers;

/// <summary>The rule is experimental and has not changed for 300 days.</summary>
internal sealed class StatusPromotable : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1013", "status_promotable", CheckGroup.Metadata, Severity.Info, "the rule is experimental and has not changed for 300 days")
        {
            Hint = "it may be promoted to test",
            Why = """
            An experimental rule that nobody had to change for most of a year works, or is not used. The public repository
            promotes such rules to test.
            """,
            Fix = FixKind.Unsafe,
            IsDefault = false,
            Wrong = """
            date: 2025-01-10
            status: experimental
            """,
            Right = """
            date: 2025-01-10
            status: test
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Document.Metadata is { Status: RuleStatus.Experimental } said && rule.Text("status") is { } status
            && (Days.Of(said.Modified) ?? Days.Of(said.Date)) is { } day && rule.Settings.Today.DayNumber - day.DayNumber >= 300)
        {
            report.Add(this, status.Span, fix: Edits.Unsafe("write 'test'", Edits.Value(status, "test")));
        }
    }
}
