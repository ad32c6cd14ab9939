namespace Sigma.Checks.Tagging;

/// <summary>The same tag stands twice.</summary>
internal sealed class TagTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1102", "duplicate_tag", CheckGroup.Tags, Severity.Info, "the same tag stands twice")
    {
        Why = "The second one says nothing new, and is counted twice by some tools.",
        Aliases = ["pysigma:duplicate_tag", "rsigma:duplicate_tags"],
        Fix = FixKind.Safe,
        Wrong = """
            tags:
                - attack.discovery
                - attack.t1033
                - attack.t1033
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
        foreach (YamlScalar twice in Repeated.Among(rule.Texts("tags")))
        {
            report.Add(this, twice.Span, $"the tag '{twice.Value}' stands twice", fix: Edits.Safe("drop it", Edits.RemoveItem(twice.Span)));
        }
    }
}
