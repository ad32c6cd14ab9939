namespace Sigma.Checks.Headers;

/// <summary>The rule has a date of change, but none of creation.</summary>
internal sealed class ModifiedWithoutDate : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1025", "modified_without_date", CheckGroup.Metadata, Severity.Warning, "the rule has a date of change, but none of creation")
        {
            Why = "A change is a change of something that was there before. Often the key of the date is meant.",
            Aliases = ["sigmahq:sigmahq_modified_without_date"],
            Fix = FixKind.Unsafe,
            Wrong = """
            # without date
            modified: 2026-01-10
            """,
            Right = "date: 2026-01-10",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root.Find("modified") is { } modified && rule.Root["date"] is null)
        {
            report.Add(this, modified.Key.Span, fix: Edits.Unsafe("rename it to 'date'", Edits.Replace(modified.Key.Span, "date")));
        }
    }
}
