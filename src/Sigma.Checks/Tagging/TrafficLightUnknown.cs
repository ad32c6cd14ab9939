namespace Sigma.Checks.Tagging;

/// <summary>The traffic light protocol has no such colour.</summary>
internal sealed class TrafficLightUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1113", "tlp_tag", CheckGroup.Tags, Severity.Warning, "the traffic light protocol has no such colour")
        {
            Hint = "use tlp.clear, green, amber, amber-strict or red",
            Why = "Tags of the namespace 'tlp' say who may see the rule. One that nobody knows protects nothing.",
            Aliases = ["pysigma:tlptag"],
            Wrong = """
            tags:
                - tlp.blue
            """,
            Right = """
            tags:
                - tlp.amber
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in TrafficLight.Of(rule).Where(tag => !TrafficLight.First.Contains(TrafficLight.Name(tag)) && !TrafficLight.Second.Contains(TrafficLight.Name(tag))))
        {
            report.Add(this, tag.Span, $"the traffic light protocol has no '{TrafficLight.Name(tag)}'");
        }
    }
}
