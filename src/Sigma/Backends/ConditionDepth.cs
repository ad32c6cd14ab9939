using System.Collections.Immutable;
using Sigma.Queries;

namespace Sigma.Backends;

/// <summary>How deep a condition is in the tree that the target's engine makes of it.</summary>
/// <param name="dialect">The target's language.</param>
/// <param name="limit">What each part takes.</param>
internal sealed class ConditionDepth(Dialect dialect, DepthLimit limit)
{
    /// <summary>The levels of a condition.</summary>
    public int Of(Expr expr) => expr switch
    {
        AndExpr { Operands: [var only] } => Of(only),
        AndExpr and => OfGroup(and.Operands),
        OrExpr or => OfGroup(or.Operands),
        NotExpr not => limit.Not + Of(not.Operand),
        MatchExpr match => OfTest(match),
        _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
    };

    /// <summary>How far below its group an operand is.</summary>
    /// <param name="index">Its 0-based place.</param>
    /// <param name="count">How many operands there are.</param>
    public int Below(int index, int count) => limit.Group + (limit.Operand * (count - Math.Max(index, Math.Min(1, count - 1))));

    /// <summary>A list that the language cannot write as one is a group of tests; a long one is a group of lists.</summary>
    private int OfTest(MatchExpr match)
    {
        if (!match.IsList || match.Values.Length == 1)
        {
            return limit.Test;
        }

        int parts = ShapeSelector.ListShape(dialect, match) is null ? match.Values.Length
            : dialect.Limits.Items is { } most ? (match.Values.Length + most - 1) / most : 1;
        return parts == 1 ? limit.Test : OfGroup(Enumerable.Repeat(limit.Test, parts).ToArray());
    }

    private int OfGroup(ImmutableArray<Expr> operands)
    {
        if (operands.Length > dialect.Limits.Chain)
        {
            return OfGroup(operands.Select(Of).ToArray());
        }

        int deepest = 0;
        for (int i = 0; i < operands.Length; i++)
        {
            deepest = Math.Max(deepest, Of(operands[i]) + Below(i, operands.Length));
        }

        return deepest;
    }

    /// <summary>The levels of a group, whose operands are put into groups of their own where they are too many.</summary>
    private int OfGroup(int[] operands)
    {
        while (dialect.Limits.Chain is { } most && operands.Length > most)
        {
            operands = [.. operands.Chunk(most).Select(part => part.Length == 1 ? part[0] : OfChain(part))];
        }

        return OfChain(operands);
    }

    private int OfChain(int[] operands) => operands.Select((depth, i) => depth + Below(i, operands.Length)).Max();
}
