namespace Sigma.Checks.Linking;

/// <summary>The same rule stands twice in the correlation.</summary>
internal sealed class RuleTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1503", "rule_twice", CheckGroup.Correlations, Severity.Warning, "the same rule stands twice in the correlation")
        {
            Why = """
            A rule that is named twice, or once by its name and once by its id, is counted once, or matches twice by the same event.
            Often another rule was meant.
            """,
            Wrong = CorrelationExamples.Rule + """
            title: Whoami and whoami
            correlation:
                type: temporal
                rules:
                    - whoami
                    - whoami
                group-by:
                    - User
                timespan: 5m
            """,
            Right = CorrelationExamples.Often,
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        var references = new RuleReferences(rules);
        foreach (RuleSummary correlation in rules.Where(rule => rule.Counted.Count > 1))
        {
            var texts = new HashSet<string>(StringComparer.Ordinal);
            var found = new Dictionary<RuleSummary, string>(ReferenceEqualityComparer.Instance);
            foreach ((string name, Span span) in correlation.Counted)
            {
                RuleSummary? counted = references.Find(name);
                if (!texts.Add(name))
                {
                    report.Add(this, span, $"the rule '{name}' stands twice");
                }
                else if (counted is not null && !found.TryAdd(counted, name))
                {
                    report.Add(this, span, $"'{name}' is the rule '{found[counted]}', which stands twice");
                }
            }
        }
    }
}
