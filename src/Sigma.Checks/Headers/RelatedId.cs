namespace Sigma.Checks.Headers;

/// <summary>The id of a related rule is no UUID.</summary>
internal sealed class RelatedId : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1042", "related_id", CheckGroup.Metadata, Severity.Error, "the id of a related rule is no UUID")
        {
            Why = "Related rules are named by their ids. A title or a name leads nowhere.",
            Aliases = ["rsigma:invalid_related_id"],
            Wrong = """
            related:
                - id: whoami
                  type: similar
            """,
            Right = """
            related:
                - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
                  type: similar
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlMapping entry in (rule.Root["related"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (entry["id"] is YamlScalar id && !Guid.TryParse(id.Value, out _))
            {
                report.Add(this, id.Span, $"'{id.Value}' is no UUID", refused: true);
            }
        }
    }
}
