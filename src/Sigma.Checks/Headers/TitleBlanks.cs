namespace Sigma.Checks.Headers;

/// <summary>The title has blanks at its start, at its end or several in a row.</summary>
internal sealed class TitleBlanks : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1005", "title_blanks", CheckGroup.Style, Severity.Info, "the title has blanks at its start, at its end or several in a row")
        {
            Why = """
            Blanks that nobody sees make titles different that look the same, so that two rules with one title are not found, and
            names of files that are made from titles end in a line.
            """,
            Fix = FixKind.Safe,
            Wrong = "title: 'Whoami  Is Run '",
            Right = "title: 'Whoami Is Run'",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("title") is { } title)
        {
            string better = string.Join(' ', title.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (better.Length > 0 && better != title.Value && title.Style is not ScalarStyle.Block && !title.Span.Characters.Contains('\n'))
            {
                report.Add(this, title.Span, fix: Edits.Safe("drop them", Edits.Value(title, better)));
            }
        }
    }
}
