namespace Sigma.Checks.Layout;

/// <summary>The line ends in blanks.</summary>
internal sealed class TrailingBlanks : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1802", "trailing_blanks", CheckGroup.Style, Severity.Info, "the line ends in blanks")
    {
        Why = "Blanks at the end of a line are not seen, but are differences for version control.",
        Fix = FixKind.Safe,
        Wrong = "author: Erika     # ",
        Right = "author: Erika",
    };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        foreach (Span line in file.Lines().Where(line => line.Length > 0 && line.Characters[^1] is ' ' or '\t' && !file.IsInText(line)))
        {
            int length = line.Length - line.Characters.TrimEnd(" \t").Length;
            report.Add(this, line.Slice(line.Length - length, length), fix: Edits.Safe("drop them", new TextEdit(line.End - length, length, "")));
        }
    }
}
