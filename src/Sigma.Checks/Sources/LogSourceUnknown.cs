using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The public rules have no such log source.</summary>
internal sealed class LogSourceUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1201", "logsource_unknown", CheckGroup.LogSource, Severity.Info, "the public rules have no such log source")
        {
            Hint = "add it to 'log-sources' in the configuration if it is yours",
            Why = """
            Pipelines choose tables and fields by the log source. One that they do not know is searched for everywhere, or
            nowhere. The program carries the list of the public rules of December 2025.
            """,
            Aliases = ["sigmahq:sigmahq_logsource_unknown"],
            Wrong = """
            logsource:
                category: proccess_creation
                product: windows
            """,
            Right = """
            logsource:
                category: process_creation
                product: windows
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.Root["logsource"] is YamlMapping source && LogSourceTable.Of(rule) is null)
        {
            string shown = $"{rule.LogSource("product")}/{rule.LogSource("category")}/{rule.LogSource("service")}";
            if (!rule.Settings.LogSources.Contains(shown))
            {
                report.Add(this, source.Entries.Count > 0 ? source.Span : rule.Place, $"the public rules have no log source {shown.Trim('/')}");
            }
        }
    }
}
