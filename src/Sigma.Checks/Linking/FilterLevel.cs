namespace Sigma.Checks.Linking;

/// <summary>A filter has a level.</summary>
internal sealed class FilterLevel : FilterKeyCheck
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
        Right = WithoutKey,
    };

    /// <inheritdoc/>
    protected override string Key => "level";
}
