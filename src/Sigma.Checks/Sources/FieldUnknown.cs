using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The events of this log source have no such field.</summary>
internal sealed class FieldUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1209", "field_unknown", CheckGroup.LogSource, Severity.Info, "the events of this log source have no such field")
        {
            Hint = "add it to 'custom-fields' in the configuration if it is yours",
            Why = """
            A field that no event has matches nothing. The program carries the fields of the public rules by log source; your own
            can be listed in the configuration.
            """,
            Aliases = ["sigmahq:sigmahq_invalid_fieldname"],
            Wrong = """
            detection:
                selection:
                    ProcessCommand|contains: whoami
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

        string product = rule.LogSource("product");
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && !source.Folded.ContainsKey(item.Field) && !rule.Settings.Fields.Contains(item.Field)))
        {
            string[] elsewhere = [.. LogSourceTable.With(product, item.Field).Take(3)];
            report.Add(
                this, item.FieldSpan, $"the events of this log source have no field '{item.Field}'",
                Suggestion.For(item.Field, source.Fields) ?? (elsewhere.Length > 0 ? $"those of {string.Join(", ", elsewhere)} have it" : null));
        }
    }
}
