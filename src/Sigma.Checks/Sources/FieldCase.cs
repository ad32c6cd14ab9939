using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The field is written with other capital letters in this log source.</summary>
internal sealed class FieldCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1208", "field_case", CheckGroup.LogSource, Severity.Warning, "the field is written with other capital letters in this log source")
        {
            Why = """
            Most systems compare the names of fields letter by letter, and pipelines do as well, so the field is not mapped and
            matches nothing.
            """,
            Aliases = ["sigmahq:sigmahq_fieldname_cast"],
            Wrong = """
            detection:
                selection:
                    commandline|contains: whoami
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: whoami
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (!rule.IsRule || LogSourceTable.Of(rule) is not { Fields.Count: > 0 } source)
        {
            return;
        }

        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && !source.Fields.Contains(item.Field)))
        {
            if (source.Folded.TryGetValue(item.Field, out string? meant))
            {
                report.Add(this, item.FieldSpan, $"the field '{item.Field}' is written '{meant}' in this log source");
            }
        }
    }
}
