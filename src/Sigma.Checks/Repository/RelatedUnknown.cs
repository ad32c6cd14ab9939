namespace Sigma.Checks.Repository;

/// <summary>No rule of the run has the id of the related rule.</summary>
internal sealed class RelatedUnknown : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1906", "related_unknown", CheckGroup.Consistency, Severity.Info, "no rule of the run has the id of the related rule")
        {
            Why = "The related rule was removed, is in another repository, or the id is misspelt.",
            IsDefault = false,
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        var ids = rules.Where(rule => rule.Id is not null).Select(rule => rule.Id!.Value.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach ((string id, string _, Span span) in rules.SelectMany(rule => rule.Related).Where(related => !ids.Contains(related.Id)))
        {
            report.Add(this, span, $"no rule of the run has the id {id}");
        }
    }
}
