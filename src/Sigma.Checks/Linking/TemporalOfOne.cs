namespace Sigma.Checks.Linking;

/// <summary>A correlation in time counts fewer than two rules.</summary>
internal sealed class TemporalOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1501", "temporal_rules", CheckGroup.Correlations, Severity.Warning, "a correlation in time counts fewer than two rules")
        {
            Hint = "name two rules or more, or count events with event_count",
            Why = """
            Types 'temporal' and 'temporal_ordered' fire when all of several rules match. With one rule they fire on each event of
            it.
            """,
            Aliases = ["sigmahq:sigmahq_correlation_rules_minimum"],
            Wrong = """
            title: Whoami
            id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
            name: whoami
            logsource:
                product: windows
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            ---
            title: Whoami and more
            correlation:
                type: temporal
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
            """,
            Right = """
            title: Whoami
            id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
            name: whoami
            logsource:
                product: windows
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            ---
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
                condition:
                    gte: 10
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["correlation"] is YamlMapping body && (body["type"] as YamlScalar)?.Value is "temporal" or "temporal_ordered" && body["rules"] is { } rules
            && (rules is YamlSequence list ? list.Items.Count : 1) < 2)
        {
            report.Add(this, rules.Span);
        }
    }
}
