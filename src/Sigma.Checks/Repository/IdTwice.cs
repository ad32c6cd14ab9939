namespace Sigma.Checks.Repository;

/// <summary>Several rules have the same id.</summary>
internal sealed class IdTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1901", "id_twice", CheckGroup.Consistency, Severity.Error, "several rules have the same id")
        {
            Hint = "give the copy an id of its own",
            Why = "Whatever names a rule by its id finds only one of them. A rule that was made from a copy needs an id of its own.",
            Aliases = ["pysigma:identifier_uniqueness"],
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        foreach (RuleSummary rule in Twins.Of(rules, rule => rule.Id?.Text.ToLowerInvariant()))
        {
            report.Add(this, rule.Id!.Value.Span, $"the id is also that of {Twins.Other(rules, rule, one => one.Id?.Text.ToLowerInvariant())}");
        }
    }
}
