using System.Collections.Immutable;

namespace Sigma.Rules;

/// <summary>Puts a filter into a rule: every condition becomes <c>(rule) and (filter)</c>.</summary>
internal static class FilterApplication
{
    /// <summary>Applies filters, one after another.</summary>
    /// <param name="rule">The rule, perhaps with other filters in it.</param>
    /// <param name="filters">The filters, each with what its detections' names begin with in the rule, so that neither sees the other's.</param>
    public static SigmaRule Apply(SigmaRule rule, IReadOnlyList<(SigmaFilter Filter, string Prefix)> filters)
    {
        ImmutableArray<NamedDetection>.Builder detections = rule.Detections.ToBuilder();
        ConditionNode[] conditions = [.. filters.Select(applied => Rename(applied.Filter.Condition, applied.Prefix))];
        foreach ((SigmaFilter filter, string prefix) in filters)
        {
            detections.AddRange(filter.Detections.Select(detection => detection with { Name = prefix + detection.Name }));
        }

        return rule with
        {
            Detections = detections.ToImmutable(),
            Conditions = [.. rule.Conditions.Select(own => own.MapSearches(search => conditions.Aggregate(search, Both)))],
        };
    }

    private static ConditionNode Both(ConditionNode own, ConditionNode condition) =>
        new AndCondition(new GroupCondition(own, own.Span), new GroupCondition(condition, condition.Span), own.Span);

    private static ConditionNode Rename(ConditionNode node, string prefix) => node.Rewrite(leaf => leaf switch
    {
        IdentifierCondition identifier => identifier with { Name = prefix + identifier.Name },
        SelectorCondition selector => selector with { Pattern = prefix + (selector.Pattern ?? "*") },
        _ => leaf,
    });
}
