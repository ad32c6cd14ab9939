using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The events have a category of their own.</summary>
internal sealed class CategoryInstead : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1203", "specific_logsource", CheckGroup.LogSource, Severity.Info, "the events have a category of their own")
        {
            Hint = "use the category: it takes in other logs of the same events",
            Why = """
            A rule for event 1 of Sysmon finds nothing where processes are logged as event 4688. A rule for the category
            process_creation is fitted to both.
            """,
            Aliases = ["pysigma:specific_instead_of_generic_logsource"],
            Wrong = """
            logsource:
                product: windows
                service: sysmon
            detection:
                selection:
                    EventID: 1
                    Image|endswith: '\whoami.exe'
                condition: selection
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
        string service = rule.LogSource("service");
        if (!rule.IsRule || rule.LogSource("product") != "windows" || service is not ("sysmon" or "security") || rule.LogSource("category").Length > 0)
        {
            return;
        }

        foreach (YamlScalar value in rule.Items.Where(item => item.Field == "EventID").SelectMany(item => item.Values))
        {
            if (WindowsCategories.OfEvent(service, value.Value) is { } category)
            {
                report.Add(this, value.Span, $"event {value.Value} of {service} has the category {category}");
            }
        }
    }
}
