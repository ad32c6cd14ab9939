namespace Sigma.Checks.Headers;

/// <summary>The key has capital letters.</summary>
internal sealed class KeyCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1048", "key_case", CheckGroup.Metadata, Severity.Warning, "the key has capital letters")
        {
            Why = "Keys are compared letter by letter, so 'Level' is not 'level' and has no effect.",
            Aliases = ["rsigma:non_lowercase_key"],
            Fix = FixKind.Unsafe,
            Restates = Codes.LooksMisspelt.Id,
            Wrong = """
            # without level
            Level: high
            """,
            Right = "level: high",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlEntry entry in rule.Root.Entries.Where(entry => entry.Name.Any(char.IsUpper)))
        {
            string meant = entry.Name.ToLowerInvariant();
            bool known = MetadataParser.Attributes.Contains(meant) && rule.Root[meant] is null;
            report.Add(this, entry.Key.Span, $"the key '{entry.Name}' has capital letters", fix: known ? Edits.Unsafe($"rename it to '{meant}'", Edits.Replace(entry.Key.Span, meant)) : null);
        }
    }
}
