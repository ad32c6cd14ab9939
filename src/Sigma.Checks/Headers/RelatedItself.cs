namespace Sigma.Checks.Headers;

/// <summary>The rule is related to itself.</summary>
internal sealed class RelatedItself : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1044", "related_itself", CheckGroup.Metadata, Severity.Warning, "the rule is related to itself")
        {
            Why = """
            A rule has no relation to itself. Often the id of the other rule was to be pasted, or a copied rule got no id of its
            own.
            """,
            Wrong = """
            related:
                - id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
                  type: derived
            """,
            Right = """
            related:
                - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
                  type: derived
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlMapping entry in (rule.Root["related"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (entry["id"] is YamlScalar id && rule.Text("id") is { } own && id.Value.Equals(own.Value, StringComparison.OrdinalIgnoreCase))
            {
                report.Add(this, id.Span);
            }
        }
    }
}
