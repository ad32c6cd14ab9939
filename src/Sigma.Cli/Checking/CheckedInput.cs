using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>What was found in a file of the run.</summary>
/// <param name="Input">The file.</param>
/// <param name="Source">Its text.</param>
/// <param name="Findings">The findings by place.</param>
/// <param name="Rules">What is kept to compare rules of all files.</param>
/// <param name="Suppressions">The comments that suppress findings.</param>
internal sealed record CheckedInput(RuleInput Input, SourceText Source, IReadOnlyList<Finding> Findings, IReadOnlyList<RuleSummary> Rules, Suppressions? Suppressions)
{
    /// <summary>How many findings a comment says are meant.</summary>
    public int Suppressed { get; init; }

    /// <summary>Adds findings about rules of several files to the files that they are in.</summary>
    public static void AddFindings(List<CheckedInput> files, IEnumerable<Finding> findings)
    {
        ILookup<string, Finding> byPath = findings.ToLookup(finding => finding.Span.Source.Path, StringComparer.Ordinal);
        for (int i = 0; i < files.Count; i++)
        {
            CheckedInput one = files[i];
            Finding[] more = [.. byPath[one.Input.Path].Where(finding => one.Suppressions?.Take(finding) is not true)];
            if (more.Length > 0)
            {
                files[i] = one with { Findings = [.. one.Findings.Concat(more).OrderBy(finding => finding.Span.Start)] };
            }
        }
    }
}
