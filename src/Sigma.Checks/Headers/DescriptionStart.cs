namespace Sigma.Checks.Headers;

/// <summary>The description does not start with 'Detects'.</summary>
internal sealed class DescriptionStart : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1019", "description_start", CheckGroup.Style, Severity.Info, "the description does not start with 'Detects'")
        {
            Why = "The public rules start their descriptions with 'Detects', so that lists of them read alike.",
            IsDefault = false,
            Wrong = "description: Someone runs the program whoami.",
            Right = "description: Detects that the program whoami is run.",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.Text("description") is { } description && !description.Value.StartsWith("Detect", StringComparison.Ordinal))
        {
            report.Add(this, description.Span);
        }
    }
}
