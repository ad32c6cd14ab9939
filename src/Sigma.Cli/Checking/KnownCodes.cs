using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>All codes that the program may print: those of its stages, and those of checks.</summary>
internal static class KnownCodes
{
    /// <summary>The project on the web.</summary>
    public const string Project = "https://github.com/sigmac/sigmac";

    /// <summary>The codes, sorted.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [.. Codes.All.Concat(CheckCatalog.Own.Select(check => check.Info.Diagnostic)).OrderBy(code => code.Id, StringComparer.Ordinal)];

    /// <summary>Where a code is explained: a page of the project, and the place on it.</summary>
    /// <param name="id">The code.</param>
    public static string PathOf(string id) => CheckCatalog.Find(id) is { } check ? CheckPage.PathOf(check) : $"docs/diagnostics.md#{id.ToLowerInvariant()}";

    /// <summary>Where a code is explained on the web.</summary>
    /// <param name="id">The code.</param>
    public static string AddressOf(string id) => $"{Project}/blob/main/{PathOf(id)}";
}
