using Sigma.Checks.Conditions;
using Sigma.Checks.Proofs;

namespace Sigma.Checks.Meanings;

/// <summary>Another alternative takes in everything that this detection does.</summary>
internal sealed class DetectionCovered : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1706", "detection_covered", CheckGroup.Meaning, Severity.Info, "another alternative takes in everything that this detection does")
        {
            Why = "Of two alternatives, one that implies the other adds nothing. Either it can go, or the other one is too broad.",
            Wrong = """
            detection:
                selection_all:
                    CommandLine|contains: 'whoami'
                    User: root
                selection_some:
                    CommandLine|contains: 'whoami'
                condition: 1 of selection_*
            """,
            Right = """
            detection:
                selection_all:
                    CommandLine|contains: 'id -u'
                    User: root
                selection_some:
                    CommandLine|contains: 'whoami'
                condition: 1 of selection_*
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (RuleMeaning.Of(rule) is not { } meaning)
        {
            return;
        }

        foreach (IReadOnlyList<string> names in ConditionNames.Searches(rule).SelectMany(search => Alternatives(rule, search)).Where(names => names.Count is > 1 and <= 12))
        {
            var gone = new HashSet<string>(StringComparer.Ordinal);
            foreach (string narrow in names)
            {
                foreach (string wide in names.Where(other => other != narrow && !gone.Contains(other)))
                {
                    if (meaning.Of(narrow) is { } small && meaning.Of(wide) is { } large
                        && EventSolver.SolveOnly(small, large, meaning.Windows) is { Answer: Existence.Impossible } proof && gone.Add(narrow))
                    {
                        report.Add(this, rule.NamedDetections.First(entry => entry.Name == narrow).Key.Span, $"'{wide}' takes in everything that '{narrow}' does", ConflictText.Exception(proof));
                    }
                }
            }
        }
    }

    /// <summary>Detections any of which is enough.</summary>
    private static IEnumerable<IReadOnlyList<string>> Alternatives(RuleText rule, ConditionNode node)
    {
        switch (node)
        {
            case SelectorCondition { All: false } selector:
                return [ConditionNames.Selected(rule, selector)];
            case OrCondition or:
                List<string> names = [.. Named(rule, or)];
                return [names.Distinct().ToArray()];
            case AndCondition and:
                return Alternatives(rule, and.Left).Concat(Alternatives(rule, and.Right));
            case NotCondition not:
                return Alternatives(rule, not.Operand);
            case GroupCondition group:
                return Alternatives(rule, group.Inner);
            default:
                return [];
        }
    }

    private static IEnumerable<string> Named(RuleText rule, ConditionNode node) => node switch
    {
        OrCondition or => Named(rule, or.Left).Concat(Named(rule, or.Right)),
        GroupCondition group => Named(rule, group.Inner),
        IdentifierCondition identifier => [identifier.Name],
        SelectorCondition { All: false } selector => ConditionNames.Selected(rule, selector),
        _ => [],
    };
}
