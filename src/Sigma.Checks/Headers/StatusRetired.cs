namespace Sigma.Checks.Headers;

/// <summary>The rule is deprecated or unsupported, but not in a folder for such rules.</summary>
internal sealed class StatusRetired : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1011", "status_retired", CheckGroup.Metadata, Severity.Warning, "the rule is deprecated or unsupported, but not in a folder for such rules")
        {
            Hint = "move it to a folder named deprecated or unsupported, or change the status",
            Why = """
            A rule that is deprecated or unsupported should not be converted with the others. The public rules keep such rules in
            folders of these names, where this is not reported.
            """,
            Aliases = ["sigmahq:sigmahq_status"],
            Wrong = "status: deprecated",
            Right = "status: test",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("status") is { } status && rule.Document.Metadata.Status is RuleStatus.Deprecated or RuleStatus.Unsupported
            && !rule.File.Path.Split('/').Any(folder => folder is "deprecated" or "unsupported"))
        {
            report.Add(this, status.Span, $"the rule is {status.Value}, but not in a folder for such rules");
        }
    }
}
