using Sigma.Text;

namespace Sigma;

/// <summary>A compiler or matcher cannot be made as it was asked for: there is no such target, format, option or pipeline, or one is broken.</summary>
public sealed class SetupException : Exception
{
    internal SetupException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Where(d => d.Severity is Severity.Error))) => Diagnostics = diagnostics;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
