using Sigma.Documentation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A file of the documentation.</summary>
/// <param name="Name">Its path below the output folder, with slashes.</param>
/// <param name="Content">Its content.</param>
internal sealed record DocumentationPage(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Writes documentation in one form.</summary>
internal abstract class DocumentationWriter
{
    /// <summary>Whether <see cref="Finish"/> needs the rules of all files, so that they are kept until then.</summary>
    public virtual bool NeedsAll => false;

    /// <summary>Writes the documentation of one rule file. Several files are processed in parallel.</summary>
    /// <param name="input">The rule file.</param>
    /// <param name="file">Its rules.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public abstract IReadOnlyList<DocumentationPage> Render(RuleInput input, DocumentedFile file, List<Diagnostic> diagnostics);

    /// <summary>Makes what only all files together have: an overview, links among rules.</summary>
    /// <param name="files">All files in the order of their paths; empty unless <see cref="NeedsAll"/>.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public virtual IEnumerable<DocumentationPage> Finish(IReadOnlyList<(RuleInput Input, DocumentedFile File)> files, List<Diagnostic> diagnostics) => [];
}
