namespace Sigma.Checks.Linking;

/// <summary>Nothing of the correlation uses the alias.</summary>
internal sealed class AliasUnused : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1506", "alias_unused", CheckGroup.Correlations, Severity.Warning, "nothing of the correlation uses the alias")
        {
            Hint = "group by it, or remove it",
            Why = """
            An alias gives one name to fields that rules call differently. It has an effect only if 'group-by' or the condition
            uses it.
            """,
            Wrong = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                aliases:
                    who:
                        whoami: User
                group-by:
                    - Computer
                timespan: 5m
                condition:
                    gte: 10
            """,
            Right = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                aliases:
                    who:
                        whoami: User
                group-by:
                    - who
                timespan: 5m
                condition:
                    gte: 10
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Document.Document is SigmaCorrelation correlation)
        {
            foreach (FieldAlias alias in correlation.Aliases.Where(alias => !correlation.Correlation.GroupBy.Contains(alias.Name) && !correlation.Correlation.Fields.Contains(alias.Name)))
            {
                report.Add(this, alias.Span, $"nothing uses the alias '{alias.Name}'");
            }
        }
    }
}
