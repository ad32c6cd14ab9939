using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks.Meanings;

/// <summary>Every event meets the condition.</summary>
internal sealed class ConditionAlways : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1702", "condition_always", CheckGroup.Meaning, Severity.Error, "every event meets the condition")
        {
            Why = "One of the alternatives holds whatever the event is, so the rule selects everything, and a filter leaves nothing out.",
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection or not selection
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
        if (RuleMeaning.Of(rule) is { } meaning)
        {
            foreach ((Expr expression, Span span) in meaning.Searches.Where(search => search.Expression.Leaves().Skip(1).Any()))
            {
                Solution found = EventSolver.Solve(expression, false, meaning.Windows);
                if (found.Answer is Existence.Impossible)
                {
                    report.Add(this, span, null, ConflictText.Exception(found));
                }
            }
        }
    }
}
