namespace Sigma.Checks.Headers;

/// <summary>The id has capital letters.</summary>
internal sealed class IdCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1008", "id_case", CheckGroup.Style, Severity.Info, "the id has capital letters")
    {
        Why = "A UUID is written in small letters. Tools that compare ids as texts take another spelling for another rule.",
        Fix = FixKind.Safe,
        Wrong = "id: 6F1C2A0E-3B5D-4C8F-9A7E-2D4B6C8E0F13",
        Right = "id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("id") is { } id && Guid.TryParseExact(id.Value, "D", out _) && id.Value.Any(char.IsAsciiLetterUpper))
        {
            report.Add(this, id.Span, fix: Edits.Safe("write small letters", Edits.Value(id, id.Value.ToLowerInvariant())));
        }
    }
}
