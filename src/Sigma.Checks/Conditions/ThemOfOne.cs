namespace Sigma.Checks.Conditions;

/// <summary>'of them' stands for one detection.</summary>
internal sealed class ThemOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1402", "them_of_one", CheckGroup.Style, Severity.Info, "'of them' stands for one detection")
        {
            Hint = "name it",
            Why = "The name says what is searched for, and a detection that is added later is not taken in by surprise.",
            Aliases = ["pysigma:them_condition_with_single_detection", "sigmahq:sigmahq_ofthem_condition"],
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: 1 of them
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.NamedDetections.ToArray() is [var only])
        {
            foreach ((SelectorCondition selector, bool denied) in ConditionNames.Selectors(rule).Where(one => one.Selector.Pattern is null))
            {
                report.Add(this, selector.Span, fix: ConditionNames.Named(selector, denied, only.Name));
            }
        }
    }
}
