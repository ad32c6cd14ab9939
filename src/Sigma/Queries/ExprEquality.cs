using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Queries;

/// <summary>Whether two expressions say the same, wherever they stand. Records would compare the places as well.</summary>
internal sealed class ExprEquality : IEqualityComparer<Expr>
{
    public static ExprEquality Instance { get; } = new();

    public bool Equals(Expr? a, Expr? b) => (a, b) switch
    {
        (AndExpr x, AndExpr y) => Same(x.Operands, y.Operands),
        (OrExpr x, OrExpr y) => Same(x.Operands, y.Operands),
        (NotExpr x, NotExpr y) => Equals(x.Operand, y.Operand),
        (MatchExpr x, MatchExpr y) => x.Field == y.Field && x.IsList == y.IsList && Same(x.Values, y.Values),
        _ => false,
    };

    public int GetHashCode(Expr expr)
    {
        var hash = new HashCode();
        Add(ref hash, expr);
        return hash.ToHashCode();
    }

    private bool Same(ImmutableArray<Expr> a, ImmutableArray<Expr> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!Equals(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(ImmutableArray<Value> a, ImmutableArray<Value> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(Value a, Value b) => (a, b) switch
    {
        (StringValue x, StringValue y) => x.Cased == y.Cased && x.Text.Equals(y.Text),
        (NumberValue x, NumberValue y) => x.Text == y.Text,
        (BooleanValue x, BooleanValue y) => x.Value == y.Value,
        (NullValue, NullValue) => true,
        (RegexValue x, RegexValue y) => x.Flags == y.Flags && x.Pattern.Equals(y.Pattern),
        (CidrValue x, CidrValue y) => x.Network.Equals(y.Network),
        (CompareValue x, CompareValue y) => x.Comparison == y.Comparison && x.Number == y.Number,
        (ExistsValue x, ExistsValue y) => x.Exists == y.Exists,
        (FieldReferenceValue x, FieldReferenceValue y) => x.Field == y.Field && x.StartsWith == y.StartsWith && x.EndsWith == y.EndsWith,
        (TimePartValue x, TimePartValue y) => x.Part == y.Part && x.Comparison == y.Comparison && x.Number == y.Number,
        (QueryExpressionValue x, QueryExpressionValue y) => x.Expression == y.Expression,
        (ExpansionValue x, ExpansionValue y) => Same(x.Values, y.Values),
        _ => false,
    };

    private static void Add(ref HashCode hash, Expr expr)
    {
        switch (expr)
        {
            case AndExpr and:
                hash.Add(1);
                hash.Add(and.Operands.Length);
                Add(ref hash, and.Operands[0]);
                break;
            case OrExpr or:
                hash.Add(2);
                hash.Add(or.Operands.Length);
                Add(ref hash, or.Operands[0]);
                break;
            case NotExpr not:
                hash.Add(3);
                Add(ref hash, not.Operand);
                break;
            case MatchExpr match:
                hash.Add(match.Field);
                hash.Add(match.Values.Length);

                // Thousands of tests of one field, as contains and all makes them, must not fall into one bucket.
                hash.Add(match.Values[0] switch
                {
                    StringValue text => text.Text.GetHashCode(),
                    RegexValue regex => regex.Pattern.GetHashCode(),
                    NumberValue number => number.Text.GetHashCode(StringComparison.Ordinal),
                    CidrValue cidr => cidr.Network.GetHashCode(),
                    _ => 0,
                });
                break;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }
}
