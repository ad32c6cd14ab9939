using Sigma.Checks;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>All codes that the program may print: those of its stages, and those of checks.</summary>
internal static class KnownCodes
{
    /// <summary>The codes, sorted.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [.. Codes.All.Concat(CheckCatalog.Own.Select(check => check.Info.Diagnostic)).OrderBy(code => code.Id, StringComparer.Ordinal)];
}
