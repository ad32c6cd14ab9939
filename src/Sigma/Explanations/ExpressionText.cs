using Sigma.Queries;

namespace Sigma.Explanations;

/// <summary>Writes normalized expressions as a tree of lines.</summary>
internal static class ExpressionText
{
    /// <summary>Writes an expression. A test carries the place it comes from, which may lie in a rule, a filter or a pipeline.</summary>
    public static IReadOnlyList<TextLine> Of(Expr expr) => [.. Lines(expr, 0)];

    /// <summary>Writes what a field is tested for, a text a value; any of them is enough.</summary>
    public static IEnumerable<string> Tests(MatchExpr match) => match.Values.Select(value => ValueText.Test(match.Field, value));

    private static IEnumerable<TextLine> Lines(Expr expr, int depth) => expr switch
    {
        AndExpr { Operands: [var only] } => Lines(only, depth),
        AndExpr and => and.Operands.SelectMany(operand => Lines(operand, depth + 1)).Prepend(new TextLine(depth, "and")),
        OrExpr or => or.Operands.SelectMany(operand => Lines(operand, depth + 1)).Prepend(new TextLine(depth, "or")),
        NotExpr not => Lines(not.Operand, depth + 1).Prepend(new TextLine(depth, "not")),
        MatchExpr match => ValueText.Lines(match.Field, match.Values, all: false, depth, match.Span).Select((line, i) => i == 0 ? line : line with { Span = null }),
        _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
    };
}
