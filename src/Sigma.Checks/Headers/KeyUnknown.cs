namespace Sigma.Checks.Headers;

/// <summary>The specification does not have this attribute.</summary>
internal sealed class KeyUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1047", "key_unknown", CheckGroup.Metadata, Severity.Info, "the specification does not have this attribute")
        {
            Hint = "add it to 'custom-attributes' in the configuration if it is yours",
            Why = """
            The specification allows attributes of one's own, but most tools ignore them. Your own ones can be listed in the
            configuration.
            """,
            Aliases = ["sigmahq:sigmahq_unknown_field"],
            Wrong = "owner: soc",
            Right = "author: soc",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlEntry entry in rule.Root.Entries)
        {
            // A misspelt key is a finding of reading.
            if (rule.Document.Diagnostics.Any(finding => finding.Code == Codes.LooksMisspelt && finding.Span == entry.Key.Span))
            {
                continue;
            }

            if (!MetadataParser.Attributes.Contains(entry.Name) && entry.Name is not ("regression_tests_path" or "simulation") && !rule.Settings.Attributes.Contains(entry.Name))
            {
                report.Add(this, entry.Key.Span, $"the specification does not have the attribute '{entry.Name}'");
            }
        }
    }
}
