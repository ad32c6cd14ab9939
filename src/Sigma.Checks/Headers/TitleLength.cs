namespace Sigma.Checks.Headers;

/// <summary>The title is longer than 120 characters.</summary>
internal sealed class TitleLength : RuleCheck
{
    private static readonly CheckNumber Most = new("sigmahq_title_length.max_length", 120);

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1004", "title_length", CheckGroup.Style, Severity.Info, "the title is longer than 120 characters")
        {
            Hint = "say the rest in the description",
            Why = """
            Titles stand in lists, subjects of messages and names of files. Long ones are cut off there, often before the word
            that matters.
            """,
            Numbers = [Most],
            Aliases = ["sigmahq:sigmahq_title_length"],
            Wrong = "title: Whoami Is Run By A Program That Is Not A Shell In A Folder That Everybody Can Write To Shortly After A Document From The Internet",
            Right = "title: Whoami Is Run By An Unusual Program",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        int most = rule.Settings.Number(Most);
        if (rule.Text("title") is { } title && title.Value.Length > most)
        {
            report.Add(this, title.Span, $"the title has {title.Value.Length} characters, more than {most}");
        }
    }
}
