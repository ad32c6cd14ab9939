namespace Sigma.Checks.Conditions;

/// <summary>The pattern fits one detection.</summary>
internal sealed class SelectorOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1404", "selector_of_one", CheckGroup.Style, Severity.Info, "the pattern fits one detection")
        {
            Hint = "name it",
            Why = "The name says what is searched for. Patterns with two asterisks, such as selection_*_*, are left alone.",
            Aliases = ["sigmahq:sigmahq_ofselection_condition"],
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection_image:
                    Image|endswith: '\whoami.exe'
                condition: 1 of selection_*
            """,
            Right = """
            detection:
                selection_image:
                    Image|endswith: '\whoami.exe'
                condition: selection_image
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach ((SelectorCondition selector, bool denied) in ConditionNames.Selectors(rule))
        {
            if (selector.Pattern is { } pattern && pattern.Count(c => c == '*') == 1 && ConditionNames.Selected(rule, selector) is [var only])
            {
                report.Add(this, selector.Span, $"'{pattern}' fits '{only}' only", fix: ConditionNames.Named(selector, denied, only),
                    aliases: IsReportedElsewhere(rule, pattern) ? null : []);
            }
        }
    }

    /// <summary>The validator passes over the usual prefixes, and takes the pattern for a regular expression: <c>set_*</c> fits <c>setup</c>.</summary>
    private static bool IsReportedElsewhere(RuleText rule, string pattern) =>
        pattern.EndsWith("_*", StringComparison.Ordinal)
        && !pattern.StartsWith("selection_", StringComparison.Ordinal)
        && !pattern.StartsWith("filter_", StringComparison.Ordinal)
        && rule.NamedDetections.Count(entry => entry.Name.StartsWith(pattern[..^2], StringComparison.Ordinal)) < 2;
}
