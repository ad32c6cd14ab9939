namespace Sigma.Checks.Headers;

/// <summary>The title ends in a full stop.</summary>
internal sealed class TitleEnd : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1002", "title_end", CheckGroup.Style, Severity.Info, "the title ends in a full stop")
    {
        Why = "A title is a headline, not a sentence. A full stop at its end shows up in every alert.",
        Aliases = ["sigmahq:sigmahq_title_end"],
        Fix = FixKind.Safe,
        Wrong = "title: Whoami Is Run.",
        Right = "title: Whoami Is Run",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("title") is { Value: { Length: > 1 } text } title && text.EndsWith('.'))
        {
            report.Add(this, title.SpanOf(text.Length - 1, 1), fix: Edits.Safe("drop the full stop", Edits.Value(title, text.TrimEnd('.', ' '))));
        }
    }
}
