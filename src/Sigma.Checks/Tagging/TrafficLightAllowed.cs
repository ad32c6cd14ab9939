namespace Sigma.Checks.Tagging;

/// <summary>The rule may not be shown to everybody.</summary>
internal sealed class TrafficLightAllowed : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1116", "tlp_allowed", CheckGroup.Tags, Severity.Info, "the rule may not be shown to everybody")
        {
            Why = "A public repository can only have rules with tlp.clear, or none of these tags.",
            Aliases = ["sigmahq:sigmahq_tags_tlp"],
            IsDefault = false,
            Wrong = """
            tags:
                - tlp.red
            """,
            Right = """
            tags:
                - tlp.clear
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        string[] allowed = rule.Settings.Numbers.TryGetValue("sigmahq_tags_tlp.allowed_tlp", out string? given) ? given.Split(',') : ["clear"];
        foreach (YamlScalar tag in TrafficLight.Of(rule).Where(tag => !allowed.Contains(TrafficLight.Name(tag))))
        {
            report.Add(this, tag.Span);
        }
    }
}
