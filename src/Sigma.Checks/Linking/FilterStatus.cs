namespace Sigma.Checks.Linking;

/// <summary>A filter has a status.</summary>
internal sealed class FilterStatus : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1602", "filter_status", CheckGroup.Filters, Severity.Info, "a filter has a status")
    {
        Why = "A status says how far a rule can be trusted. A filter finds nothing by itself.",
        Aliases = ["rsigma:filter_has_status"],
        Fix = FixKind.Safe,
        Wrong = """
            title: Not root
            status: test
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
        if (rule.Kind is DocumentKind.Filter && rule.Root.Find("status") is { } status)
        {
            report.Add(this, status.Key.Span, fix: Edits.Safe("drop it", Edits.RemoveLines(status.Key.Span.To(status.Value.Span))));
        }
    }
}
