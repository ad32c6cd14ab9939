namespace Sigma.Checks.Across;

/// <summary>Another rule selects the same events.</summary>
internal sealed class RuleEqual : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1909", "rule_equal", CheckGroup.Consistency, Severity.Warning, "another rule selects the same events")
        {
            Hint = "keep one of them",
            Why = """
            Both rules are for the same log source, and it is proved that every event of one is an event of the other, though they
            are written in different ways. Each alert comes twice. '--across' runs this check.
            """,
            IsDefault = false,
        };

    /// <inheritdoc/>
    public override bool NeedsRules => true;

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        // Rules that are written alike are found by SIG1904 already.
        IEnumerable<Relation> equal = Relations.Of(rules).Where(relation => relation.IsEqual);
        foreach (Relation relation in equal.Where(relation => relation.Rule.Detection != relation.Other.Detection))
        {
            report.Add(this, relation.Rule.Title?.Span ?? relation.Rule.Place, $"{relation.Other.Shown} selects the same events", relation.Exception is { } exception ? $"{Info.Hint}, {exception}" : null);
        }
    }
}
