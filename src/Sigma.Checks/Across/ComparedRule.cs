using System.Collections.Immutable;
using Sigma.Checks.Proofs;
using Sigma.Events.Samples;
using Sigma.Queries;

namespace Sigma.Checks.Across;

/// <summary>A rule that is compared with others: what it selects, and an event that it selects.</summary>
internal sealed class ComparedRule
{
    private readonly HashSet<string> fields;

    private ComparedRule(RuleSummary summary, RuleMeaning meaning, LogSourceKey source, Expr expression, PartialEvent sample)
    {
        Summary = summary;
        Source = source;
        Expression = expression;
        Windows = meaning.Windows;
        Sample = sample;
        fields = [.. sample.Slots.Where(slot => slot.Value.Value.IsPresent).Select(slot => slot.Key)];
        Needed = [.. NeededBy(expression)];
    }

    /// <summary>The rule.</summary>
    public RuleSummary Summary { get; }

    /// <summary>Its log source.</summary>
    public LogSourceKey Source { get; }

    /// <summary>What it selects, by any of its conditions.</summary>
    public Expr Expression { get; }

    /// <summary>An event that it selects.</summary>
    public PartialEvent Sample { get; }

    /// <summary>Whether paths are those of Windows.</summary>
    public bool Windows { get; }

    /// <summary>Fields that every event of the rule has.</summary>
    public IReadOnlyList<string> Needed { get; }

    /// <summary>Takes a rule; null for one that counts, selects nothing, or is too hard to make an event for.</summary>
    public static ComparedRule? Of(RuleSummary summary)
    {
        if (summary.Rule is not { } rule || summary.IsDeprecated
            || rule.Conditions.Any(condition => condition.Aggregation is not null || condition.Near.Length > 0))
        {
            return null;
        }

        var meaning = RuleMeaning.Of(rule);
        if (meaning.Searches.Count == 0)
        {
            return null;
        }

        ImmutableArray<Expr> searches = [.. meaning.Searches.Select(search => search.Expression)];
        Expr expression = searches.Length == 1 ? searches[0] : new OrExpr(searches, searches[0].Span);
        return EventSolver.Solve(expression, true, meaning.Windows).Event is { } sample
            ? new ComparedRule(summary, meaning, LogSourceKey.Of(rule.LogSource), expression, sample)
            : null;
    }

    /// <summary>Whether the event of this rule has some fields.</summary>
    public bool HasAll(IReadOnlyList<string> needed)
    {
        foreach (string field in needed)
        {
            if (!fields.Contains(field))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fields that an event must have to be selected: those of all parts of AND, those that all parts of OR have.</summary>
    private static HashSet<string> NeededBy(Expr expression) => expression switch
    {
        AndExpr and => [.. and.Operands.SelectMany(NeededBy)],
        OrExpr or => or.Operands.Skip(1).Aggregate(NeededBy(or.Operands[0]), (all, operand) =>
        {
            all.IntersectWith(NeededBy(operand));
            return all;
        }),
        MatchExpr { Field: { } field } match
            when match.Values.All(value => value is StringValue or NumberValue or RegexValue or CidrValue or CompareValue) => [field],
        _ => [],
    };
}
