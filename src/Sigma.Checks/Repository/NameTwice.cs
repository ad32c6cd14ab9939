namespace Sigma.Checks.Repository;

/// <summary>Several rules have the same name.</summary>
internal sealed class NameTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1905", "name_twice", CheckGroup.Consistency, Severity.Error, "several rules have the same name")
        {
            Hint = "a correlation counts only one of them",
            Why = "Correlations and filters refer to rules by their names. Of two rules with one name a correlation counts the first, and a filter applies to both.",
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        foreach (RuleSummary rule in Twins.Of(rules, rule => rule.Name?.Text))
        {
            report.Add(this, rule.Name!.Value.Span, $"the name is also that of {Twins.Other(rules, rule, one => one.Name?.Text)}");
        }
    }
}
