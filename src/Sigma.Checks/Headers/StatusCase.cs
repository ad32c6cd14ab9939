namespace Sigma.Checks.Headers;

/// <summary>The status is written with capital letters.</summary>
internal sealed class StatusCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1010", "status_case", CheckGroup.Style, Severity.Info, "the status is written with capital letters")
        {
            Why = "The specification writes the status in small letters. sigmac reads any, but other tools compare it as a text.",
            Fix = FixKind.Safe,
            Wrong = "status: Test",
            Right = "status: test",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("status") is { } status && rule.Document.Metadata.Status is not null && status.Value.Any(char.IsUpper))
        {
            report.Add(this, status.Span, fix: Edits.Safe("write small letters", Edits.Value(status, status.Value.ToLowerInvariant())));
        }
    }
}
