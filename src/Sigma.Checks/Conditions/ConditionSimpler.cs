namespace Sigma.Checks.Conditions;

/// <summary>The condition has a double 'not', or brackets that change nothing.</summary>
internal sealed class ConditionSimpler : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1410", "condition_simpler", CheckGroup.Style, Severity.Info, "the condition has a double 'not', or brackets that change nothing")
        {
            Why = "What can be left out of a condition without changing the query makes it harder to read.",
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: (selection)
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
        foreach (ConditionNode search in ConditionNames.Searches(rule))
        {
            if (search is GroupCondition { Inner: AndCondition or OrCondition } whole)
            {
                report.Add(this, whole.Span, "the brackets change nothing", fix: Replaced(whole, whole.Inner));
            }

            Look(search, report);
        }
    }

    private void Look(ConditionNode node, Report report)
    {
        switch (node)
        {
            case GroupCondition { Inner: IdentifierCondition or SelectorCondition or GroupCondition } group:
                report.Add(this, group.Span, "the brackets change nothing", fix: Replaced(group, group.Inner));
                break;
            case NotCondition { Operand: GroupCondition { Inner: NotCondition inner } } not:
                report.Add(this, not.Span, "'not (not …)' changes nothing", fix: Replaced(not, inner.Operand));
                break;
            case GroupCondition { Inner: NotCondition } group:
                report.Add(this, group.Span, "the brackets change nothing", fix: Replaced(group, group.Inner));
                break;
            case NotCondition { Operand: NotCondition inner } not:
                report.Add(this, not.Span, "'not not' changes nothing", fix: Replaced(not, inner.Operand));
                break;
            case AndCondition and:
                Look(and.Left, report);
                Look(and.Right, report);
                break;
            case OrCondition or:
                Look(or.Left, report);
                Look(or.Right, report);
                break;
            case NotCondition not:
                Look(not.Operand, report);
                break;
            case GroupCondition group:
                Look(group.Inner, report);
                break;
        }
    }

    private static Fix? Replaced(ConditionNode outer, ConditionNode inner) =>
        outer.Span.Characters.Contains('\n') ? null : Edits.Safe("drop them", Edits.Replace(outer.Span, inner.Span.Characters.ToString()));
}
