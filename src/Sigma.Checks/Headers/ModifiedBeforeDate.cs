namespace Sigma.Checks.Headers;

/// <summary>The rule was modified before it was created.</summary>
internal sealed class ModifiedBeforeDate : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1024", "modified_before_date", CheckGroup.Metadata, Severity.Warning, "the rule was modified before it was created")
        {
            Why = "One of the two dates is wrong, often because a rule was copied with its old date of change.",
            Aliases = ["sigmahq:sigmahq_modified_date_order", "rsigma:modified_before_date"],
            Wrong = """
            date: 2026-01-10
            modified: 2025-12-31
            """,
            Right = """
            date: 2026-01-10
            modified: 2026-02-01
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (Days.Of(rule.Document.Metadata.Date) is { } created && Days.Of(rule.Document.Metadata.Modified) is { } changed && changed < created)
        {
            report.Add(this, rule.Text("modified")!.Span);
        }
    }
}
