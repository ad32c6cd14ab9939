namespace Sigma.Checks.Tagging;

/// <summary>The tag does not have the form namespace.name.</summary>
internal sealed partial class TagForm : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1101", "tag_format", CheckGroup.Tags, Severity.Warning, "the tag does not have the form namespace.name")
        {
            Hint = "write small letters, digits, dashes and dots, with a namespace in front",
            Why = """
            Tags are compared as texts, so one in another form is found by nobody. The specification writes them in small letters,
            as attack.t1059.001. Names of D3FEND artifacts have capitals and are exempt.
            """,
            Aliases = ["pysigma:tag_format", "rsigma:invalid_tag"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - attack.discovery
                - attack.T1033
            """,
            Right = """
            tags:
                - attack.discovery
                - attack.t1033
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => !Form().IsMatch(tag.Value)))
        {
            string better = tag.Value.ToLowerInvariant();
            bool artifact = tag.Value.StartsWith("d3fend.d3f-", StringComparison.Ordinal);
            if (!artifact)
            {
                report.Add(
                    this, tag.Span, $"the tag '{tag.Value}' does not have the form namespace.name", fix: Form().IsMatch(better) ? Edits.Safe("write small letters", Edits.Value(tag, better)) : null,
                    refused: !tag.Value.Contains('.'));
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^[a-z0-9_-]+\.[a-z0-9._-]+\z")]
    private static partial System.Text.RegularExpressions.Regex Form();
}
