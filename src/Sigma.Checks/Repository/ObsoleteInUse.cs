namespace Sigma.Checks.Repository;

/// <summary>The rule that this one makes obsolete is not deprecated.</summary>
internal sealed class ObsoleteInUse : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1907", "obsolete_in_use", CheckGroup.Consistency, Severity.Info, "the rule that this one makes obsolete is not deprecated")
        {
            Hint = "give the other rule the status deprecated",
            Why = """
            A related entry of type 'obsolete' says that the other rule is not to be used any more. As long as that is not
            deprecated, both make alerts.
            """,
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        var byId = rules.Where(rule => rule.Id is not null).DistinctBy(rule => rule.Id!.Value.Text.ToLowerInvariant()).ToDictionary(rule => rule.Id!.Value.Text, StringComparer.OrdinalIgnoreCase);
        foreach ((string id, string _, Span span) in rules.SelectMany(rule => rule.Related).Where(related => related.Type == "obsolete"))
        {
            if (byId.TryGetValue(id, out RuleSummary? other) && !other.IsDeprecated)
            {
                report.Add(this, span, $"{other.Path} is not deprecated");
            }
        }
    }
}
