namespace Sigma.Checks.Sources;

/// <summary>A value of the log source has other characters than small letters, digits, dashes, dots and underscores.</summary>
internal sealed class LogSourceCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1202", "logsource_case", CheckGroup.LogSource, Severity.Warning, "a value of the log source has other characters than small letters, digits, dashes, dots and underscores")
        {
            Hint = "pipelines compare it letter by letter",
            Why = """
            Pipelines and filters compare log sources letter by letter, so 'Windows' is not 'windows', and the rule stays without
            the fields and tables of its target. A correction is not offered: it changes which pipelines apply.
            """,
            Aliases = ["rsigma:logsource_value_not_lowercase"],
            Wrong = """
            logsource:
                category: process_creation
                product: Windows
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
        foreach (YamlEntry entry in (rule.Root["logsource"] as YamlMapping)?.Entries ?? [])
        {
            if (entry.Name is "category" or "product" or "service" && entry.Value is YamlScalar scalar && scalar.Value.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_.-"))
            {
                report.Add(this, scalar.Span, $"the {entry.Name} '{scalar.Value}' has other characters than small letters, digits, dashes, dots and underscores");
            }
        }
    }
}
