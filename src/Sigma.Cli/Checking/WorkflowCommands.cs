using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes findings as commands of GitHub workflows, the worst first: only the first ten of a weight are shown beside the lines.</summary>
internal static class WorkflowCommands
{
    /// <summary>Writes a line for each finding.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            string kind = finding.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "notice",
            };
            (int line, int column, int endLine, int endColumn) = FindingFormats.PlaceOf(finding.Span);
            output.WriteLine(
                $"::{kind} file={Property(FindingFormats.PathOf(finding))},line={line},endLine={endLine},col={column},endColumn={endColumn},title={Property(finding.Info.Code)}::{Message(FindingFormats.Sentence(finding))}");
        }
    }

    /// <summary>The log of a run is shown in a terminal, too, so what steers one is written visibly.</summary>
    private static string Message(string text) =>
        DiagnosticWriter.Visible(text).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) => Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
