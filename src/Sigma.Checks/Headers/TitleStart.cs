namespace Sigma.Checks.Headers;

/// <summary>The title starts with 'Detect' or 'Detects'.</summary>
internal sealed class TitleStart : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1001", "title_start", CheckGroup.Style, Severity.Info, "the title starts with 'Detect' or 'Detects'")
        {
            Hint = "name what happens; every rule detects something",
            Why = """
            A title is a headline in lists of alerts and rules. The word 'Detects' at its start says nothing there, takes room,
            and sorts all rules under D. It belongs into the description.
            """,
            Aliases = ["sigmahq:sigmahq_title_start"],
            Fix = FixKind.Safe,
            Wrong = "title: Detects Whoami",
            Right = "title: Whoami",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("title") is { } title)
        {
            string[] words = title.Value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
            if (title.Value.StartsWith("Detect ", StringComparison.Ordinal) || title.Value.StartsWith("Detects ", StringComparison.Ordinal))
            {
                Fix? fix = words.Length == 2 && words[1].Trim().Length > 0 ? Edits.Safe("drop the word", Edits.Value(title, Capital(words[1].Trim()))) : null;
                report.Add(this, title.SpanOf(0, words[0].Length), fix: fix);
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
