using Sigma.Queries;

namespace Sigma.Checks.Fixing;

/// <summary>
/// Whether two expressions plainly select the same events, though they are written otherwise: lists of one value, values twice, two
/// asterisks in a row, groups of one part. Both are brought into one form, and compared.
/// </summary>
internal static class Equivalence
{
    /// <summary>Compares two expressions.</summary>
    public static bool Holds(Expr a, Expr b) => ExprEquality.Instance.Equals(Plain(a), Plain(b));

    private static Expr Plain(Expr expr) => expr switch
    {
        AndExpr and => Group([.. and.Operands.Select(Plain)], isAnd: true),
        OrExpr or => Group([.. or.Operands.Select(Plain)], isAnd: false),
        NotExpr denial => Plain(denial.Operand) is NotExpr { Operand: var inner } ? inner : denial with { Operand = Plain(denial.Operand) },
        MatchExpr match => Plain(match),
        _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
    };

    private static Expr Group(Expr[] operands, bool isAnd)
    {
        var flat = new List<Expr>();
        foreach (Expr operand in operands)
        {
            IEnumerable<Expr> parts = operand switch
            {
                AndExpr conjunction when isAnd => conjunction.Operands,
                OrExpr disjunction when !isAnd => disjunction.Operands,
                _ => [operand],
            };
            foreach (Expr part in parts)
            {
                if (!flat.Exists(known => ExprEquality.Instance.Equals(known, part)))
                {
                    flat.Add(part);
                }
            }
        }

        return flat.Count == 1 ? flat[0] : isAnd ? new AndExpr([.. flat], flat[0].Span) : new OrExpr([.. flat], flat[0].Span);
    }

    /// <summary>Any of several values is several tests, any of which may hold.</summary>
    private static Expr Plain(MatchExpr match)
    {
        Expr[] each = [.. match.Values.Select(value => (Expr)new MatchExpr(match.Field, [Plain(value)], false, match.Span))];
        return each.Length == 1 ? each[0] : Group(each, isAnd: false);
    }

    private static Value Plain(Value value) => value is not StringValue text ? value : text with
    {
        Text = new SigmaString([.. text.Text.Parts.Where((part, i) => part.Kind is not PartKind.Many || i == 0 || text.Text.Parts[i - 1].Kind is not PartKind.Many)
            .Select(part => text.Cased || part.Kind is not PartKind.Literal ? part : part with { Text = part.Text.ToLowerInvariant() })]),
    };
}
