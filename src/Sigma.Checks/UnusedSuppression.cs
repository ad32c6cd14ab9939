namespace Sigma.Checks;

/// <summary>A comment that suppresses nothing.</summary>
internal sealed class UnusedSuppression : Check
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1801", "unused_ignore", CheckGroup.Style, Severity.Warning, "the comment suppresses nothing")
    {
        Hint = "remove it",
        Why = "A comment 'sigmac: ignore' hides findings that are meant. This one hides none: the rule was corrected since, or the code is not the one that is reported, or the comment says something else than 'ignore'. A comment that hides nothing today may hide a real finding tomorrow. Comments for a check that is not chosen, or that the configuration hides there, are left alone.",
        Fix = FixKind.Safe,
        Wrong = "author: Erika  # sigmac: ignore SIG1005",
        Right = "author: Erika",
    };

    /// <summary>Looks for them.</summary>
    /// <param name="suppressions">The comments, with what they have suppressed.</param>
    /// <param name="report">Takes the findings.</param>
    /// <param name="isKnown">Whether all that a comment may suppress was looked for.</param>
    public void Run(Suppressions suppressions, Report report, Func<Suppressions.Comment, bool> isKnown)
    {
        foreach (Suppressions.Comment comment in suppressions.Comments.Where(comment => comment.Used == 0 && (!comment.IsUnderstood || isKnown(comment))))
        {
            if (!comment.IsUnderstood)
            {
                report.Add(this, comment.Span, hint: "write 'sigmac: ignore' and the codes or names of checks");
                continue;
            }

            string text = comment.Span.Source.Text;
            int start = comment.Span.Start;
            while (start > 0 && text[start - 1] is ' ' or '\t')
            {
                start--;
            }

            bool whole = start == 0 || LineEnds.IsPart(text[start - 1]);
            int end = comment.Span.End;
            end = whole ? LineEnds.Behind(text, end) is var next and >= 0 ? next : text.Length : end;
            report.Add(this, comment.Span, fix: Edits.Safe("remove the comment", new TextEdit(start, end - start, "")));
        }
    }
}
