namespace Sigma.Checks.Headers;

/// <summary>The same entry stands twice.</summary>
internal sealed class EntryTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1041", "duplicate_entries", CheckGroup.Style, Severity.Info, "the same entry stands twice")
        {
            Why = "The second entry of a list says nothing new. In 'fields' the schema of rules forbids it.",
            Aliases = ["rsigma:duplicate_fields"],
            Fix = FixKind.Safe,
            Wrong = """
            fields:
                - CommandLine
                - CommandLine
            """,
            Right = """
            fields:
                - CommandLine
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (string key in (string[])["fields", "falsepositives", "scope"])
        {
            foreach (YamlScalar twice in Repeated.Among(rule.Texts(key)))
            {
                report.Add(this, twice.Span, $"'{twice.Value}' stands twice in '{key}'", fix: Edits.Safe("drop it", Edits.RemoveItem(twice.Span)), aliases: key == "fields" ? null : []);
            }
        }
    }
}
