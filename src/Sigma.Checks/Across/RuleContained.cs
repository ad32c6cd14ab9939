namespace Sigma.Checks.Across;

/// <summary>Another rule selects all events of this one.</summary>
internal sealed class RuleContained : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1910", "rule_contained", CheckGroup.Consistency, Severity.Info, "another rule selects all events of this one")
        {
            Why = """
            It is proved that every event of this rule is an event of the other one, which has the same log source or one that takes
            it in. Where both make alerts, each event of this rule makes two. The hint shows an event that only the other rule
            selects. '--across' runs this check.
            """,
            IsDefault = false,
        };

    /// <inheritdoc/>
    public override bool NeedsRules => true;

    private static string? Hint(Relation relation) =>
        relation.Reason is { } reason && relation.Exception is { } exception ? $"{reason}; {exception}" : relation.Reason ?? relation.Exception;

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        foreach (Relation relation in Relations.Of(rules).Where(relation => !relation.IsEqual))
        {
            Span place = relation.Rule.Title?.Span ?? relation.Rule.Place;
            report.Add(this, place, $"{relation.Other.Shown} selects all events of this rule", Hint(relation));
        }
    }
}
