namespace Sigma.Checks.Headers;

/// <summary>The same related rule stands twice.</summary>
internal sealed class RelatedTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1043", "related_twice", CheckGroup.Style, Severity.Info, "the same related rule stands twice")
        {
            Why = "The second entry says nothing new.",
            Fix = FixKind.Safe,
            Wrong = """
            related:
                - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
                  type: similar
                - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
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
        var seen = new HashSet<(string, string)>();
        foreach (YamlMapping entry in (rule.Root["related"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (entry["id"] is YamlScalar id && entry["type"] is YamlScalar type && entry.Entries.Count == 2 && !seen.Add((id.Value.ToLowerInvariant(), type.Value)))
            {
                report.Add(this, id.Span, fix: Edits.Safe("drop it", Edits.RemoveLines(entry.Entries[0].Key.Span.To(entry.Entries[1].Value.Span))));
            }
        }
    }
}
