namespace Sigma.Checks.Headers;

/// <summary>The description is shorter than 16 characters.</summary>
internal sealed class DescriptionShort : RuleCheck
{
    private static readonly CheckNumber Least = new("sigmahq_description_length.description_len", 16);

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1016", "description_short", CheckGroup.Style, Severity.Info, "the description is shorter than 16 characters")
        {
            Why = "A description of a word or two says no more than the title.",
            Numbers = [Least],
            Aliases = ["sigmahq:sigmahq_description_length"],
            Wrong = "description: Whoami",
            Right = "description: Detects that a user asks who they are.",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        int least = rule.Settings.Number(Least);
        if (rule.Text("description") is { } description && description.Value.Length < least)
        {
            report.Add(this, description.Span, $"the description has {description.Value.Length} {(description.Value.Length == 1 ? "character" : "characters")}, fewer than {least}");
        }
    }
}
