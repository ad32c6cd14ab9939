namespace Sigma.Checks.Layout;

/// <summary>The file does not end in exactly one line end.</summary>
internal sealed class FinalNewline : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1803", "final_newline", CheckGroup.Style, Severity.Info, "the file does not end in exactly one line end")
        {
            Why = "Tools that join files or add lines at the end need a line end there; several make empty lines.",
            Fix = FixKind.Safe,
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        string text = file.Source.Text;
        string trimmed = text.TrimEnd('\n', '\r', ' ', '\t');

        // Blanks behind the last word are a finding of their own.
        int end = trimmed.Length;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        string tail = text[trimmed.Length..];
        if (trimmed.Length > 0 && text[end..] is not ("\n" or "\r\n" or "\r") && !file.EndsInText)
        {
            report.Add(this, new Span(file.Source, trimmed.Length, 0), fix: Edits.Safe("end with one line end", new TextEdit(trimmed.Length, tail.Length, "\n")));
        }
    }
}
