namespace Sigma.Text;

/// <summary>
/// Every kind of diagnostic, one entry each: code, message, hint and explanation. Codes are stable and never reused. The
/// entries are in the files beside this one, by group; <c>sigmac explain</c> and docs/diagnostics.md show them, and each has a
/// fixture under tests/Sigma.Tests/Errors. The factories in <see cref="Diagnostic"/> fill them in.
/// <list type="bullet">
/// <item>SIG01xx reading files and YAML</item>
/// <item>SIG02xx rules, detections, correlations and filters</item>
/// <item>SIG03xx conditions</item>
/// <item>SIG04xx pipelines</item>
/// <item>SIG05xx backends</item>
/// <item>SIG06xx what a target cannot express</item>
/// <item>SIG07xx the command line and output</item>
/// <item>SIG08xx samples and tests of rules, and rules evaluated on events</item>
/// <item>SIG09xx documentation, configuration files and coverage</item>
/// </list>
/// </summary>
internal static partial class Codes
{
    private static DiagnosticCode[]? sorted;

    /// <summary>Gets all codes, sorted by code.</summary>
    /// <remarks>Sorted when asked for: the files' fields are initialized in no defined order, and this must come after them.</remarks>
    public static IReadOnlyList<DiagnosticCode> All => sorted ??= [.. Table.Entries.OrderBy(code => code.Id, StringComparer.Ordinal)];

    /// <summary>Finds a code.</summary>
    /// <param name="id">The code, such as <c>SIG0212</c>, in any letter case.</param>
    /// <returns>Null when there is none.</returns>
    public static DiagnosticCode? Find(string id) => All.FirstOrDefault(code => code.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Registers an error for a rule that the target, or a pipeline made for it, has no query for: nothing is wrong with the rule,
    /// and another target, format or pipeline may have one.
    /// </summary>
    private static DiagnosticCode Refusal(string id, string message, string? hint, string explanation) =>
        Register(new DiagnosticCode(id, Severity.Error, message, hint) { Explanation = explanation, IsRefusal = true });

    private static DiagnosticCode Error(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Error, message, hint, explanation);

    private static DiagnosticCode Warning(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Warning, message, hint, explanation);

    private static DiagnosticCode Info(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Info, message, hint, explanation);

    private static DiagnosticCode Register(string id, Severity severity, string message, string? hint, string explanation) =>
        Register(new DiagnosticCode(id, severity, message, hint) { Explanation = explanation });

    private static DiagnosticCode Register(DiagnosticCode code)
    {
        Table.Entries.Add(code);
        return code;
    }

    /// <summary>A class of its own, so that the list exists before the first entry is added.</summary>
    private static class Table
    {
        public static readonly List<DiagnosticCode> Entries = [];
    }
}
