using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The category implies the event.</summary>
internal sealed class CategoryWithEvent : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1205", "category_event_id", CheckGroup.LogSource, Severity.Info, "the category implies the event")
        {
            Hint = "leave EventID out: other logs of the category have other numbers",
            Why = """
            The category stands for events of several logs, each with its own number. With a number in the rule, only one of them
            is found.
            """,
            Aliases = ["sigmahq:sigmahq_category_event_id"],
            Wrong = """
            detection:
                selection:
                    EventID: 1
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.LogSource("product") == "windows" && WindowsCategories.ImpliesEvent(rule.LogSource("category")))
        {
            foreach (ItemText item in rule.Items.Where(item => item.Field == "EventID"))
            {
                report.Add(this, item.FieldSpan, $"the category {rule.LogSource("category")} implies the event");
            }
        }
    }
}
