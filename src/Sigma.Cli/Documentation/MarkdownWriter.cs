using System.Text;
using Sigma.Documentation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>One Markdown page a rule file, under the file's name, in a tree like that of the rules.</summary>
/// <param name="page">The page.</param>
internal sealed class MarkdownWriter(RulePage page) : DocumentationWriter
{
    /// <inheritdoc/>
    public override IReadOnlyList<DocumentationPage> Render(RuleInput input, DocumentedFile file, List<Diagnostic> diagnostics) =>
        page.Render(file, diagnostics) is { } text
            ? [new DocumentationPage(Path.ChangeExtension(input.Below, ".md"), Encoding.UTF8.GetBytes(text))]
            : [];
}
