namespace Sigma.Checks.Sources;

/// <summary>The rule is for all events of Sysmon.</summary>
internal sealed class SysmonWithoutEvent : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1204", "sysmon_without_event", CheckGroup.LogSource, Severity.Warning, "the rule is for all events of Sysmon")
        {
            Hint = "add EventID, or use a category",
            Why = """
            Sysmon writes about thirty kinds of events. A rule that names none compares its fields with all of them, which costs
            time and finds other things than processes.
            """,
            Aliases = ["sigmahq:sigmahq_sysmon_missing_eventid"],
            Wrong = """
            logsource:
                product: windows
                service: sysmon
            """,
            Right = """
            logsource:
                product: windows
                category: process_creation
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.LogSource("service") == "sysmon" && rule.Detections is not null && !rule.Items.Any(item => item.Field == "EventID"))
        {
            report.Add(this, ((YamlMapping)rule.Root["logsource"]!)["service"]!.Span);
        }
    }
}
