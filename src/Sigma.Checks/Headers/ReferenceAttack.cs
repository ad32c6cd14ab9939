namespace Sigma.Checks.Headers;

/// <summary>The reference is a page of ATT&amp;CK.</summary>
internal sealed class ReferenceAttack : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1034", "reference_attack", CheckGroup.Style, Severity.Info, "the reference is a page of ATT&CK")
        {
            Hint = "write it as a tag",
            Why = "Tags name techniques in a form that tools count and link. A reference says the same again, for people only.",
            Aliases = ["sigmahq:sigmahq_mitre_link"],
            Fix = FixKind.Safe,
            Wrong = """
            references:
                - https://example.org/whoami
                - https://attack.mitre.org/techniques/T1033/
            """,
            Right = """
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        IReadOnlyList<YamlScalar> all = rule.Texts("references");
        foreach (YamlScalar reference in all.Where(reference => reference.Value.StartsWith("https://attack.mitre.org/", StringComparison.Ordinal)))
        {
            string[] parts = reference.Value.Split('/', StringSplitOptions.RemoveEmptyEntries);
            string? tag = parts is [_, _, "techniques", .. var id] ? "attack." + string.Join('.', id).ToLowerInvariant() : null;
            bool tagged = tag is not null && rule.Texts("tags").Any(known => known.Value.Equals(tag, StringComparison.OrdinalIgnoreCase));
            YamlScalar? last = rule.Root["tags"] is YamlSequence { Items: [.., YamlScalar item] } ? item : null;
            TextEdit? added = tagged || last is null || tag is null ? null : Edits.ItemsAfter(rule.Root["tags"], last, tag);
            Fix? fix = tag is null || all.Count < 2 ? null
                : tagged ? Edits.Safe("drop it", Edits.RemoveItem(reference.Span))
                : Edits.Safe("make it a tag", [Edits.RemoveItem(reference.Span), added]);
            report.Add(this, reference.Span, fix: fix);
        }
    }
}
