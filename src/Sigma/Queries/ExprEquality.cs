using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Queries;

/// <summary>Whether two expressions say the same, wherever they stand. Records would compare the places as well.</summary>
internal sealed class ExprEquality : IEqualityComparer<Expr>
{
    /// <summary>One for a few comparisons; it remembers nothing from one use to the next.</summary>
    public static ExprEquality Instance => new();

    /// <summary>The hashes of what has many parts: a group is asked for each time the expression around it changes.</summary>
    private readonly Dictionary<Expr, int> hashes = new(ReferenceEqualityComparer.Instance);

    public bool Equals(Expr? a, Expr? b) => (a, b) switch
    {
        (AndExpr x, AndExpr y) => Same(x.Operands, y.Operands),
        (OrExpr x, OrExpr y) => Same(x.Operands, y.Operands),
        (NotExpr x, NotExpr y) => Equals(x.Operand, y.Operand),
        (MatchExpr x, MatchExpr y) => x.Field == y.Field && x.IsList == y.IsList && Same(x.Values, y.Values),
        _ => false,
    };

    /// <summary>All parts count: thousands of groups that begin alike, or of lists that do, must not fall into one bucket.</summary>
    public int GetHashCode(Expr expr)
    {
        if (hashes.TryGetValue(expr, out int known))
        {
            return known;
        }

        var hash = new HashCode();
        switch (expr)
        {
            case AndExpr and:
                hash.Add(1);
                Add(ref hash, and.Operands);
                break;
            case OrExpr or:
                hash.Add(2);
                Add(ref hash, or.Operands);
                break;
            case NotExpr not:
                hash.Add(3);
                hash.Add(GetHashCode(not.Operand));
                break;
            case MatchExpr match:
                hash.Add(match.Field);
                foreach (Value value in match.Values)
                {
                    hash.Add(HashOf(value));
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }

        int made = hash.ToHashCode();
        if (expr is not MatchExpr { Values.Length: < 8 })
        {
            hashes[expr] = made;
        }

        return made;
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

    private void Add(ref HashCode hash, ImmutableArray<Expr> operands)
    {
        foreach (Expr operand in operands)
        {
            hash.Add(GetHashCode(operand));
        }
    }

    private static int HashOf(Value value) => value switch
    {
        StringValue text => text.Text.GetHashCode(),
        RegexValue regex => regex.Pattern.GetHashCode(),
        NumberValue number => number.Text.GetHashCode(StringComparison.Ordinal),
        CidrValue cidr => cidr.Network.GetHashCode(),
        CompareValue compare => compare.Number.GetHashCode(StringComparison.Ordinal),
        FieldReferenceValue reference => reference.Field.GetHashCode(StringComparison.Ordinal),
        TimePartValue part => part.Number.GetHashCode(StringComparison.Ordinal),
        QueryExpressionValue query => query.Expression.GetHashCode(StringComparison.Ordinal),
        BooleanValue truth => truth.Value ? 1 : 0,
        ExpansionValue expansion => expansion.Values.Aggregate(0, (sum, member) => HashCode.Combine(sum, HashOf(member))),
        _ => 0,
    };
}
