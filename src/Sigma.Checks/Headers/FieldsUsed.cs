namespace Sigma.Checks.Headers;

/// <summary>The rule has a list of fields.</summary>
internal sealed class FieldsUsed : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1040", "fields_used", CheckGroup.Metadata, Severity.Info, "the rule has a list of fields")
        {
            Why = """
            The public rules have no lists of fields any more, since most tools ignore them. sigmac puts these fields into queries
            that show columns.
            """,
            Aliases = ["sigmahq:sigmahq_fields_existence"],
            Fix = FixKind.Unsafe,
            IsDefault = false,
            Wrong = """
            fields:
                - CommandLine
            """,
            Right = "# without fields",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root.Find("fields") is { } fields)
        {
            report.Add(this, fields.Key.Span, fix: Edits.Unsafe("drop it", Edits.RemoveLines(fields.Key.Span.To(fields.Value.Span))));
        }
    }
}
