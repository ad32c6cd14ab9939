namespace Sigma.Checks.Linking;

/// <summary>A filter has a status.</summary>
internal sealed class FilterStatus : FilterKeyCheck
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
        Right = WithoutKey,
    };

    /// <inheritdoc/>
    protected override string Key => "status";
}
