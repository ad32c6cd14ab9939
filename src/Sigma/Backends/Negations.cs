using Sigma.Queries;

namespace Sigma.Backends;

/// <summary>Moves negations down to the single tests, for a language that has no NOT.</summary>
internal static class Negations
{
    /// <summary>The expression with NOT directly around tests only.</summary>
    public static Expr PushDown(Dialect dialect, Expr expr) => Turn(dialect, expr, negated: false);

    private static Expr Turn(Dialect dialect, Expr expr, bool negated) => expr switch
    {
        AndExpr { Operands: [var only] } => Turn(dialect, only, negated),
        OrExpr { Operands: [var only] } => Turn(dialect, only, negated),
        AndExpr { Operands: var operands } when negated => new OrExpr([.. operands.Select(operand => Turn(dialect, operand, true))], expr.Span),
        AndExpr and => and with { Operands = [.. and.Operands.Select(operand => Turn(dialect, operand, false))] },
        OrExpr { Operands: var operands } when negated => new AndExpr([.. operands.Select(operand => Turn(dialect, operand, true))], expr.Span),
        OrExpr or => or with { Operands = [.. or.Operands.Select(operand => Turn(dialect, operand, false))] },
        NotExpr not => Turn(dialect, not.Operand, !negated),
        MatchExpr { Values.Length: > 1 } match when negated && ShapeSelector.ListShape(dialect, match)?.Negated is null => new AndExpr(
            [.. match.Values.Select(value => (Expr)new NotExpr(new MatchExpr(match.Field, [value], false, value.Span), value.Span))], match.Span),
        _ => negated ? new NotExpr(expr, expr.Span) : expr,
    };
}
