namespace Sigma.Checks.Layout;

/// <summary>More than two empty lines in a row.</summary>
internal sealed class BlankLines : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1805", "blank_lines", CheckGroup.Style, Severity.Info, "more than two empty lines in a row")
        {
            Why = "The public rules have hardly any empty lines. Many of them hide that a document goes on below.",
            Fix = FixKind.Safe,
            Wrong = """
            author: Erika



            date: 2026-01-10
            """,
            Right = """
            author: Erika
            date: 2026-01-10
            """,
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        int run = 0;
        foreach (Span line in file.Lines())
        {
            run = line.Characters.Trim().Length == 0 ? run + 1 : 0;
            if (run == 3 && !file.IsInText(line))
            {
                int end = line.End;
                string text = file.Source.Text;
                while (end < text.Length && text[end] is '\n' or '\r' or ' ')
                {
                    end++;
                }

                int start = end;
                while (start > line.Start && !LineEnds.IsPart(text[start - 1]))
                {
                    start--;
                }

                if (start > line.Start && end < text.Length)
                {
                    report.Add(this, line, fix: Edits.Safe("drop them", new TextEdit(line.Start, start - line.Start, "")));
                }
            }
        }
    }
}
