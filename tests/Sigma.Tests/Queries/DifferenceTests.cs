using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Queries;

/// <summary>What differs in one property is never taken for the same, wherever tests that are equal are merged.</summary>
public sealed class DifferenceTests
{
    /// <summary>Every kind of value with itself and every other.</summary>
    public static TheoryData<string, string> PairsOfValues() => Pairs(OneProperty.Values);

    /// <summary>Every kind of expression with itself and every other.</summary>
    public static TheoryData<string, string> PairsOfExpressions() => Pairs(OneProperty.Expressions);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(PairsOfValues))]
    public void Values_that_differ_in_one_property_are_never_merged(string one, string other)
    {
        IReadOnlyList<(string, Expr)> left = Tests(one, OneProperty.Here), right = Tests(other, OneProperty.There);
        Compare(left, right, one == other);

        // As one of several values of a test, too.
        Compare([.. left.Select(Listed)], [.. right.Select(Listed)], one == other);

        static (string, Expr) Listed((string Name, Expr Test) test) =>
            (test.Name, ((MatchExpr)test.Test) with { Values = [new NumberValue("7", OneProperty.Here), .. ((MatchExpr)test.Test).Values], IsList = true });
    }

    [Theory]
    [MemberData(nameof(PairsOfExpressions))]
    public void Expressions_that_differ_in_one_property_are_never_merged(string one, string other) =>
        Compare(Nodes(one, OneProperty.Here), Nodes(other, OneProperty.There), one == other);

    [Fact]
    public void Every_kind_has_a_property_that_tells_it_apart_or_has_none_to_tell()
    {
        OneProperty.Values.Where(kind => OneProperty.Telling(kind).Count == 0).Should().Equal(typeof(NullValue));
        OneProperty.Expressions.Should().AllSatisfy(kind => OneProperty.Telling(kind).Should().NotBeEmpty());
    }

    private static void Compare(IReadOnlyList<(string Name, Expr Node)> left, IReadOnlyList<(string Name, Expr Node)> right, bool sameKind)
    {
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                bool same = sameKind && i == j;
                (string a, string b) = (left[i].Name, right[j].Name);
                ExprEquality.Instance.Equals(left[i].Node, right[j].Node).Should().Be(same, $"{a} / {b}");
                ExprEquality.Instance.Equals(right[j].Node, left[i].Node).Should().Be(same, $"{b} / {a}");
                if (same)
                {
                    ExprEquality.Instance.GetHashCode(left[i].Node).Should().Be(ExprEquality.Instance.GetHashCode(right[j].Node), $"{a} is equal to its copy at another place");
                }
                else if (left[i].Node is MatchExpr x && right[j].Node is MatchExpr y)
                {
                    AssertKept(x, y, $"{a} / {b}");
                }
            }
        }
    }

    /// <summary>Each way in which the simplifier merges what is equal: side by side, few or many, and as what groups have in common.</summary>
    private static void AssertKept(MatchExpr x, MatchExpr y, string because)
    {
        var (p, q) = (new MatchExpr("p", [new NullValue(OneProperty.Here)], false, OneProperty.Here), new MatchExpr("q", [new NullValue(OneProperty.Here)], false, OneProperty.Here));
        MatchExpr[] many = [.. Enumerable.Range(0, 20).Select(i => p with { Field = $"p{i}" })];
        Leaves(new AndExpr([x, y], OneProperty.Here)).Should().Equal([x, y], because);
        Leaves(new OrExpr([x, y], OneProperty.Here)).Should().Equal([x, y], because);
        Leaves(new OrExpr([x, .. many, y], OneProperty.Here)).Should().Equal([x, .. many, y], because);
        Leaves(new OrExpr([new AndExpr([x, p], OneProperty.Here), new AndExpr([y, q], OneProperty.Here)], OneProperty.Here)).Should().Equal([x, p, y, q], because);
        Leaves(new AndExpr([new OrExpr([p, x], OneProperty.Here), new OrExpr([q, y], OneProperty.Here)], OneProperty.Here)).Should().Equal([p, x, q, y], because);
    }

    private static IEnumerable<MatchExpr> Leaves(Expr expr) => LeavesOf(Simplifier.Simplify(expr));

    private static IEnumerable<MatchExpr> LeavesOf(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.SelectMany(LeavesOf),
        OrExpr or => or.Operands.SelectMany(LeavesOf),
        NotExpr not => LeavesOf(not.Operand),
        _ => [(MatchExpr)expr],
    };

    /// <summary>A test of one field for each of the values of a kind.</summary>
    private static IReadOnlyList<(string Name, Expr Test)> Tests(string kind, Span span) =>
        [.. OneProperty.All(Kind(OneProperty.Values, kind), span).Select(value => (value.Name, (Expr)new MatchExpr("f", [(Value)value.Node], false, span)))];

    private static IReadOnlyList<(string Name, Expr Node)> Nodes(string kind, Span span) =>
        [.. OneProperty.All(Kind(OneProperty.Expressions, kind), span).Select(node => (node.Name, (Expr)node.Node))];

    private static Type Kind(IReadOnlyList<Type> kinds, string name) => kinds.Single(kind => kind.Name == name);

    private static TheoryData<string, string> Pairs(IReadOnlyList<Type> kinds)
    {
        var pairs = new TheoryData<string, string>();
        for (int i = 0; i < kinds.Count; i++)
        {
            for (int j = i; j < kinds.Count; j++)
            {
                pairs.Add(kinds[i].Name, kinds[j].Name);
            }
        }

        return pairs;
    }
}
