namespace Sigma.Checks.Tagging;

/// <summary>The rule has several colours of the traffic light protocol.</summary>
internal sealed class TrafficLightSeveral : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1117", "tlp_several", CheckGroup.Tags, Severity.Warning, "the rule has several colours of the traffic light protocol")
        {
            Why = "Who may see the rule must be clear; of two answers the reader takes the one that suits.",
            Aliases = ["sigmahq:sigmahq_tags_unique_tlp"],
            Wrong = """
            tags:
                - tlp.red
                - tlp.clear
            """,
            Right = """
            tags:
                - tlp.red
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (TrafficLight.Of(rule) is [_, var second, ..])
        {
            report.Add(this, second.Span);
        }
    }
}
