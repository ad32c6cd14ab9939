namespace Sigma.Checks.Conditions;

/// <summary>'all of them' takes in every detection, also one that is added later.</summary>
internal sealed class AllOfThem : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1403", "all_of_them", CheckGroup.Style, Severity.Info, "'all of them' takes in every detection, also one that is added later")
        {
            Hint = "name them, or use a pattern such as 'all of selection_*'",
            Why = "A filter that somebody adds later would have to match as well, so the rule finds nothing any more.",
            Aliases = ["pysigma:all_of_them_condition"],
            Wrong = """
            detection:
                selection_image:
                    Image|endswith: '\whoami.exe'
                selection_user:
                    User: root
                condition: all of them
            """,
            Right = """
            detection:
                selection_image:
                    Image|endswith: '\whoami.exe'
                selection_user:
                    User: root
                condition: all of selection_*
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (SelectorCondition selector in ConditionNames.Searches(rule).SelectMany(ConditionNames.Leaves).OfType<SelectorCondition>().Where(selector => selector is { All: true, Pattern: null }))
        {
            report.Add(this, selector.Span);
        }
    }
}
