using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>What there is to know of the code of a message: what <c>sigmac explain</c> prints.</summary>
/// <param name="Code">The code, with its message and hint in general.</param>
/// <param name="Explanation">Why it is reported, in a few sentences.</param>
/// <param name="Address">Where on the web it is explained; null if nowhere.</param>
internal sealed record CodePage(DiagnosticCode Code, string Explanation, string? Address)
{
    /// <summary>The name of the check that reports it; null for a code that no check has.</summary>
    public string? Name { get; init; }

    /// <summary>The group of the check; null for a code that no check has.</summary>
    public string? Group { get; init; }

    /// <summary>Examples that have the mistake, and the same without it.</summary>
    public ImmutableArray<CodeExample> Examples { get; init; } = [];

    /// <summary>Facts with their names: how it is corrected, and what other tools call it.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];
}

/// <summary>An example of a code's page.</summary>
/// <param name="Heading">What it is: <c>Wrong</c> or <c>Right</c>.</param>
/// <param name="Path">The file that has it, where names of files matter; null elsewhere.</param>
/// <param name="Text">The example.</param>
internal sealed record CodeExample(string Heading, string? Path, string Text);
