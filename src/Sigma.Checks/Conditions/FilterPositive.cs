namespace Sigma.Checks.Conditions;

/// <summary>A detection called a filter is asked for instead of left out.</summary>
internal sealed class FilterPositive : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1409", "filter_positive", CheckGroup.Meaning, Severity.Warning, "a detection called a filter is asked for instead of left out")
        {
            Hint = "put 'not' in front of it, or give it another name",
            Why = """
            By convention detections that start with 'filter' are what the rule leaves out. One that must match is easily taken
            for the opposite.
            """,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection and filter
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (!rule.IsRule)
        {
            return;
        }

        foreach (ConditionNode leaf in ConditionNames.Searches(rule).SelectMany(search => Positive(search, true)))
        {
            string? name = leaf is IdentifierCondition identifier ? identifier.Name : (leaf as SelectorCondition)?.Pattern;
            if (name?.StartsWith("filter", StringComparison.Ordinal) is true)
            {
                report.Add(this, leaf.Span, $"'{name}' is asked for instead of left out");
            }
        }
    }

    private static IEnumerable<ConditionNode> Positive(ConditionNode node, bool wanted) => node switch
    {
        AndCondition and => Positive(and.Left, wanted).Concat(Positive(and.Right, wanted)),
        OrCondition or => Positive(or.Left, wanted).Concat(Positive(or.Right, wanted)),
        NotCondition not => Positive(not.Operand, !wanted),
        GroupCondition group => Positive(group.Inner, wanted),
        _ => wanted ? [node] : [],
    };
}
