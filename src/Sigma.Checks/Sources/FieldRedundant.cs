using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The log source already says what the field must be.</summary>
internal sealed class FieldRedundant : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1207", "redundant_field", CheckGroup.LogSource, Severity.Info, "the log source already says what the field must be")
        {
            Hint = "leave the field out",
            Why = """
            Pipelines add the channel and the number of the event for the category, in the names of the target. With the field in
            the rule, other logs of the same category are not found.
            """,
            Aliases = ["sigmahq:sigmahq_redundant_field"],
            Wrong = """
            logsource:
                category: dns_query
                product: windows
            detection:
                selection:
                    EventID: 22
                    QueryName: example.org
                condition: selection
            """,
            Right = """
            logsource:
                category: dns_query
                product: windows
            detection:
                selection:
                    QueryName: example.org
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && LogSourceTable.Of(rule) is { Fixed.Count: > 0 } source)
        {
            foreach (ItemText item in rule.Items.Where(item => source.Fixed.Contains(item.Field)))
            {
                report.Add(this, item.FieldSpan, $"the log source already says what '{item.Field}' is");
            }
        }
    }
}
