namespace Sigma.Checks.Tagging;

/// <summary>The tag of the kind of rule is not one of the specification.</summary>
internal sealed class DetectionKind : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1111", "detection_tag", CheckGroup.Tags, Severity.Warning, "the tag of the kind of rule is not one of the specification")
        {
            Hint = "use detection.dfir, detection.emerging-threats or detection.threat-hunting",
            Why = "Tags of the namespace 'detection' say what a rule is for; the specification has three.",
            Aliases = ["pysigma:detection_tag"],
            Wrong = """
            tags:
                - detection.hunting
            """,
            Right = """
            tags:
                - detection.threat-hunting
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => tag.Value.StartsWith("detection.", StringComparison.Ordinal) && !Known.Contains(tag.Value)))
        {
            // The other tool looks at the beginning only.
            bool begins = Known.Any(known => tag.Value.StartsWith(known, StringComparison.Ordinal));
            report.Add(this, tag.Span, $"no kind of rule '{tag.Value["detection.".Length..]}'", Suggestion.For(tag.Value, Known), aliases: begins ? [] : null);
        }
    }

    private static readonly string[] Known = ["detection.dfir", "detection.emerging-threats", "detection.threat-hunting"];
}
