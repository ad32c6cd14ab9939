using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>What a definition may say of operators for parts of texts, of negations, of absent fields, of fragments and dates.</summary>
public sealed class OwnTargetLogicTests
{
    private const string Frame = """
        fields: {plain: '^[a-z]+$'}
        texts:
          quoted: {open: "'", close: "'", replace: {"'": "''"}, many: '*', one: '?', impossible: '^'}
          low: {open: "'", close: "'", replace: {"'": "''"}, lower: true}
          bare: {impossible: ' ()|'}

        """;

    private const string Kusto = Frame + """
        expression: {and: ' and ', or: ' or ', not: 'not{operand}', group: '({expression})'}
        regex: {dialect: re2, text: quoted}
        shapes:
          text: '{field} =~ {quoted}'
          list: {template: '{field} in~ ({items})', item: '{quoted}', number_item: '{number}', separator: ', ', negated: '{field} !in~ ({items})'}
          wildcard: '{field} fits {quoted}'
          startswith: '{field} startswith {quoted}'
          contains: {template: '{field} contains {quoted}', negated: '{field} !contains {quoted}'}
          cased: '{field} == {quoted}'
          cased_endswith: '{field} endswith_cs {quoted}'
          regex: '{field} matches {regex}'
        """;

    [Theory]
    [InlineData("{a: 'x*'}", "s", "a startswith 'x'")]
    [InlineData("{a: '*x*'}", "s", "a contains 'x'")]
    [InlineData("{a: '*x'}", "s", "a fits '*x'")]
    [InlineData("{a: 'x*y*'}", "s", "a fits 'x*y*'")]
    [InlineData("{a: '*'}", "s", "a fits '*'")]
    [InlineData("{a: ['x*', 'y', 'z*', 'u']}", "s", "(a in~ ('y', 'u') or a startswith 'x' or a startswith 'z')")]
    [InlineData("{a: ['x', 5]}", "s", "a in~ ('x', 5)")]
    [InlineData("{a|cased|endswith: 'X'}", "s", "a endswith_cs 'X'")]
    [InlineData("{a: '*x*'}", "not s", "a !contains 'x'")]
    [InlineData("{a: ['x', 'y']}", "not s", "a !in~ ('x', 'y')")]
    [InlineData("{a: 'x*'}", "not s", "not(a startswith 'x')")]
    [InlineData("{a: '*x*', b: y}", "not s", "not(a contains 'x' and b =~ 'y')")]
    [InlineData("{a|re: 'x\\d{2}$'}", "s", @"a matches 'x\d{2}\n?\z'")]
    public void A_language_may_have_operators_for_the_ends_of_texts_and_opposites(string detection, string condition, string expected) =>
        new OwnTarget(Kusto).Query(detection, condition).Should().Be(expected);

    private const string Labels = Frame + """
        expression: {and: ' and ', or: ' or ', not: '{operand}', group: '({expression})'}
        shapes:
          text: {template: '{field}={quoted}', negated: '{field}!={quoted}'}
          list: {template: '{field}=~({items})', item: '{bare}', separator: '|', negated: '{field}!~({items})'}
          empty: {template: "{field}=''", negated: "{field}!=''"}
          compare: '{field}{operator}{number}'
        """;

    [Theory]
    [InlineData("{a: x, b: y}", "not s", "(a!='x' or b!='y')")]
    [InlineData("{a: x, b: y}", "not (not s)", "(a='x' and b='y')")]
    [InlineData("{a: [x, y], b: z}", "not s", "(a!~(x|y) or b!='z')")]
    [InlineData("[{a: x}, {b: y}]", "not s", "(a!='x' and b!='y')")]
    public void Without_NOT_negations_move_to_the_tests(string detection, string condition, string expected) =>
        new OwnTarget(Labels).Query(detection, condition).Should().Be(expected);

    [Fact]
    public void Without_NOT_a_test_that_has_no_opposite_is_refused() =>
        new OwnTarget(Labels).Convert("{a|gt: 5}", "not s").Diagnostics.Should().Contain(d => d.Message.Contains("the language has no NOT"));

    private const string Unknown = Frame + """
        expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})', missing: unknown, null_safe: 'coalesce({condition}, FALSE)'}
        shapes:
          text: '{field} = {quoted}'
          'null': {template: '{field} IS NULL', missing: false}
        """;

    [Theory]
    [InlineData("{a: x}", "not s", "NOT coalesce(a = 'x', FALSE)")]
    [InlineData("{a: x, b: y}", "not s", "NOT coalesce((a = 'x' AND b = 'y'), FALSE)")]
    [InlineData("{a: null}", "not s", "NOT (a IS NULL)")]
    [InlineData("{a: x}", "s", "a = 'x'")]
    public void What_may_be_unknown_is_made_false_under_NOT(string detection, string condition, string expected) =>
        new OwnTarget(Unknown).Query(detection, condition).Should().Be(expected);

    [Fact]
    public void A_language_of_unknowns_must_say_how_they_become_false() =>
        new OwnTarget(Unknown.Replace(", null_safe: 'coalesce({condition}, FALSE)'", "")).Findings().Should().ContainSingle(d => d.Code == Codes.BackendMissing);

    [Fact]
    public void A_style_can_lower_letters()
    {
        var target = new OwnTarget(Frame + """
            expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})'}
            shapes: {text: 'lower({field}) = {low}', cased: '{field} = {quoted}'}
            """);

        target.Query("{a: 'Ä''B'}", "s").Should().Be("lower(a) = 'ä''b'");
        target.Query("{a|cased: 'Ä''B'}", "s").Should().Be("a = 'Ä''B'");
    }

    private const string Base = Frame + """
        abstract: true
        expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})'}
        fragments: {low: 'lower({field})', starts: 'starts_with({low}, {quoted})'}
        shapes: {text: '{low} = {quoted}', startswith: '{starts}', time_part: 'extract({part}, {field}) {operator} {number}'}
        time_parts: {hour: HOUR_OF_DAY}
        """;

    private static readonly string Shapes = Base.Replace("  low: {open", "  small: {open");

    [Fact]
    public void A_fragment_is_a_piece_of_templates_that_a_child_replaces()
    {
        OwnTarget child = new OwnTarget("extends: base\nfragments: {low: 'lowerUTF8({field})'}\n").With(("base", Shapes));

        child.Query("{a: 'x'}", "s").Should().Be("lowerUTF8(a) = 'x'");
        child.Query("{a: 'x*'}", "s").Should().Be("starts_with(lowerUTF8(a), 'x')");
    }

    [Fact]
    public void Parts_of_dates_have_the_names_of_the_language_or_are_refused()
    {
        OwnTarget child = new OwnTarget("extends: base\n").With(("base", Shapes));

        child.Query("{a|hour: 5}", "s").Should().Be("extract(HOUR_OF_DAY, a) = 5");
        child.Convert("{a|week: 5}", "s").Diagnostics.Should().Contain(d => d.Message.Contains("the week of a date"));
    }

    [Theory]
    [InlineData("low: 'x{feild} {field}'", "SIG0504", "feild")]
    [InlineData("low: '{field} {more}', more: '{low}'", "SIG0503", "a fragment that does not contain itself")]
    [InlineData("low: '{field}', quoted: 'x'", "SIG0513", "which is a fragment")]
    [InlineData("low: '{field}', field: 'x'", "SIG0513", "a placeholder of templates")]
    public void Mistakes_in_fragments_are_shown_once_where_they_stand(string fragments, string code, string part)
    {
        string definition = Shapes.Replace("abstract: true", "").Replace("low: 'lower({field})', starts: 'starts_with({low}, {quoted})'", fragments).Replace("{starts}", "{low}{quoted}");

        new OwnTarget(definition).Findings().Where(d => d.Code.Id == code).Should().ContainSingle().Which.Message.Should().Contain(part);
    }

    [Fact]
    public void A_base_is_no_target() => new OwnTarget(Shapes).Findings().Should().ContainSingle(d => d.Code == Codes.UnknownTarget);
}
