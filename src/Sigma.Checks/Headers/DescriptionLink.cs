namespace Sigma.Checks.Headers;

/// <summary>The description has a link, and there are no references.</summary>
internal sealed class DescriptionLink : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1018", "link_in_description", CheckGroup.Style, Severity.Info, "the description has a link, and there are no references")
        {
            Hint = "move it to 'references'",
            Why = """
            Tools show references as links and check that they still lead somewhere. In the middle of a description nobody finds
            them.
            """,
            Aliases = ["sigmahq:sigmahq_link_in_description"],
            Fix = FixKind.Safe,
            Wrong = """
            # without references
            description: Detects that whoami is run, see https://example.org/whoami
            """,
            Right = """
            description: Detects that whoami is run.
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("description") is not { } description || rule.Root["references"] is not null)
        {
            return;
        }

        foreach (string mark in (string[])["http://", "https://", "internal research"])
        {
            int at = description.Value.IndexOf(mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                int end = description.Value.AsSpan(at).IndexOfAny(" \n\t)>'\"") is var length and >= 0 ? at + length : description.Value.Length;
                string link = description.Value[at..end].TrimEnd('.', ',', ';');
                bool movable = mark[0] == 'h' && description.Style is not ScalarStyle.Block && !description.Span.Characters.Contains('\n') && rule.HasPlainLines && Edits.IsPlain(link);
                report.Add(this, description.SpanOf(at, link.Length), fix: movable ? Edits.Safe("add it to references", Edits.LineAfter(description.Span, $"references:\n    - {link}")) : null);
                return;
            }
        }
    }
}
