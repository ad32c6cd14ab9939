namespace Sigma.Checks.Layout;

/// <summary>The comment has no blank after the number sign.</summary>
internal sealed class CommentBlank : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1804", "comment_blank", CheckGroup.Style, Severity.Info, "the comment has no blank after the number sign")
        {
            Why = """
            The public rules write comments as '# text'. Without the blank, a comment looks like a value that was switched off,
            and is found by no search for it.
            """,
            Fix = FixKind.Safe,
            Wrong = "author: Erika #of the team",
            Right = "author: Erika # of the team",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        foreach (Span comment in file.Comments().Where(comment => comment.Length > 1 && comment.Characters[1] is not (' ' or '#' or '!')))
        {
            report.Add(this, comment, fix: Edits.Safe("add a blank", new TextEdit(comment.Start + 1, 0, " ")));
        }
    }
}
