namespace Sigma.Checks.Detecting;

/// <summary>The name of the field has a blank.</summary>
internal sealed class FieldBlank : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1301", "field_blank", CheckGroup.Correctness, Severity.Warning, "the name of the field has a blank")
        {
            Hint = "write the name as the log writes it",
            Why = """
            Hardly any log has fields with blanks in their names. Often the name that a viewer shows was written instead of that
            of the field.
            """,
            Aliases = ["sigmahq:sigmahq_space_field_name"],
            Wrong = """
            detection:
                selection:
                    'Command Line|contains': whoami
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
        foreach (ItemText item in rule.Items.Where(item => item.Field.Contains(' ')))
        {
            report.Add(this, item.FieldSpan, $"the name of the field '{item.Field}' has a blank");
        }
    }
}
