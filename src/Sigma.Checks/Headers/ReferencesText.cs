namespace Sigma.Checks.Headers;

/// <summary>The references are a text instead of a list.</summary>
internal sealed class ReferencesText : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1031", "references_text", CheckGroup.Metadata, Severity.Warning, "the references are a text instead of a list")
        {
            Why = "The specification has a list, even for one reference. Other tools refuse a text.",
            Fix = FixKind.Safe,
            Wrong = "references: https://example.org/whoami",
            Right = """
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root.Find("references") is { Value: YamlScalar { Style: ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } text } entry
            && ScalarType.Of(text) is not ScalarType.Null && !text.Span.Characters.Contains('\n'))
        {
            TextEdit edit = new(entry.Key.Span.End, text.Span.Start - entry.Key.Span.End, ":\n    - ");
            report.Add(this, entry.Key.Span, fix: entry.Key.Span.Position.Column == 1 ? Edits.Safe("make it a list", edit) : null, refused: true);
        }
    }
}
