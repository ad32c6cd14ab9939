namespace Sigma.Checks.Sources;

/// <summary>'Source: Eventlog' says nothing about an event.</summary>
internal sealed class SourceEventlog : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1210", "source_eventlog", CheckGroup.LogSource, Severity.Info, "'Source: Eventlog' says nothing about an event")
        {
            Hint = "leave it out",
            Why = "In the public rules the field was left over from a tool that put it into every event. No log has it.",
            Wrong = """
            logsource:
                product: windows
                service: security
            detection:
                selection:
                    Source: Eventlog
                    EventID: 4624
                condition: selection
            """,
            Right = """
            logsource:
                product: windows
                service: security
            detection:
                selection:
                    EventID: 4624
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field == "Source" && item.Values.Any(value => value.Value.Equals("eventlog", StringComparison.OrdinalIgnoreCase))))
        {
            report.Add(this, item.FieldSpan);
        }
    }
}
