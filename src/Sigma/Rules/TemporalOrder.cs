using System.Collections.Immutable;

namespace Sigma.Rules;

/// <summary>The order that <c>temporal_ordered</c> asks for: what must match one after another, and what must not match at all.</summary>
/// <param name="Steps">The steps; each is met by any of its rules.</param>
/// <param name="Absent">What must hold besides, over the rules that have matched at whatever time; null for nothing.</param>
internal sealed record TemporalOrder(ImmutableArray<ImmutableArray<string>> Steps, ConditionNode? Absent)
{
    /// <summary>Finds the order.</summary>
    /// <param name="correlation">The correlation.</param>
    /// <param name="rules">Its rules as they are called in its condition.</param>
    /// <returns>The order; null if the condition leaves open which rules must have matched.</returns>
    public static TemporalOrder? Of(Correlation correlation, IReadOnlyList<string> rules)
    {
        if (correlation.Expression is not { } expression)
        {
            return NeedsAll(correlation.Thresholds, rules.Count)
                ? new TemporalOrder([.. rules.Select(rule => ImmutableArray.Create(rule))], null)
                : null;
        }

        var steps = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        ConditionNode? absent = null;
        foreach (ConditionNode term in Terms(expression))
        {
            if (term is NotCondition)
            {
                absent = absent is null ? term : new AndCondition(absent, term, term.Span);
            }
            else if (Alternatives(term) is { } alternatives)
            {
                steps.Add(alternatives);
            }
            else
            {
                return null;
            }
        }

        return steps.Count == 0 ? null : new TemporalOrder(steps.DrainToImmutable(), absent);
    }

    /// <summary>Whether bounds on the number of rules hold for all of them and for no fewer.</summary>
    private static bool NeedsAll(ImmutableArray<Threshold> thresholds, int count)
    {
        return thresholds.IsEmpty || (Hold(count) && !Enumerable.Range(0, count).Any(Hold));

        bool Hold(int number) => thresholds.All(threshold => threshold.HoldsFor(number));
    }

    private static IEnumerable<ConditionNode> Terms(ConditionNode node) => node switch
    {
        AndCondition and => Terms(and.Left).Concat(Terms(and.Right)),
        GroupCondition group => Terms(group.Inner),
        _ => [node],
    };

    private static ImmutableArray<string>? Alternatives(ConditionNode node) => node switch
    {
        IdentifierCondition identifier => [identifier.Name],
        GroupCondition group => Alternatives(group.Inner),
        OrCondition either when Alternatives(either.Left) is { } left && Alternatives(either.Right) is { } right => [.. left, .. right],
        _ => null,
    };
}
