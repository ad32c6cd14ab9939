namespace Sigma.Checks.Detecting;

/// <summary>The same value stands twice in the list.</summary>
internal sealed class ValueTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1314", "duplicate_value", CheckGroup.Style, Severity.Warning, "the same value stands twice in the list")
        {
            Why = "Strings are compared case-insensitively, so the second value adds nothing. Often another one was meant.",
            Aliases = ["sigmahq:sigmahq_field_duplicate_value"],
            Fix = FixKind.Unsafe,
            Wrong = """
            detection:
                selection:
                    CommandLine|contains:
                        - whoami
                        - WhoAmI
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
        foreach (ItemText item in rule.Items.Where(item => item.Values.Count > 1))
        {
            bool cased = item.Has("base64") || item.Has("base64offset") || item.Has("re") || item.Has("cased");
            var seen = new HashSet<string>(cased ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
            foreach (YamlScalar value in item.Values.Where(value => !seen.Add(value.Value)))
            {
                report.Add(this, value.Span, $"'{value.Value}' stands twice in the list", fix: Edits.RemoveItem(value.Span) is { } edit ? Edits.Unsafe("drop it", edit) : null);
            }
        }
    }
}
