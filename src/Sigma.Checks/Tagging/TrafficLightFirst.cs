namespace Sigma.Checks.Tagging;

/// <summary>The colour is not one of version 1 of the traffic light protocol.</summary>
internal sealed class TrafficLightFirst : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1114", "tlpv1_tag", CheckGroup.Tags, Severity.Info, "the colour is not one of version 1 of the traffic light protocol")
        {
            Why = "For those whose tools know version 1 only: white, green, amber and red.",
            Aliases = ["pysigma:tlpv1_tag"],
            IsDefault = false,
            Wrong = """
            tags:
                - tlp.clear
            """,
            Right = """
            tags:
                - tlp.white
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in TrafficLight.Of(rule).Where(tag => !TrafficLight.First.Contains(TrafficLight.Name(tag))))
        {
            report.Add(this, tag.Span);
        }
    }
}
