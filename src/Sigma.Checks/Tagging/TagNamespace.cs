namespace Sigma.Checks.Tagging;

/// <summary>The namespace of the tag is not one of the specification.</summary>
internal sealed class TagNamespace : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1103", "tag_namespace", CheckGroup.Tags, Severity.Warning, "the namespace of the tag is not one of the specification")
        {
            Hint = "use attack, car, cve, d3fend, detection, stp or tlp, or list yours under 'tag-namespaces' in the configuration",
            Why = """
            A misspelt namespace hides a tag from everyone who looks for it. Your own namespaces can be listed in the
            configuration.
            """,
            Aliases = ["pysigma:namespace_tag", "rsigma:unknown_tag_namespace"],
            Wrong = """
            tags:
                - attack.discovery
                - atack.t1033
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
        foreach (YamlScalar tag in rule.Texts("tags"))
        {
            string name = tag.Value.Split('.')[0];
            if (tag.Value.Contains('.') && !Known.Contains(name.ToLowerInvariant()) && !rule.Settings.TagNamespaces.Contains(name))
            {
                report.Add(this, tag.SpanOf(0, name.Length), $"no namespace '{name}'", Suggestion.For(name, Known));
            }
        }
    }

    private static readonly string[] Known = ["attack", "car", "cve", "d3fend", "detection", "stp", "tlp"];
}
