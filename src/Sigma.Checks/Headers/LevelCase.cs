namespace Sigma.Checks.Headers;

/// <summary>The level is written with capital letters.</summary>
internal sealed class LevelCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1028", "level_case", CheckGroup.Style, Severity.Info, "the level is written with capital letters")
        {
            Why = "The specification writes the level in small letters. sigmac reads any, but other tools compare it as a text.",
            Fix = FixKind.Safe,
            Wrong = "level: High",
            Right = "level: high",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("level") is { } level && rule.Document.Metadata.Level is not null && level.Value.Any(char.IsUpper))
        {
            report.Add(this, level.Span, fix: Edits.Safe("write small letters", Edits.Value(level, level.Value.ToLowerInvariant())));
        }
    }
}
