using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>No definition writes half a query, a value that is no text of the language, or two conditions alike.</summary>
public sealed class OwnTargetShapesTests
{
    private const string Plain = OwnTarget.Plain;

    [Theory]
    [InlineData("not: 'NOT {operand}'", "not: 'NOT ({operand}'", "'NOT ({operand}'")]
    [InlineData("not: 'NOT {operand}'", "not: 'NOT {operand})'", "'NOT {operand})'")]
    [InlineData("not: 'NOT {operand}'", "not: \"NOT '{operand}\"", "\"NOT '{operand}\"")]
    [InlineData("not: 'NOT {operand}'", "not: '({operand})'", "'({operand})'")]
    [InlineData("not: 'NOT {operand}'", "not: ' {operand} '", "' {operand} '")]
    [InlineData("group: '({expression})'", "group: '(({expression})'", "'(({expression})'")]
    [InlineData("group: '({expression})'", "group: '({expression}]'", "'({expression}]'")]
    [InlineData("group: '({expression})'", "group: '){expression}('", "'){expression}('")]
    [InlineData("group: '({expression})'", "group: '({expression})', null_safe: 'coalesce({condition}, false'", "'coalesce({condition}, false'")]
    [InlineData("and: ' AND '", "and: ') AND ('", "') AND ('")]
    [InlineData("or: ' OR '", "or: ' and '", "' and '")]
    [InlineData("'{field} = {quoted}'", "'{field} = lower({quoted}'", "'{field} = lower({quoted}'")]
    [InlineData("'{field} = {quoted}'", "'{field} = \"{quoted}'", "'{field} = \"{quoted}'")]
    [InlineData("'{field} is null'", "{template: '{field} is null', negated: 'not ({field} is null'}", "{template: '{field} is null', negated: 'not ({field} is null'}")]
    public void Half_an_expression_is_refused_where_it_stands(string right, string wrong, string at) =>
        new OwnTarget(Plain.Replace(right, wrong)).Findings().Should().ContainSingle().Which.Should().Match<Diagnostic>(d => d.Code.Id == "SIG0503" && Given.Text(d.Span) == at);

    [Theory]
    [InlineData("extends: splunk\nexpression: {and: ' OR '}\n")]
    [InlineData("extends: kql\nshapes: {exists: 'isempty({field})'}\n")]
    [InlineData("extends: splunk\ntexts: {quoted: {open: '', close: ''}}\n")]
    public void What_a_change_makes_wrong_elsewhere_is_not_blamed_on_the_built_in_target(string definition) =>
        new OwnTarget(definition).Findings().Should().NotBeEmpty()
            .And.OnlyContain(d => d.Span!.Value.Source.IsBuiltIn && d.Hint!.EndsWith("it is right as it is built in; what 'own' changes makes it wrong"));

    [Theory]
    [InlineData("  list: {template: '{field} in ({items}', item: '{quoted}', separator: ', '}\n")]
    [InlineData("  list: {template: '{field} in ({items})', item: 'lower({quoted}', separator: ', '}\n")]
    [InlineData("  list: {template: '({items})', item: '{field} = {quoted}', separator: ' or ('}\n")]
    [InlineData("  cased: {stage: w, template: '{field} == {quoted})'}\nstages: {w: {conjunct: ' | where {condition}', flag: ' | eval {flag}={condition}', flag_test: '{flag}', search: ' | search {expression}'}}\n")]
    [InlineData("  cased: {stage: w, template: '{field} == {quoted}'}\nstages: {w: {conjunct: ' | where ({condition}', flag: ' | eval {flag}=({condition})', flag_test: '{flag}', search: ' | search {expression}'}}\n")]
    [InlineData("variants:\n  v: {shapes: {exists: 'has({field}'}}\n")]
    public void Half_a_test_is_refused(string part) =>
        new OwnTarget(Plain + part).Findings().Should().ContainSingle().Which.Code.Id.Should().Be("SIG0503");

    /// <summary>Brackets within quotes or behind an escape are none, and languages have bounds that are open on one side.</summary>
    [Theory]
    [InlineData("  exists: '{field} ~ /[^)]/'\n")]
    [InlineData("  exists: '{field} != \"(\"'\n")]
    [InlineData("  exists: '{field} ~ \\('\n")]
    [InlineData("  exists: \"{field} isn't absent\"\n")]
    [InlineData("  exists: \"{field} LIKE 'x' ESCAPE '\\\\'\"\n")]
    [InlineData("  compare: '{field}:[{number} {operator} *}}'\n")]
    [InlineData("  list: {template: '({items})', item: '{field} = {quoted}', separator: ') or ('}\n")]
    [InlineData("  cased: {stage: w, template: '{quoted}) == {field}'}\nstages: {w: {flag: ' | eval {flag}=({condition}', flag_test: '{flag}', search: ' | search {expression}'}}\n")]
    public void What_only_looks_like_a_half_is_not_refused(string part) => new OwnTarget(Plain + part).Findings().Should().BeEmpty();

    /// <summary>A rule could go on with a condition of its own behind an expression that has no end.</summary>
    [Theory]
    [InlineData("'{field} ~ {regex}'", "dialect: re2", "nothing is around it; write it as a text with 'text', or put quotes around it")]
    [InlineData("'match({field}, {regex})'", "dialect: re2", "nothing is around it; write it as a text with 'text', or put quotes around it")]
    [InlineData("'{field} ~ \"(?s){regex}\"'", "dialect: re2", "'\"' ends it, and 'replace' has nothing for it; write it as a text with 'text', or replace the sign")]
    [InlineData("'{field} ~ /^(?:{regex})/'", "dialect: pcre", "'/' ends it, and 'replace' has nothing for it; write it as a text with 'text', or replace the sign")]
    [InlineData("'{field} ~ \"(?s){regex}\"'", "dialect: re2, replace: {'\"': '\\x22'}", null)]
    [InlineData("'{field} ~ <{regex}>'", "dialect: pcre, replace: {'>': '\\x3e'}", null)]
    [InlineData("'{field} ~ {regex}'", "dialect: re2, text: quoted", null)]
    public void An_expression_is_written_as_a_text(string template, string regex, string? why) =>
        new OwnTarget(Plain + $"  regex: {template}\nregex: {{{regex}}}\n").Findings().Select(finding => finding.Message)
            .Should().Equal(why is null ? [] : [$"a value in the style 'regex' can leave its quotes: {why}"]);

    /// <summary>What separates conditions of this language are blanks and brackets.</summary>
    [Theory]
    [InlineData("{}", "{field}: {bare}", ' ')]
    [InlineData("{impossible: ' '}", "{field}: {bare}", ')')]
    [InlineData("{escape: '\\', escaped: ' \\'}", "{field}: {bare}", ')')]
    [InlineData("{impossible: ' )'}", "{field}: {bare}", null)]
    [InlineData("{escape: '\\', escaped: ' )\\'}", "{field}: {bare}", null)]
    [InlineData("{fits: '[0-9]+'}", "{field}: {bare}", null)]
    [InlineData("{impossible: '>'}", "{field}: <{bare}>", null)]
    [InlineData("{impossible: '\"'}", "{field}: \"of {bare}\"", null)]
    public void A_value_without_quotes_has_nothing_that_separates_conditions(string style, string template, char? sign) =>
        new OwnTarget(Plain.Replace("texts:\n", $"texts:\n  bare: {style}\n") + $"  cased: '{template}'\n  empty: '{{field}} = {{quoted}}'\n").Findings().Select(finding => finding.Message)
            .Should().Equal(sign is null ? [] : [$"a value in the style 'bare' can leave its quotes: nothing is around it, and '{sign}' is neither escaped nor replaced nor impossible"]);

    [Fact]
    public void Without_quotes_the_empty_text_needs_a_test_of_its_own() =>
        new OwnTarget(Plain.Replace("texts:\n", "texts:\n  bare: {impossible: ' )'}\n") + "  cased: '{field}: {bare}'\n").Findings().Should()
            .ContainSingle().Which.Should().Match<Diagnostic>(d => d.Code.Id == "SIG0502" && d.Message.Contains("shapes: empty"));

    [Theory]
    [InlineData("  exists: 'has({field})'\n  not_exists: 'has({field})'\n", "'not_exists' must be written in another way than 'exists'")]
    [InlineData("  exists: '{field} is null'\n", "'null' must be written in another way than 'exists'")]
    [InlineData("  exists: {template: 'has({field})', negated: 'has({field})'}\n", "'negated' must be another test than the template of 'exists', which it denies")]
    [InlineData("  startswith: '{field} = {quoted}'\n", "'startswith' must be written in another way than 'text'")]
    [InlineData("  startswith: '{field} has {quoted}'\n  contains: '{field} has {quoted}'\n", "'contains' must be written in another way than 'startswith'")]
    [InlineData("  field_equals: '{field} is {other}'\n  field_contains: '{field} is {other}'\n", "'field_contains' must be written in another way than 'field_equals'")]
    [InlineData("  cased: '{field} = {quoted}'\n", "'cased' must be written in another way than 'text', or 'text' has 'regards_case'")]
    [InlineData("operators: {lte: '<'}\n", "'lte' must be written in another way than 'lt'")]
    [InlineData("operators: {lt: before, gt: before}\n", "'gt' must be written in another way than 'lt'")]
    [InlineData("time_parts: {hour: H, minute: H}\n", "'minute' must be written in another way than 'hour'")]
    [InlineData("  exists: 'has({field})'\n  not_exists: {template: 'has({field})', selects: other, note: it cannot}\n", null)]
    [InlineData("  startswith: '{field} has {quoted}'\n  contains: {template: '{field} has {quoted}', selects: fewer, note: only the beginning}\n", null)]
    [InlineData("  wildcard: '{field} = {quoted}'\n", null)]
    public void What_differs_in_a_rule_is_not_written_alike(string part, string? message) =>
        new OwnTarget(Plain + part).Findings().Select(finding => finding.Message).Should().Equal(message is null ? [] : [message]);

    /// <summary>The definition is read as if a value that an option does not take had not been given.</summary>
    [Theory]
    [InlineData("o", "x)", "SIG0706")]
    [InlineData("p", "x", "SIG0705")]
    public void An_option_that_is_refused_is_one_mistake(string name, string value, string code)
    {
        var diagnostics = new List<Diagnostic>();
        var target = new OwnTarget(Plain + "  exists: '{field}{o}'\noptions: {o: {description: d, default: x, pattern: '^[a-z]+$', takes: letters}}\n");
        new BackendCatalog([target]).Read("own", new Dictionary<string, string> { [name] = value }, diagnostics).Should().BeNull();

        diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be(code);
    }
}
