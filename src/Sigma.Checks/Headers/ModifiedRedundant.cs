namespace Sigma.Checks.Headers;

/// <summary>The date of change is the date of creation.</summary>
internal sealed class ModifiedRedundant : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1026", "modified_redundant", CheckGroup.Style, Severity.Info, "the date of change is the date of creation")
        {
            Why = "A rule that was changed on the day of its creation was not changed for anybody who uses it.",
            Aliases = ["sigmahq:sigmahq_redundant_modified"],
            Fix = FixKind.Safe,
            Wrong = """
            date: 2026-01-10
            modified: 2026-01-10
            """,
            Right = "date: 2026-01-10",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (Days.Of(rule.Document.Metadata.Date) is { } created && Days.Of(rule.Document.Metadata.Modified) == created && rule.Root.Find("modified") is { } modified)
        {
            report.Add(this, modified.Key.Span.To(modified.Value.Span), fix: Edits.Safe("drop it", Edits.RemoveLines(modified.Key.Span.To(modified.Value.Span))));
        }
    }
}
