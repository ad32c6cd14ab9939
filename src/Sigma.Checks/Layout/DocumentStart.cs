namespace Sigma.Checks.Layout;

/// <summary>The file starts with a line of three dashes.</summary>
internal sealed class DocumentStart : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1806", "document_start", CheckGroup.Style, Severity.Info, "the file starts with a line of three dashes")
        {
            Why = """
            The dashes separate documents of a file. Before the first one there is nothing to separate; the public rules leave
            them out.
            """,
            Fix = FixKind.Safe,
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        string text = file.Source.Text;
        int end = text.StartsWith("---\n", StringComparison.Ordinal) ? 4 : text.StartsWith("---\r\n", StringComparison.Ordinal) ? 5 : 0;
        if (end > 0)
        {
            report.Add(this, new Span(file.Source, 0, 3), fix: Edits.Safe("drop it", new TextEdit(0, end, "")));
        }
    }
}
