namespace Sigma.Checks.Repository;

/// <summary>A rule has a higher level than the correlation that counts it.</summary>
internal sealed class BaseRuleLevel : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1908", "base_rule_level", CheckGroup.Correlations, Severity.Info, "a rule has a higher level than the correlation that counts it")
        {
            Hint = "give the correlation the higher level",
            Why = """
            A correlation makes more of its rules: the same events, more often or together. If one event alone weighs more than
            many, one of the levels is wrong.
            """,
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        var references = new RuleReferences(rules);
        foreach (RuleSummary correlation in rules.Where(rule => rule.Level is not null))
        {
            foreach ((string name, Span span) in correlation.Counted)
            {
                RuleSummary? counted = references.Find(name);
                if (counted?.Level > correlation.Level)
                {
                    report.Add(this, span, $"'{name}' has the level {counted.Level.ToString()!.ToLowerInvariant()}, the correlation {correlation.Level.ToString()!.ToLowerInvariant()}");
                }
            }
        }
    }
}
