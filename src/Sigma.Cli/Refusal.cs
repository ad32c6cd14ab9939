using Sigma.Text;

namespace Sigma.Cli;

/// <summary>What a target cannot express, under <c>--skip-unsupported</c>.</summary>
internal static class Refusal
{
    /// <summary>What does not fail the run is not called an error.</summary>
    public static Diagnostic AsWarning(Diagnostic finding) =>
        finding.Code.IsRefusal ? finding with { Code = finding.Code with { Severity = Severity.Warning } } : finding;
}
