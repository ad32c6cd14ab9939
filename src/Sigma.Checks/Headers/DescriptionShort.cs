namespace Sigma.Checks.Headers;

/// <summary>The description is shorter than 16 characters.</summary>
internal sealed class DescriptionShort : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1016", "description_short", CheckGroup.Style, Severity.Info, "the description is shorter than 16 characters")
        {
            Why = "A description of a word or two says no more than the title.",
            Aliases = ["sigmahq:sigmahq_description_length"],
            Wrong = "description: Whoami",
            Right = "description: Detects that a user asks who they are.",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        int least = rule.Settings.Number("sigmahq_description_length", "description_len", 16);
        if (rule.Text("description") is { } description && description.Value.Length < least)
        {
            report.Add(this, description.Span, $"the description has {description.Value.Length} characters, fewer than {least}");
        }
    }
}
