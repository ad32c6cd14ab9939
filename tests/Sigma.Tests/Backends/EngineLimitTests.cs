using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>What an engine takes: a query beyond a limit is written otherwise, and means the same, or it is reported.</summary>
public sealed class EngineLimitTests
{
    private const string List = "  list: {template: '{field} in ({items})', item: '{quoted}', separator: ','}\n";

    [Theory]
    [InlineData(2, "((((a = '1' OR a = '2') OR (a = '3' OR a = '4')) OR ((a = '5' OR a = '6') OR (a = '7' OR a = '8'))) OR a = '9')")]
    [InlineData(4, "((a = '1' OR a = '2' OR a = '3' OR a = '4') OR (a = '5' OR a = '6' OR a = '7' OR a = '8') OR a = '9')")]
    [InlineData(9, "(a = '1' OR a = '2' OR a = '3' OR a = '4' OR a = '5' OR a = '6' OR a = '7' OR a = '8' OR a = '9')")]
    public void A_long_chain_is_put_into_groups(int chain, string expected) =>
        new OwnTarget(OwnTarget.Plain + $"limits: {{chain: {chain}}}\n").Query("{a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}").Should().Be(expected);

    [Theory]
    [InlineData("{a: [1, 2, 3, 4, 5]}", "s", "(a in ('1','2') OR a in ('3','4') OR a in ('5'))")]
    [InlineData("{a: [1, 2]}", "s", "a in ('1','2')")]
    [InlineData("{a: [1, 2, 3]}", "not s", "NOT ((a in ('1','2') OR a in ('3')))")]
    public void A_long_list_becomes_several(string detection, string condition, string expected) =>
        new OwnTarget(OwnTarget.Plain + List + "limits: {items: 2}\n").Query(detection, condition).Should().Be(expected);

    [Fact]
    public void A_long_list_becomes_several_in_a_language_without_NOT() =>
        new OwnTarget(OwnTarget.Plain.Replace("not: 'NOT {operand}'", "not: '{operand}'").Replace("text: '{field} = {quoted}'", "text: {template: '{field} = {quoted}', negated: '{field} != {quoted}'}")
            + List.Replace("template: '{field} in ({items})'", "template: '{field} in ({items})', negated: '{field} not in ({items})'") + "limits: {items: 2}\n")
            .Query("{a: [1, 2, 3]}", "not s").Should().Be("(a not in ('1','2') AND a not in ('3'))");

    [Theory]
    [InlineData("{a: [1, 2], b: 3}", 3)]
    [InlineData("{a: [1, 2], b: [3, 4]}", 4)]
    public void The_values_of_the_whole_query_are_counted(string detection, int count) =>
        new OwnTarget(OwnTarget.Plain + "limits: {values: {most: 3, note: ask less}}\n").Convert(detection).Diagnostics.Where(d => d.Severity >= Severity.Warning).Select(d => d.Message)
            .Should().Equal(count > 3 ? ["the own query has 4 values; ask less"] : []);

    [Theory]
    [InlineData("21 bytes", "xxxxxxxxxxxxxxxxx", 0)]
    [InlineData("21 bytes", "xxxxxxxxxxxxxxxxxx", 23)]
    [InlineData("21 bytes", "ééééééééé", 23)]
    [InlineData("21 characters", "ééééééééé", 0)]
    public void A_query_that_is_too_long_is_refused_or_warned_of(string most, string value, int length)
    {
        string text = OwnTarget.Plain.Replace("'{field} = {quoted}'", "'{field}={quoted}'");
        static IEnumerable<Diagnostic> Said(Conversion conversion) => conversion.Diagnostics.Where(d => d.Severity >= Severity.Warning);

        Conversion refused = new OwnTarget(text + $"limits: {{length: {{most: {most}}}}}\n").Convert($"{{a: {value}}}");
        Conversion warned = new OwnTarget(text + $"limits: {{length: {{most: {most}, setting: longest}}}}\n").Convert($"{{a: {value}}}");

        warned.Query.Should().Be($"a='{value}'");
        if (length == 0)
        {
            refused.Query.Should().Be(warned.Query);
            Said(refused).Concat(Said(warned)).Should().BeEmpty();
            return;
        }

        refused.Query.Should().BeNull();
        Said(refused).Select(d => (d.Code.Id, d.Message)).Should().Equal(("SIG0618", $"the own query has {length - 1} bytes, and the system takes at most 21 bytes"));
        Said(warned).Select(d => (d.Code.Id, d.Message)).Should().Equal(("SIG0617", $"the own query has {length - 1} bytes, and longest allows 21 bytes unless it is raised"));
    }

    [Theory]
    [InlineData("{description: d, template: f.scriban, longest_query: 20 bytes}", "{{ query }} -- a comment that is long", true)]
    [InlineData("{description: d, template: f.scriban, longest_query: 20 bytes, makes: rule}", "{{ query }} -- a comment that is long", false)]
    [InlineData("{description: d, template: f.scriban, longest_query: 20 bytes, makes: rule}", "{{ 'ask for ' + query | query_text }}", false)]
    [InlineData("{description: d, template: f.scriban, longest_query: 20 bytes, makes: rule}", "{{ 'please ask me for ' + query | query_text }}", true)]
    public void A_format_has_a_limit_of_its_own(string format, string template, bool tooLong)
    {
        Conversion conversion = new OwnTarget(OwnTarget.Plain + $"limits: {{length: {{most: 1000 bytes}}}}\nformats: {{f: {format}}}\n", ("formats/f.scriban", template)).Convert("{a: x}", format: "f");

        (conversion.Query is null).Should().Be(tooLong);
        conversion.Diagnostics.Where(d => d.Severity >= Severity.Warning).Select(d => d.Code.Id).Should().Equal(tooLong ? ["SIG0618"] : []);
    }

    [Theory]
    [InlineData(8, "(a = 'x' AND (b = 'x' OR (c = 'x' AND (d = 'x' OR (e = 'x' AND (f = 'x' OR (g = 'x' AND h = 'x')))))))")]
    [InlineData(7, "(((e = 'x' AND (f = 'x' OR (g = 'x' AND h = 'x'))) AND (a = 'x' AND (b = 'x' OR c = 'x'))) OR (a = 'x' AND (b = 'x' OR (c = 'x' AND d = 'x'))))")]
    public void Deep_brackets_are_written_flatter(int most, string expected)
    {
        string detections = string.Concat("abcdefgh".Select(name => $"  {name}: {{{name}: x}}\n"));
        new OwnTarget(OwnTarget.Plain + $"limits: {{depth: {{most: {most}}}}}\n")
            .ConvertRule($"title: T\nlogsource: {{category: test}}\ndetection:\n{detections}  condition: a and (b or (c and (d or (e and (f or (g and h))))))\n").Query
            .Should().Be(expected);
    }

    [Fact]
    public void Brackets_that_no_other_form_makes_flat_enough_are_refused() =>
        new OwnTarget(OwnTarget.Plain + "limits: {depth: {most: 2}}\n")
            .ConvertRule("title: T\nlogsource: {category: test}\ndetection:\n  a: {a: x}\n  b: {b: x}\n  c: {c: x}\n  condition: a and (b or not c)\n").Diagnostics
            .Where(d => d.Severity >= Severity.Warning).Select(d => (d.Code.Id, d.Message)).Should().Equal(("SIG0618", "the own query has 4 levels, and the system takes at most 2 levels"));

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData(1, 0, 1, 1, 30)]
    [InlineData(2, 1, 3, 2, 60)]
    [InlineData(1, 0, 4, 5, 50)]
    public void A_reduced_condition_means_the_same(int group, int operand, int not, int test, int most)
    {
        var random = new Random(20261129);
        var diagnostics = new List<Diagnostic>();
        Dialect dialect = new BackendCatalog([new OwnTarget(OwnTarget.Plain)]).Read("own", new Dictionary<string, string>(), diagnostics)!.Dialect;
        var limit = new DepthLimit(most, group, operand, not, test, null);
        var depth = new ConditionDepth(dialect, limit);
        int reduced = 0;
        for (int i = 0; i < 400; i++)
        {
            Expr deep = Random(random, 40 + random.Next(80));
            if (depth.Of(deep) <= most || new DepthReducer(dialect, limit).Reduce(deep) is not { } flat)
            {
                continue;
            }

            reduced++;
            depth.Of(flat).Should().BeLessThanOrEqualTo(most);
            for (int events = 0; events < 64; events++)
            {
                int bits = random.Next(1 << 12);
                bool Test(MatchExpr match) => ((bits >> (match.Field![0] - 'a')) & 1) == 1;
                flat.Holds(Test).Should().Be(deep.Holds(Test), $"case {i}, event {bits}");
            }
        }

        reduced.Should().BeGreaterThan(100);
    }

    /// <summary>A deep condition over twelve tests, now and then with a second deep branch.</summary>
    private static Expr Random(Random random, int levels)
    {
        Expr Leaf() => new MatchExpr(((char)('a' + random.Next(12))).ToString(), [new StringValue(SigmaString.OfLiteral("x"), false, default)], false, default);
        Expr expr = Leaf();
        for (int i = 0; i < levels; i++)
        {
            Expr other = random.Next(30) == 0 ? Random(random, levels / 3) : Leaf();
            expr = random.Next(5) switch
            {
                0 => new NotExpr(expr is MatchExpr ? new AndExpr([expr], default) : expr, default),
                1 or 2 => new AndExpr(random.Next(2) == 0 ? [expr, other] : [other, Leaf(), expr], default),
                _ => new OrExpr(random.Next(2) == 0 ? [expr, other] : [other, Leaf(), expr], default),
            };
        }

        return expr;
    }
}
