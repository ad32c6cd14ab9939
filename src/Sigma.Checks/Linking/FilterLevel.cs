namespace Sigma.Checks.Linking;

/// <summary>A filter has a level.</summary>
internal sealed class FilterLevel : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1601", "filter_level", CheckGroup.Filters, Severity.Info, "a filter has a level")
    {
        Why = "A filter makes no alert, so it has no level. The rules that it applies to have theirs.",
        Aliases = ["rsigma:filter_has_level"],
        Fix = FixKind.Safe,
        Wrong = """
            title: Not root
            level: high
            logsource:
                product: windows
            filter:
                rules: any
                selection:
                    User: root
                condition: not selection
            """,
        Right = """
            title: Not root
            logsource:
                product: windows
            filter:
                rules: any
                selection:
                    User: root
                condition: not selection
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Kind is DocumentKind.Filter && rule.Root.Find("level") is { } level)
        {
            report.Add(this, level.Key.Span, fix: Edits.Safe("drop it", Edits.RemoveLines(level.Key.Span.To(level.Value.Span))));
        }
    }
}
