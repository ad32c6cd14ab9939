using Sigma.Checks.Conditions;

namespace Sigma.Checks.Meanings;

/// <summary>The alternative holds already, because of what stands beside it.</summary>
internal sealed class OneOfSatisfied : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1708", "one_of_satisfied", CheckGroup.Meaning, Severity.Warning, "the alternative holds already, because of what stands beside it")
        {
            Hint = "leave it out, or choose another pattern",
            Why = """
            A detection that must match anyway is among those of the pattern, so 'one of' them always matches and the others are
            never asked for.
            """,
            Wrong = """
            detection:
                selection_image:
                    Image|endswith: '\whoami.exe'
                selection_user:
                    User: root
                condition: selection_image and 1 of selection_*
            """,
            Right = """
            detection:
                image:
                    Image|endswith: '\whoami.exe'
                selection_user:
                    User: root
                selection_group:
                    LogonId: 0x3e7
                condition: image and 1 of selection_*
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ConditionNode search in ConditionNames.Searches(rule))
        {
            IReadOnlyList<ConditionNode> operands = Operands(search);
            var named = operands.OfType<IdentifierCondition>().Select(identifier => identifier.Name).ToHashSet(StringComparer.Ordinal);
            foreach (SelectorCondition selector in operands.OfType<SelectorCondition>().Where(selector => !selector.All))
            {
                if (ConditionNames.Selected(rule, selector).FirstOrDefault(named.Contains) is { } name)
                {
                    report.Add(this, selector.Span, $"'{name}' must match anyway, so '1 of {selector.Pattern ?? "them"}' always does");
                }
            }
        }
    }

    private static IReadOnlyList<ConditionNode> Operands(ConditionNode node) => Proofs.RuleMeaning.Operands(node);
}
