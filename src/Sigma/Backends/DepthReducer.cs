using System.Collections.Immutable;
using Sigma.Queries;

namespace Sigma.Backends;

/// <summary>
/// Writes a condition that is too deep for an engine as one that means the same and is less deep. A part halfway down, <c>g</c>, is taken
/// out: whatever else the condition has, it is <c>(g and f1) or f0</c>, where <c>f1</c> is the condition with <c>g</c> true and
/// <c>f0</c> with it false; so each of the three is about half as deep, and is reduced in turn (Spira 1971). Below an odd number of NOT it is
/// <c>f1 or (not g and f0)</c>. No test gets another number of NOT around it, so what is broader or narrower stays so.
/// </summary>
/// <param name="dialect">The target's language.</param>
/// <param name="limit">How deep a condition may be.</param>
internal sealed class DepthReducer(Dialect dialect, DepthLimit limit)
{
    /// <summary>A condition may grow by so many times, and is given up beyond that.</summary>
    private const int MostGrowth = 32;

    private readonly ConditionDepth depth = new(dialect, limit);
    private int left;

    /// <summary>Reduces a condition.</summary>
    /// <param name="expr">The condition.</param>
    /// <returns>One that the engine takes; null if none was found.</returns>
    public Expr? Reduce(Expr expr)
    {
        left = MostGrowth * Math.Max(64, expr.Leaves().Count());
        return Reduce(expr, limit.Most);
    }

    private Expr? Reduce(Expr expr, int most)
    {
        int whole = depth.Of(expr);
        if (whole <= most)
        {
            return expr;
        }

        List<Step> path = PathTo(expr, whole / 2);
        left -= expr.Leaves().Count();
        if (path.Count == 0 || left < 0)
        {
            return null;
        }

        Expr part = path[^1].Operand;
        bool denied = path.Count(step => step.Group is NotExpr) % 2 == 1;
        int below = (2 * (limit.Group + limit.Operand)) + (denied ? limit.Not : 0);
        if (Reduce(part, most - below) is not { } taken || Branch(path, true, most - below) is not { } met || Branch(path, false, most - below) is not { } missed)
        {
            return null;
        }

        return denied
            ? Either(met, Both(new Branched(new NotExpr(taken, part.Span)), missed, part), part)
            : Either(Both(new Branched(taken), met, part), missed, part);
    }

    private static Expr Either(Branched first, Branched second, Expr place) =>
        first.Expr is null ? second.Expr! : second.Expr is null ? first.Expr : new OrExpr([first.Expr, second.Expr], place.Span);

    /// <summary>Both of two; a branch that is the same for all events leaves the other, or nothing.</summary>
    private static Branched Both(Branched first, Branched second, Expr place) =>
        second.Expr is { } expr ? new Branched(new AndExpr([first.Expr!, expr], place.Span)) : second.Holds ? first : second;

    /// <summary>The condition with the part at the end of a path true or false.</summary>
    private Branched? Branch(List<Step> path, bool value, int most)
    {
        Expr? made = null;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            Step step = path[i];
            if (made is not null)
            {
                made = step.With(made);
            }
            else if (step.Group is NotExpr)
            {
                value = !value;
            }
            else if (step.Group is AndExpr == value)
            {
                made = step.Without();
            }
        }

        return made is null ? new Branched(null, value) : Reduce(made, most) is { } reduced ? new Branched(reduced) : null;
    }

    /// <summary>The way down the deepest operands to the first group that is no deeper than this; empty if there is none.</summary>
    private List<Step> PathTo(Expr expr, int half)
    {
        var path = new List<Step>();
        int group = 0;
        for (Expr at = expr; Deepest(at) is { } step; at = step.Operand)
        {
            path.Add(step);
            if (step.Operand is AndExpr { Operands.Length: > 1 } or OrExpr)
            {
                group = path.Count;
                if (depth.Of(step.Operand) <= half)
                {
                    break;
                }
            }
        }

        return path[..group];
    }

    private Step? Deepest(Expr expr) => expr switch
    {
        NotExpr not => new Step(not, not.Operand, 0),
        AndExpr and => Deepest(and, and.Operands),
        OrExpr or => Deepest(or, or.Operands),
        _ => null,
    };

    private Step Deepest(Expr group, ImmutableArray<Expr> operands)
    {
        int index = Enumerable.Range(0, operands.Length).MaxBy(i => depth.Of(operands[i]) + depth.Below(i, operands.Length));
        return new Step(group, operands[index], index);
    }

    /// <summary>A condition for a branch; without one, it holds for all events or for none.</summary>
    private sealed record Branched(Expr? Expr, bool Holds = false);

    /// <summary>A step down a condition.</summary>
    private sealed record Step(Expr Group, Expr Operand, int Index)
    {
        /// <summary>The group with another operand in this place.</summary>
        public Expr With(Expr operand) => Group switch
        {
            NotExpr not => not with { Operand = operand is MatchExpr ? new AndExpr([operand], operand.Span) : operand },
            AndExpr and => and with { Operands = and.Operands.SetItem(Index, operand) },
            OrExpr or => or with { Operands = or.Operands.SetItem(Index, operand) },
            _ => throw new System.Diagnostics.UnreachableException(Group.GetType().Name),
        };

        /// <summary>The group without this operand.</summary>
        public Expr? Without() => Group switch
        {
            AndExpr and => One(and.Operands.RemoveAt(Index), rest => and with { Operands = rest }),
            OrExpr or => One(or.Operands.RemoveAt(Index), rest => or with { Operands = rest }),
            _ => throw new System.Diagnostics.UnreachableException(Group.GetType().Name),
        };

        private static Expr? One(ImmutableArray<Expr> rest, Func<ImmutableArray<Expr>, Expr> group) =>
            rest.Length == 0 ? null : rest.Length == 1 ? rest[0] : group(rest);
    }
}
