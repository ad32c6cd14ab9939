namespace Sigma.Checks.Headers;

/// <summary>The key looks like another one.</summary>
internal sealed class KeyMistaken : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1046", "key_mistaken", CheckGroup.Metadata, Severity.Warning, "the key looks like another one")
        {
            Why = "A misspelt key is read as an attribute of the author's own, so what stands below it has no effect.",
            Aliases = ["pysigma:custom_attributes"],
            Fix = FixKind.Unsafe,
            Restates = Codes.LooksMisspelt.Id,
            Wrong = """
            # without references
            reference:
                - https://example.org/whoami
            """,
            Right = """
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlEntry entry in rule.Root.Entries)
        {
            string? meant = entry.Name switch
            {
                "realted" or "relatde" or "relted" or "rlated" => "related",
                "reference" => "references",
                _ => null,
            };
            if (meant is not null)
            {
                bool free = rule.Root[meant] is null;
                report.Add(this, entry.Key.Span, $"'{entry.Name}' looks like '{meant}'", fix: free ? Edits.Unsafe($"rename it to '{meant}'", Edits.Replace(entry.Key.Span, meant)) : null);
            }
        }
    }
}
