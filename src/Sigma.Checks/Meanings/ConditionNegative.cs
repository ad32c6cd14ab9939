using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks.Meanings;

/// <summary>The condition only says what the event is not.</summary>
internal sealed class ConditionNegative : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1703", "condition_negative", CheckGroup.Meaning, Severity.Warning, "the condition only says what the event is not")
        {
            Hint = "say what the event must be as well",
            Why = """
            A rule that only leaves events out selects all others of the log source, and all those of other kinds that have none
            of the fields.
            """,
            Wrong = """
            detection:
                filter:
                    Image|endswith: '\whoami.exe'
                condition: not filter
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: 'whoami'
                filter:
                    Image|endswith: '\whoami.exe'
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.IsRule && RuleMeaning.Of(rule) is { } meaning)
        {
            foreach ((Expr expression, Span span) in meaning.Searches.Where(search => !search.Expression.RequiredLeaves().Any()))
            {
                report.Add(this, span);
            }
        }
    }
}
