namespace Sigma.Checks.Conditions;

/// <summary>The pattern has no asterisk.</summary>
internal sealed class SelectorWithoutAsterisk : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1405", "selector_without_asterisk", CheckGroup.Style, Severity.Info, "the pattern has no asterisk")
        {
            Hint = "name the detection without 'of', or add an asterisk",
            Why = "A pattern without an asterisk fits the one detection of this name. Often the asterisk was forgotten.",
            Aliases = ["sigmahq:sigmahq_missing_asterisk_condition"],
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: 1 of selection
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
        foreach ((SelectorCondition selector, bool denied) in ConditionNames.Selectors(rule).Where(one => one.Selector.Pattern?.Contains('*') is false))
        {
            report.Add(this, selector.Span, $"'{selector.Pattern}' has no asterisk", fix: ConditionNames.Named(selector, denied, selector.Pattern!));
        }
    }
}
