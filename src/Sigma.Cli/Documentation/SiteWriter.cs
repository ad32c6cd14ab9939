using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A site of all rules. Its pages lead to each other, so they are made when all rules are known.</summary>
/// <param name="site">The site.</param>
/// <param name="jobs">The number of pages to make in parallel.</param>
internal sealed class SiteWriter(DetectionSite site, int jobs) : DocumentationWriter
{
    /// <inheritdoc/>
    public override bool NeedsAll => true;

    /// <inheritdoc/>
    public override IReadOnlyList<DocumentationPage> Render(RuleInput input, DocumentedFile file, List<Diagnostic> diagnostics) => [];

    /// <inheritdoc/>
    public override IEnumerable<DocumentationPage> Finish(IReadOnlyList<(RuleInput Input, DocumentedFile File)> files, List<Diagnostic> diagnostics) =>
        site.Write([.. files.Select(file => new SiteSource(file.Input.Below, file.File))], jobs, diagnostics).Select(made => new DocumentationPage(made.Path, made.Content));
}
