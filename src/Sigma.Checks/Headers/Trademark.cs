namespace Sigma.Checks.Headers;

/// <summary>The name ATT&amp;CK stands in the file.</summary>
internal sealed class Trademark : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1051", "trademark", CheckGroup.Metadata, Severity.Info, "the name ATT&CK stands in the file")
        {
            Why = """
            ATT&CK is a trademark. The public repository keeps it out of its rules, also out of comments, and names techniques by
            tags.
            """,
            IsDefault = false,
            Wrong = "description: Detects a technique of ATT&CK.",
            Right = "description: Detects that a user asks who they are.",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        int at = file.Source.Text.IndexOf("ATT&CK", StringComparison.Ordinal);
        if (at >= 0)
        {
            report.Add(this, new Span(file.Source, at, 6));
        }
    }
}
