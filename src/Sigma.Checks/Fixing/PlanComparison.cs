using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Queries;

namespace Sigma.Checks.Fixing;

/// <summary>
/// Whether two texts of a file mean the same, by their plans: everything that is converted, matched or sampled starts from these, so
/// equal plans are equal queries in every target.
/// </summary>
internal static class PlanComparison
{
    /// <summary>Compares all documents.</summary>
    /// <param name="before">Those before.</param>
    /// <param name="after">Those after.</param>
    /// <param name="equivalent">Whether two expressions that differ select the same events; null where only equal ones will do.</param>
    public static bool Same(IReadOnlyList<ReadDocument> before, IReadOnlyList<ReadDocument> after, Func<SigmaRule, Expr, Expr, bool>? equivalent = null)
    {
        if (before.Count != after.Count)
        {
            return false;
        }

        for (int i = 0; i < before.Count; i++)
        {
            if (!Same(before[i].Document, after[i].Document, equivalent))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(SigmaDocument? before, SigmaDocument? after, Func<SigmaRule, Expr, Expr, bool>? equivalent) => (before, after) switch
    {
        (SigmaRule a, SigmaRule b) => Same(a, b, equivalent),
        (SigmaCorrelation a, SigmaCorrelation b) => Same(a, b),
        (SigmaFilter a, SigmaFilter b) => Same(a.Rules, b.Rules) && Same(RuleText.AsRule(a), RuleText.AsRule(b), equivalent),
        _ => false,
    };

    private static bool Same(SigmaRule a, SigmaRule b, Func<SigmaRule, Expr, Expr, bool>? equivalent)
    {
        if (!Same(a.LogSource, b.LogSource) || a.Metadata.Taxonomy != b.Metadata.Taxonomy || a.Timeframe != b.Timeframe && a.Conditions.Any(condition => condition.Aggregation is not null))
        {
            return false;
        }

        // What selects the same events before pipelines does so after them; what is to be the same query must be equal after each.
        foreach (Planner planner in equivalent is null ? TargetPlanners.All : [TargetPlanners.All[0]])
        {
            ImmutableArray<Plan>? first = planner.Plan(a, []);
            ImmutableArray<Plan>? second = planner.Plan(b, []);
            if (first?.Length != second?.Length || (first is null && ReferenceEquals(planner, TargetPlanners.All[0])))
            {
                return false;
            }

            for (int i = 0; i < first?.Length; i++)
            {
                if (!Same(first.Value[i], second!.Value[i], (x, y) => ExprEquality.Instance.Equals(x, y) || equivalent?.Invoke(a, x, y) is true))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Same(Plan a, Plan b, Func<Expr, Expr, bool> equal) => (a, b) switch
    {
        (SearchPlan x, SearchPlan y) => equal(x.Expression, y.Expression),
        (CountPlan x, CountPlan y) => Same(x.Measure, y.Measure) && x.Inputs.Length == y.Inputs.Length
            && x.Inputs.Zip(y.Inputs).All(pair => pair.First.Label == pair.Second.Label && Same(pair.First.Plan, pair.Second.Plan, equal)),
        _ => false,
    };

    private static bool Same(SigmaCorrelation a, SigmaCorrelation b) =>
        Same(a.Correlation, b.Correlation) && a.Generate == b.Generate && Same(a.Rules, b.Rules)
        && a.Aliases.Select(Key).SequenceEqual(b.Aliases.Select(Key));

    private static string Key(FieldAlias alias) => $"{alias.Name}:{string.Join('\n', alias.Mappings.Select(mapping => $"{mapping.Rule.Name}={mapping.Field}"))}";

    private static bool Same(Correlation a, Correlation b) =>
        a.Type == b.Type && a.Timespan == b.Timespan && a.Percentile == b.Percentile && a.IsInline == b.IsInline
        && a.Fields.SequenceEqual(b.Fields) && a.GroupBy.SequenceEqual(b.GroupBy)
        && a.Thresholds.Select(bound => (bound.Comparison, bound.Number)).SequenceEqual(b.Thresholds.Select(bound => (bound.Comparison, bound.Number)))
        && Same(a.Expression, b.Expression);

    private static bool Same(ConditionNode? a, ConditionNode? b) => (a, b) switch
    {
        (null, null) => true,
        (AndCondition x, AndCondition y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (OrCondition x, OrCondition y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (NotCondition x, NotCondition y) => Same(x.Operand, y.Operand),
        (GroupCondition x, GroupCondition y) => Same(x.Inner, y.Inner),
        (IdentifierCondition x, IdentifierCondition y) => x.Name == y.Name,
        (SelectorCondition x, SelectorCondition y) => x.All == y.All && x.Pattern == y.Pattern,
        _ => false,
    };

    private static bool Same(IReadOnlyList<RuleReference>? a, IReadOnlyList<RuleReference>? b) =>
        a is null ? b is null : b is not null && a.Select(one => one.Name).SequenceEqual(b.Select(one => one.Name));

    private static bool Same(ImmutableArray<RuleReference>? a, ImmutableArray<RuleReference>? b) => Same((IReadOnlyList<RuleReference>?)a, b);

    private static bool Same(LogSource a, LogSource b) => a.Category == b.Category && a.Product == b.Product && a.Service == b.Service;
}
