using Sigma.Text;

namespace Sigma;

/// <summary>Thrown if a compiler or matcher cannot be created: a target, format, option or pipeline does not exist or is broken.</summary>
public sealed class SetupException : Exception
{
    internal SetupException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Where(d => d.Severity is Severity.Error))) => Diagnostics = diagnostics;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
