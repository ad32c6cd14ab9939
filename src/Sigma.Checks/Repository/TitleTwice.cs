namespace Sigma.Checks.Repository;

/// <summary>Several rules have the same title.</summary>
internal sealed class TitleTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1902", "title_twice", CheckGroup.Consistency, Severity.Warning, "several rules have the same title")
        {
            Why = "In lists of alerts the rules cannot be told apart, and files that are named by titles replace each other.",
            Aliases = ["pysigma:duplicate_title"],
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        foreach (RuleSummary rule in Twins.Of(rules, rule => rule.Title?.Text))
        {
            report.Add(this, rule.Title!.Value.Span, $"the title is also that of {Twins.Other(rules, rule, one => one.Title?.Text)}");
        }
    }
}
