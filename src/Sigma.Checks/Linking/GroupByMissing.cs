namespace Sigma.Checks.Linking;

/// <summary>The correlation has no 'group-by'.</summary>
internal sealed class GroupByMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1502", "group_by_missing", CheckGroup.Correlations, Severity.Info, "the correlation has no 'group-by'")
        {
            Hint = "add the fields that belong together, such as the account or the computer",
            Why = "Without 'group-by' all events of all computers and accounts are counted together, so a busy hour looks like an attack.",
            Aliases = ["sigmahq:sigmahq_correlation_group_by_existence", "rsigma:missing_group_by"],
            Wrong = CorrelationExamples.Rule + """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                timespan: 5m
                condition:
                    gte: 10
            """,
            Right = CorrelationExamples.Often,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["correlation"] is YamlMapping body)
        {
            YamlNode? group = body["group-by"];
            if (group is null or YamlSequence { Items.Count: 0 } || (group is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Null))
            {
                report.Add(this, rule.Root.Find("correlation")!.Value.Key.Span, aliases: group is null ? null : ["sigmahq:sigmahq_correlation_group_by_existence"]);
            }
        }
    }
}
