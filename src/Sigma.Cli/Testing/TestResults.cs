using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule with the results of its cases.</summary>
/// <param name="Planned">The rule and its cases.</param>
/// <param name="Results">A result for each case.</param>
/// <param name="Errors">What is wrong with the rule itself.</param>
internal sealed record TestedRule(PlannedRule Planned, IReadOnlyList<CaseResult> Results, IReadOnlyList<Diagnostic> Errors)
{
    /// <summary>What the rule is called.</summary>
    public string Title => Planned.Document.Metadata.Title is { Length: > 0 } title ? title : Planned.Document.Metadata.Name ?? Planned.Input.Path;
}

/// <summary>The results of a run.</summary>
/// <param name="requireTests">Whether a rule without a case fails.</param>
/// <param name="broken">What is wrong with files of cases.</param>
internal sealed class TestResults(bool requireTests, IReadOnlyList<Diagnostic> broken)
{
    private readonly List<TestedRule> rules = [];

    /// <summary>The rules in the order of their files.</summary>
    public IReadOnlyList<TestedRule> Rules => rules;

    /// <summary>Whether a rule without a case fails.</summary>
    public bool RequireTests => requireTests;

    /// <summary>What is wrong with files of cases.</summary>
    public IReadOnlyList<Diagnostic> Broken => broken;

    /// <summary>Whether anything failed.</summary>
    public bool Failed => Failures > 0 || broken.Any(diagnostic => diagnostic.Severity is Severity.Error) || (requireTests && Untested > 0);

    /// <summary>The last line of a run.</summary>
    public string Summary
    {
        get
        {
            int cases = rules.Sum(rule => rule.Results.Count);
            string untested = Untested > 0 ? $", {Untested} without cases" : "";
            string bad = broken.Count > 0 ? $", {Pluralizer.Count(broken.Count, "mistake")} in case files" : "";
            return $"sigmac: {Pluralizer.Count(rules.Count, "rule")}{untested}; {Pluralizer.Count(cases, "case")}, {cases - Failures} passed, {Failures} failed{bad}";
        }
    }

    private int Failures => rules.Sum(rule => rule.Results.Count(result => !result.Passed));

    private int Untested => rules.Count(rule => rule.Results.Count == 0);

    /// <summary>Adds a rule.</summary>
    public void Add(TestedRule rule) => rules.Add(rule);

}
