using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks.Meanings;

/// <summary>No event can meet the condition.</summary>
internal sealed class ConditionNever : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1701", "condition_never", CheckGroup.Meaning, Severity.Error, "no event can meet the condition")
        {
            Why = """
            Two tests that must both hold exclude each other, so the rule never finds anything. The proof is that of 'sigmac
            sample', which finds no event for it; the hint names the two tests.
            """,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    Image|endswith: '.exe'
                condition: selection and not filter
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    Image|startswith: 'C:\Program Files'
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (RuleMeaning.Of(rule) is { } meaning)
        {
            foreach ((Expr expression, Span span) in meaning.Searches)
            {
                Solution found = EventSolver.Solve(expression, true, meaning.Windows);
                if (found.Answer is Existence.Impossible)
                {
                    report.Add(this, span, null, ConflictText.Of(found));
                }
            }
        }
    }
}
