namespace Sigma.Checks.Tagging;

/// <summary>The colour is not one of version 2 of the traffic light protocol.</summary>
internal sealed class TrafficLightSecond : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1115", "tlpv2_tag", CheckGroup.Tags, Severity.Info, "the colour is not one of version 2 of the traffic light protocol")
        {
            Why = "Version 2, of August 2022, calls 'white' 'clear' and adds 'amber-strict'.",
            Aliases = ["pysigma:tlpv2_tag"],
            Fix = FixKind.Safe,
            IsDefault = false,
            Wrong = """
            tags:
                - tlp.white
            """,
            Right = """
            tags:
                - tlp.clear
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in TrafficLight.Of(rule).Where(tag => !TrafficLight.Second.Contains(TrafficLight.Name(tag))))
        {
            report.Add(this, tag.Span, fix: TrafficLight.Name(tag) == "white" ? Edits.Safe("write 'clear'", Edits.Value(tag, "tlp.clear")) : null);
        }
    }
}
