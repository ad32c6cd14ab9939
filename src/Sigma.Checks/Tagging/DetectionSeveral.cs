namespace Sigma.Checks.Tagging;

/// <summary>The rule has several kinds.</summary>
internal sealed class DetectionSeveral : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1118", "detection_several", CheckGroup.Tags, Severity.Warning, "the rule has several kinds")
        {
            Why = "A rule is for one of incident response, emerging threats and hunting; the kind decides in which folder it is.",
            Aliases = ["sigmahq:sigmahq_tags_unique_detection"],
            Wrong = """
            tags:
                - detection.dfir
                - detection.threat-hunting
            """,
            Right = """
            tags:
                - detection.dfir
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Texts("tags").Where(tag => tag.Value.StartsWith("detection.", StringComparison.Ordinal)).ToArray() is [_, var second, ..])
        {
            report.Add(this, second.Span);
        }
    }
}
