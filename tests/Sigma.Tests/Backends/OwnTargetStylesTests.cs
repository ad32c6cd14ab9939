using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>docs/backends.md: what a definition must say so that a query means what the rule means, and cannot be left by a value.</summary>
public sealed class OwnTargetStylesTests
{
    private const string Quoted = "quoted: {open: \"'\", close: \"'\", replace: {\"'\": \"''\"}}";

    /// <summary>All that a style writes in place of something else stays inside its quotes.</summary>
    [Theory]
    [InlineData("""escape: '\', escaped: '"\', replace: {'a"': 'b"'}""", true)]
    [InlineData("""escape: '\', escaped: '"\', replace: {'a"': 'b\"'}""", false)]
    [InlineData("""escape: '\', escaped: '"\', replace: {'"': '"'}""", true)]
    [InlineData("""escape: '\', escaped: '"\', replace: {'\\': '\'}""", true)]
    [InlineData("""escape: '\', escaped: '"\', replace: {'x': 'y\'}""", true)]
    [InlineData("""escape: '\', escaped: '"\', replace: {'&&': '\&&'}""", false)]
    [InlineData("""escape: '\', escaped: '"\', many: '"'""", true)]
    [InlineData("""escape: '\', escaped: '"\', many: '\'""", true)]
    [InlineData("""escape: '\', escaped: '"\', many: '*', literal_many: '"*'""", true)]
    [InlineData("""escape: '\', escaped: '"\', many: '*', literal_many: '\*'""", false)]
    [InlineData("""escape: '\', escaped: '"\', control: '"{code}'""", true)]
    [InlineData("""escape: '\', escaped: '"\', control: '" & chr({code}) & "'""", false)]
    [InlineData("""escape: '\', escaped: '"\', control: '\u{code}'""", false)]
    [InlineData("""replace: {'"': '""'}""", false)]
    [InlineData("""replace: {'"': '""', 'a"': 'b"'}""", true)]
    [InlineData("""replace: {'"': '""', 'a"': 'b""'}""", false)]
    [InlineData("""replace: {'"': 'b"'}""", true)]
    [InlineData("""replace: {'"': '" + Chr(34) + "'}""", false)]
    [InlineData("""replace: {'"': '&quot;'}""", false)]
    [InlineData("""impossible: '"', replace: {'a"': 'b"'}""", false)]
    public void What_a_style_writes_does_not_leave_its_quotes(string keys, bool isUnsafe) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  third: {{open: '\"', close: '\"', {keys}}}\n")).Findings().Select(d => d.Code.Id)
            .Should().Equal(isUnsafe ? ["SIG0511"] : []);

    [Theory]
    [InlineData("third: {open: '\"'}", "'{field} = {quoted}'", true)]
    [InlineData("third: {open: '<'}", "'{field} = {quoted}'", false)]
    [InlineData("third: {many: '*'}", "'{field} = \"{third}\"'", true)]
    [InlineData("third: {escape: '\\', escaped: '\"\\'}", "'{field} = \"{third}\"'", false)]
    [InlineData("third: {impossible: '\"'}", "'{field} = \"{third}\"'", false)]
    [InlineData("third: {fits: '[0-9]+'}", "'{field} = \"{third}\"'", false)]
    [InlineData("third: {pattern: {dialect: pcre}}", "'{field} ~ /{third}/'", true)]
    [InlineData("third: {pattern: {dialect: lucene}}", "'{field} ~ /{third}/'", false)]
    public void Quotes_that_are_not_in_pairs_around_a_value_are_refused(string style, string shape, bool isUnsafe) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  {style}\n").Replace("'{field} = {quoted}'", shape)).Findings().Select(d => d.Code.Id)
            .Should().Equal(isUnsafe ? ["SIG0511"] : []);

    /// <summary>What is written alike is read alike.</summary>
    [Theory]
    [InlineData("many: '*', literal_many: '*'", "literal_many")]
    [InlineData("many: '%', one: '%'", "one")]
    [InlineData("many: '%', one: '_', literal_one: '%'", "literal_one")]
    [InlineData("many: '%', one: '_', literal_many: '*', literal_one: '?'", null)]
    [InlineData("many: '  ', one: '  '", null)]
    public void A_wildcard_is_written_in_a_way_of_its_own(string keys, string? key) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  third: {{{keys}}}\n")).Findings().Select(d => (d.Code.Id, d.Message.Split('\'')[1]))
            .Should().Equal(key is null ? [] : [("SIG0503", key)]);

    [Fact]
    public void A_wildcard_of_the_language_that_is_replaced_by_itself_is_said() =>
        new OwnTarget(OwnTarget.Plain.Replace("replace: {\"'\": \"''\"}}\nshapes", "replace: {\"'\": \"''\", '%': '%'}, many: '%'}\nshapes")).Convert("{a: '50%'}")
            .Diagnostics.Should().Contain(d => d.Code.Id == "SIG0602");

    [Theory]
    [InlineData(@"replace: {""\n"": ""\n""}")]
    [InlineData(@"replace: {x: ""\0""}")]
    [InlineData(@"replace: {x: ""\u2028""}")]
    public void Nothing_becomes_a_control_character(string keys)
    {
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  third: {{{keys}}}\n")).Findings().Should().ContainSingle(d => d.Code.Id == "SIG0503");
        new OwnTarget(OwnTarget.Plain + $"regex: {{dialect: pcre, {keys}}}\n").Findings().Should().ContainSingle(d => d.Code.Id == "SIG0503");
    }

    [Theory]
    [InlineData("  list: {template: '{field} in ({items})', item: '{quoted}'}\n", "SIG0502")]
    [InlineData("  list: {template: '{field} in ({items})', item: '{quoted}', separator: ''}\n", "SIG0503")]
    [InlineData("  list: {refused: it has none}\n", null)]
    public void The_items_of_a_list_are_kept_apart(string shape, string? code) =>
        new OwnTarget(OwnTarget.Plain + shape).Findings().Select(d => d.Code.Id).Should().Equal(code is null ? [] : [code]);

    [Theory]
    [InlineData("'{expression}'")]
    [InlineData("' {expression} '")]
    [InlineData("'({expression}'")]
    [InlineData("'{expression})'")]
    public void A_group_has_brackets(string group) =>
        new OwnTarget(OwnTarget.Plain.Replace("'({expression})'", group)).Findings().Should().ContainSingle(d => d.Code.Id == "SIG0503" && Given.Text(d.Span) == group);

    /// <summary>Options and fragments stand in all parts of an expression, and what is neither is a mistake.</summary>
    [Fact]
    public void Options_are_placeholders_of_operators_too()
    {
        const string More = "options: {word: {description: d, default: UND}}\nfragments: {comma: '; '}\n";
        string definition = OwnTarget.Plain.Replace("and: ' AND '", "and: ' {word} '").Replace("or: ' OR '", "or: ' {{or}} '") + "  list: {template: '{field} in ({items})', item: '{quoted}', separator: '{comma}'}\n" + More;
        new OwnTarget(definition).Query("{a: x, b: [y, z]}").Should().Be("(a = 'x' UND b in ('y'; 'z'))");
        new OwnTarget(definition).Query("[{a: x}, {b: y}]").Should().Be("(a = 'x' {or} b = 'y')");
    }

    [Theory]
    [InlineData("and: ' AND '", "and: ' {wrod} '", "{wrod}")]
    [InlineData("or: ' OR '", "or: ' {wrod} '", "{wrod}")]
    [InlineData("or: ' OR '", "or: ' OR ', everything: '{wrod}'", "{wrod}")]
    [InlineData("expression:", "correlation_timespan_note: 'within {timespn}'\nexpression:", "{timespn}")]
    [InlineData("expression:", "correlation_columns: ['{tpye}', '{type}', 'rule_{rule}']\nexpression:", "{tpye}")]
    [InlineData("expression:", "stages: {s: {conjunct: '{condition}', and: '{x}'}}\nexpression:", "{x}")]
    public void A_placeholder_that_is_misspelt_is_found_in_every_text(string text, string instead, string at) =>
        new OwnTarget(OwnTarget.Plain.Replace(text, instead)).Findings().Should().ContainSingle(d => d.Code.Id == "SIG0504").Which.Span.Should().Match<Span?>(span => Given.Text(span) == at);

    /// <summary>Six levels of twenty each would be 64,000,000 pieces.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("")]
    public void Fragments_that_multiply_are_refused(string last)
    {
        string levels = string.Concat("abcdef".Select(name => $"  {name}: '{string.Concat(Enumerable.Repeat($"{{{(char)(name + 1)}}}", 20))}'\n")) + $"  g: '{last}'\n";
        new OwnTarget(OwnTarget.Plain + $"  exists: '{{field}}{{a}}'\n  not_exists: 'no {{field}}{{a}}'\nfragments:\n{levels}").Findings().Should().ContainSingle().Which.Code.Id.Should().Be("SIG0516");
    }

    [Fact]
    public void A_long_option_that_stands_often_is_refused() =>
        new OwnTarget(OwnTarget.Plain + $"  exists: '{{field}}{string.Concat(Enumerable.Repeat("{o}", 2000))}'\noptions: {{o: {{description: d, default: {new string('x', 1000)}}}}}\n")
            .Findings().Should().ContainSingle().Which.Code.Id.Should().Be("SIG0516");

    [Fact]
    public void Fragments_within_the_limit_are_written()
    {
        Conversion made = new OwnTarget(OwnTarget.Plain + $"  exists: '{{field}}{string.Concat(Enumerable.Repeat("{a}", 900))}'\nfragments: {{a: '{new string('x', 1000)}'}}\n").Convert("{a|exists: true}");
        made.Query.Should().HaveLength(900_001);
    }

    [Theory]
    [InlineData("extends: own\n", "SIG0515", "own", null)]
    [InlineData("extends: other\n", "SIG0515", "own", null)]
    [InlineData("extends: othr\n", "SIG0505", "othr", "did you mean 'other'?")]
    public void What_cannot_be_extended_is_one_mistake(string definition, string code, string at, string? hint)
    {
        Diagnostic found = new OwnTarget(definition).With(("other", "extends: own\n")).Findings().Should().ContainSingle().Subject;
        (found.Code.Id, Given.Text(found.Span), found.Hint).Should().Be((code, at, hint));
    }

    [Fact]
    public void A_definition_is_one_document() =>
        new OwnTarget(OwnTarget.Plain + "---\nshapes: {tekst: 1}\n").Findings().Should().ContainSingle(d => d.Code.Id == "SIG0503" && d.Span!.Value.Start > OwnTarget.Plain.Length);

    [Fact]
    public void An_abstract_definition_is_said_to_be_one() =>
        new OwnTarget("abstract: true\n" + OwnTarget.Plain).Findings().Should().ContainSingle(d => d.Code.Id == "SIG0703").Which.Hint.Should().Contain("abstract");
}
