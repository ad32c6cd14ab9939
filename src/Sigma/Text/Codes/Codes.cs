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
    /// Gets whether a diagnostic says that a target cannot express a rule: nothing is wrong with the rule, and another target or
    /// format may have a query for it.
    /// </summary>
    /// <param name="code">The code.</param>
    public static bool IsRefusal(DiagnosticCode code) => code.Id == CannotSay.Id || code.Id == RegexNotExpressible.Id || code.Id == NoAggregation.Id;

    private static DiagnosticCode Error(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Error, message, hint, explanation);

    private static DiagnosticCode Warning(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Warning, message, hint, explanation);

    private static DiagnosticCode Info(string id, string message, string? hint, string explanation) =>
        Register(id, Severity.Info, message, hint, explanation);

    private static DiagnosticCode Register(string id, Severity severity, string message, string? hint, string explanation)
    {
        var code = new DiagnosticCode(id, severity, message, hint) { Explanation = explanation };
        Table.Entries.Add(code);
        return code;
    }

    /// <summary>A class of its own, so that the list exists before the first entry is added.</summary>
    private static class Table
    {
        public static readonly List<DiagnosticCode> Entries = [];
    }
}
