using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Queries;

/// <summary>
/// Second pass: the same expression in fewer words. The rules are those of the program that wrote the published queries, so that those keep
/// their shape; each of them holds for any events.
/// </summary>
internal sealed class Simplifier
{
    /// <summary>So many operands are compared with each other more quickly than they are hashed.</summary>
    private const int Few = 8;

    private readonly ExprEquality equality = new();

    /// <summary>Simplifies until nothing changes.</summary>
    public static Expr Simplify(Expr expr)
    {
        var simplifier = new Simplifier();
        while (true)
        {
            Expr next = simplifier.Step(expr, underNot: false);
            if (ReferenceEquals(next, expr))
            {
                return next;
            }

            expr = next;
        }
    }

    private Expr Step(Expr expr, bool underNot)
    {
        switch (expr)
        {
            case AndExpr and:
                return Group(and, Each(and.Operands), isAnd: true, underNot);
            case OrExpr or:
                return Group(or, Each(or.Operands), isAnd: false, underNot);
            case NotExpr { Operand: NotExpr { Operand: var inner } }:
                return inner;
            case NotExpr not:
                Expr operand = Step(not.Operand, underNot: true);

                // The operand of a NOT always gets brackets, even a single test.
                operand = operand is MatchExpr ? new AndExpr([operand], operand.Span) : operand;
                return ReferenceEquals(operand, not.Operand) ? not : not with { Operand = operand };
            case MatchExpr:
                return expr;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }

    private ImmutableArray<Expr> Each(ImmutableArray<Expr> operands)
    {
        ImmutableArray<Expr>.Builder? changed = null;
        for (int i = 0; i < operands.Length; i++)
        {
            Expr next = Step(operands[i], underNot: false);
            if (changed is null && !ReferenceEquals(next, operands[i]))
            {
                changed = operands.ToBuilder();
            }

            if (changed is not null)
            {
                changed[i] = next;
            }
        }

        return changed?.ToImmutable() ?? operands;
    }

    private Expr Group(Expr original, ImmutableArray<Expr> operands, bool isAnd, bool underNot)
    {
        if (operands.Length == 1)
        {
            return !underNot ? operands[0] : ReferenceEquals(operands[0], OperandsOf(original, isAnd)!.Value[0]) ? original : Make(operands, isAnd, original.Span);
        }

        operands = Merge(Distinct(operands), isAnd);

        if (operands.Length > 1 && Factor(operands, isAnd, original.Span) is { } factored)
        {
            return factored;
        }

        bool same = operands == OperandsOf(original, isAnd);
        return same ? original : Make(operands, isAnd, original.Span);
    }

    /// <summary><c>a and a</c> is <c>a</c>.</summary>
    private ImmutableArray<Expr> Distinct(ImmutableArray<Expr> operands)
    {
        if (operands.Length < 2)
        {
            return operands;
        }

        if (operands.Length <= Few && AreDistinct(operands))
        {
            return operands;
        }

        var seen = new HashSet<Expr>(operands.Length, equality);
        foreach (Expr operand in operands)
        {
            seen.Add(operand);
        }

        return seen.Count == operands.Length ? operands : [.. operands.Distinct(equality)];
    }

    private bool AreDistinct(ImmutableArray<Expr> operands)
    {
        for (int i = 1; i < operands.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (equality.Equals(operands[i], operands[j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// <c>(a and b) and c</c> is <c>a and b and c</c>; done only where every operand is a test or a group of the same kind,
    /// so <c>(a and b) and not c</c> keeps its inner brackets.
    /// </summary>
    private static ImmutableArray<Expr> Merge(ImmutableArray<Expr> operands, bool isAnd)
    {
        bool any = false;
        foreach (Expr operand in operands)
        {
            bool sameKind = isAnd ? operand is AndExpr : operand is OrExpr;
            if (!sameKind && operand is not MatchExpr)
            {
                return operands;
            }

            any |= sameKind;
        }

        return any ? [.. operands.SelectMany(operand => OperandsOf(operand, isAnd) ?? [operand])] : operands;
    }

    /// <summary>
    /// <c>(x and a) or (x and b)</c> is <c>x and (a or b)</c>, and the same with the operators exchanged. Where a group
    /// has nothing but what is common, the rest adds nothing: <c>x or (x and b)</c> is <c>x</c>.
    /// </summary>
    private Expr? Factor(ImmutableArray<Expr> operands, bool isAnd, Span span)
    {
        var common = new List<Expr>();
        for (int i = 0; i < operands.Length; i++)
        {
            if (OperandsOf(operands[i], !isAnd) is not { } inner)
            {
                return null;
            }

            if (i == 0)
            {
                common.AddRange(inner);
            }
            else
            {
                Keep(common, inner);
            }

            if (common.Count == 0)
            {
                return null;
            }
        }

        Func<Expr, bool> isCommon = Membership(common);
        var rests = ImmutableArray.CreateBuilder<Expr>(operands.Length);
        foreach (Expr operand in operands)
        {
            ImmutableArray<Expr> rest = [.. OperandsOf(operand, !isAnd)!.Value.Where(o => !isCommon(o))];
            if (rest.IsEmpty)
            {
                return Make([.. common], !isAnd, span);
            }

            rests.Add(rest.Length == 1 ? rest[0] : Make(rest, !isAnd, operand.Span));
        }

        return Make([.. common, Make(rests.ToImmutable(), isAnd, span)], !isAnd, span);
    }

    private void Keep(List<Expr> common, ImmutableArray<Expr> inner)
    {
        Func<Expr, bool> isInner = Membership(inner);
        common.RemoveAll(candidate => !isInner(candidate));
    }

    /// <summary>Whether an expression is one of these: looked for in turn among few, hashed among many.</summary>
    private Func<Expr, bool> Membership(IReadOnlyCollection<Expr> expressions)
    {
        if (expressions.Count <= Few)
        {
            return candidate => expressions.Contains(candidate, equality);
        }

        var known = new HashSet<Expr>(expressions, equality);
        return known.Contains;
    }

    private static ImmutableArray<Expr>? OperandsOf(Expr expr, bool isAnd) => expr switch
    {
        AndExpr conjunction when isAnd => conjunction.Operands,
        OrExpr disjunction when !isAnd => disjunction.Operands,
        _ => null,
    };

    private static Expr Make(ImmutableArray<Expr> operands, bool isAnd, Span span) =>
        isAnd ? new AndExpr(operands, span) : new OrExpr(operands, span);
}
