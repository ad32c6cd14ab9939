using Sigma.Checks.Conditions;
using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks.Meanings;

/// <summary>The filter leaves out nothing that the rest of the condition selects.</summary>
internal sealed class FilterIdle : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1707", "filter_idle", CheckGroup.Meaning, Severity.Warning, "the filter leaves out nothing that the rest of the condition selects")
        {
            Hint = "correct the filter, or remove it",
            Why = """
            No event meets the rest of the condition and the filter together, so the filter has no effect. Often a path or the
            name of a program is misspelt in it.
            """,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    Image|endswith: '\who.exe'
                condition: selection and not filter
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    ParentImage|endswith: '\who.exe'
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (RuleMeaning.Of(rule) is not { } meaning)
        {
            return;
        }

        foreach (ConditionNode search in ConditionNames.Searches(rule))
        {
            IReadOnlyList<ConditionNode> operands = RuleMeaning.Operands(search);
            ConditionNode[] wanted = [.. operands.Where(operand => operand is not NotCondition)];
            if (meaning.All(wanted) is not { } rest || EventSolver.Solve(rest, true, meaning.Windows).Answer is not Existence.Found)
            {
                continue;
            }

            foreach (string filter in operands.OfType<NotCondition>().SelectMany(not => Filters(rule, not.Operand)).Distinct())
            {
                if (meaning.Of(filter) is { } excluded)
                {
                    Solution both = EventSolver.Solve(new AndExpr([rest, excluded], rest.Span), true, meaning.Windows);
                    if (both.Answer is Existence.Impossible && EventSolver.Solve(excluded, true, meaning.Windows).Answer is Existence.Found)
                    {
                        report.Add(
                            this, rule.NamedDetections.First(entry => entry.Name == filter).Key.Span, $"'{filter}' leaves out nothing that the rest of the condition selects",
                            ConflictText.Of(both));
                    }
                }
            }
        }
    }

    /// <summary>The detections each of which leaves events out by itself.</summary>
    private static IEnumerable<string> Filters(RuleText rule, ConditionNode node) => node switch
    {
        IdentifierCondition identifier => [identifier.Name],
        SelectorCondition { All: false } selector => ConditionNames.Selected(rule, selector),
        GroupCondition group => Filters(rule, group.Inner),
        OrCondition or => Filters(rule, or.Left).Concat(Filters(rule, or.Right)),
        _ => [],
    };
}
