using System.Collections.Immutable;
using CsCheck;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Tests.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Queries;

/// <summary>How the seed's program shaped an expression, rule by rule, and that no rule changes which events are selected.</summary>
public sealed class SimplifierTests
{
    private static readonly SourceText Source = new("a.yml", new string('x', 1000));

    [Theory]
    [InlineData("a and b", "(a=1 and b=1)")]
    [InlineData("a and b and c", "(a=1 and b=1 and c=1)")]
    [InlineData("a or (b or c)", "(a=1 or b=1 or c=1)")]
    [InlineData("a and b and not c", "((a=1 and b=1) and not (c=1))")]
    [InlineData("a and (b or c)", "(a=1 and (b=1 or c=1))")]
    [InlineData("not not a", "a=1")]
    [InlineData("not a", "not (a=1)")]
    [InlineData("a and not (b or c)", "(a=1 and not ((b=1 or c=1)))")]
    [InlineData("((a))", "a=1")]
    [InlineData("a and a", "a=1")]
    [InlineData("a or b or a", "(a=1 or b=1)")]
    [InlineData("(a and b) or (a and c)", "(a=1 and (b=1 or c=1))")]
    [InlineData("(b and a) or (c and a)", "(a=1 and (b=1 or c=1))")]
    [InlineData("(a or b) and (a or c)", "(a=1 or (b=1 and c=1))")]
    [InlineData("(a and b) or (b and a)", "(a=1 and b=1)")]
    [InlineData("1 of them", "(a=1 or b=1 or c=1)")]
    [InlineData("all of them and not a", "((a=1 and b=1 and c=1) and not (a=1))")]
    public void A_condition_takes_the_shape_of_the_published_queries(string condition, string expected) => Normalized(condition).Should().Be(expected);

    /// <summary>Deviation D13 of the published queries: history dropped the emptied child, so that c became required.</summary>
    [Theory]
    [InlineData("(a and b) or (a and b and c)", "(a=1 and b=1)")]
    [InlineData("(a or b) and (a or b or c)", "(a=1 or b=1)")]
    public void D13_an_emptied_child_adds_nothing(string condition, string expected) => Normalized(condition).Should().Be(expected);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Simplifying_keeps_the_truth_table() => Expressions().Sample(
        expr =>
        {
            Expr simple = Simplifier.Simplify(expr);
            for (int row = 0; row < 1 << Variables; row++)
            {
                if (Holds(simple, row) != Holds(expr, row))
                {
                    throw new InvalidOperationException($"{Applied.Print(expr)} became {Applied.Print(simple)}");
                }
            }
        },
        iter: Iterations.Of(20_000),
        print: Applied.Print);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Simplifying_twice_changes_nothing() => Expressions().Sample(
        expr =>
        {
            Expr once = Simplifier.Simplify(expr);
            ReferenceEquals(Simplifier.Simplify(once), once).Should().BeTrue();
        },
        iter: 3_000,
        print: Applied.Print);

    [Fact]
    public void Equality_and_hashes_ignore_places() => Expressions().Sample(
        expr =>
        {
            Expr moved = Move(expr);
            ExprEquality.Instance.Equals(expr, moved).Should().BeTrue();
            ExprEquality.Instance.GetHashCode(moved).Should().Be(ExprEquality.Instance.GetHashCode(expr));
        },
        iter: 1_000,
        print: Applied.Print);

    [Fact]
    public void A_list_and_a_single_value_are_not_the_same() =>
        ExprEquality.Instance.Equals(Variable(0, 0), Variable(0, 0) with { IsList = true }).Should().BeFalse();

    [Fact]
    public void Ten_thousand_alternatives_are_simplified_quickly()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var all = new AndExpr([.. Enumerable.Range(0, 10_000).Select(i => (Expr)(Variable(0, i % 900) with { Values = [Text($"v{i}")] }))], At(0));
        Simplifier.Simplify(all).Should().BeSameAs(all);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "a machine may be busy, and what is not linear takes far longer");
    }

    private const int Variables = 4;

    private static string Normalized(string condition)
    {
        SigmaRule rule = Given.Rule("a: {a: 1}\nb: {b: 1}\nc: {c: 1}\ncondition: " + condition + "\n");
        return Applied.Print(Normalizer.Normalize(rule, rule.Conditions[0].Search, [])!);
    }

    private static Gen<Expr> Expressions() => Gen.Recursive<Expr>((depth, inner) =>
    {
        Gen<Expr> leaf = Gen.Select(Gen.Int[0, Variables - 1], Gen.Int[0, 900], (v, at) => (Expr)Variable(v, at));
        Gen<ImmutableArray<Expr>> operands = inner.Array[1, 4].Select(array => array.ToImmutableArray());
        return depth > 4 ? leaf : Gen.OneOf(
            leaf,
            inner.Select(e => (Expr)new NotExpr(e, At(1))),
            operands.Select(o => (Expr)new AndExpr(o, At(2))),
            operands.Select(o => (Expr)new OrExpr(o, At(3))));
    });

    private static MatchExpr Variable(int index, int at) => new("v" + index, [Text("x")], false, At(at));

    private static StringValue Text(string text) => new(SigmaString.OfLiteral(text), false, At(5));

    private static Span At(int offset) => new(Source, offset, 1);

    private static Expr Move(Expr expr) => expr switch
    {
        AndExpr and => new AndExpr([.. and.Operands.Select(Move)], At(999)),
        OrExpr or => new OrExpr([.. or.Operands.Select(Move)], At(999)),
        NotExpr not => new NotExpr(Move(not.Operand), At(999)),
        _ => expr with { Span = At(999) },
    };

    private static bool Holds(Expr expr, int row) => expr switch
    {
        AndExpr and => and.Operands.All(o => Holds(o, row)),
        OrExpr or => or.Operands.Any(o => Holds(o, row)),
        NotExpr not => !Holds(not.Operand, row),
        MatchExpr match => (row & (1 << (match.Field![1] - '0'))) != 0,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
