using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The events are only there if they are configured, and the rule does not say so.</summary>
internal sealed class DefinitionMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1211", "definition_missing", CheckGroup.LogSource, Severity.Info, "the events are only there if they are configured, and the rule does not say so")
        {
            Why = "Some logs are empty until a policy or a setting is changed. The key 'definition' tells the one who installs the rule.",
            Fix = FixKind.Safe,
            IsDefault = false,
            Wrong = """
            logsource:
                category: file_access
                product: windows
            detection:
                selection:
                    FileName: a
                condition: selection
            """,
            Right = """
            logsource:
                category: file_access
                product: windows
                definition: 'Requirements: Microsoft-Windows-Kernel-File ETW provider'
            detection:
                selection:
                    FileName: a
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && rule.LogSource("definition").Length == 0 && LogSourceTable.Of(rule) is { Definition.Length: > 0 } source
            && rule.Root["logsource"] is YamlMapping { Entries: [.., { Value: YamlScalar last } entry] })
        {
            YamlNode logSource = rule.Root["logsource"]!;
            string definition = $"definition: '{source.Definition.Replace("'", "''", StringComparison.Ordinal)}'";
            TextEdit added = Edits.IsInBrackets(logSource) ? new TextEdit(last.Span.End, 0, ", " + definition) : Edits.LineAfter(last.Span, Edits.IndentOf(entry.Key.Span) + definition);
            report.Add(this, logSource.Span, null, source.Definition, Edits.Safe("add it", added));
        }
    }
}
