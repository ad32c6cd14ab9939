using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>A backend is checked when it is read: what is wrong has a code and its place, and what is right works.</summary>
public sealed class OwnTargetChecksTests
{
    [Theory]
    [InlineData("not: 'NOT {operand}'", "not: 'not'", "SIG0508", "'not'")]
    [InlineData("not: 'NOT {operand}'", "not: ''", "SIG0508", "''")]
    [InlineData("group: '({expression})'", "group: '()'", "SIG0508", "'()'")]
    [InlineData("'{field} = {quoted}'", "'{field} = x'", "SIG0508", "'{field} = x'")]
    [InlineData("'{field} = {quoted}'", "'x = {quoted}'", "SIG0508", "'x = {quoted}'")]
    [InlineData("'{field} is null'", "'is null'", "SIG0508", "'is null'")]
    [InlineData("and: ' AND '", "and: ''", "SIG0503", "''")]
    [InlineData("or: ' OR '", "or: ", "SIG0503", "")]
    [InlineData("fields: {plain: '^[A-Za-z_]+$'", "fields: {plian: '^[A-Za-z_]+$'", "SIG0501", "plian")]
    public void A_mistake_in_the_definition_has_its_place(string right, string wrong, string code, string at)
    {
        OwnTarget.Plain.Should().Contain(right);

        new OwnTarget(OwnTarget.Plain.Replace(right, wrong)).Findings().Should().Contain(d => d.Code.Id == code && Given.Text(d.Span) == at);
    }

    [Theory]
    [InlineData("  wildcard: '{field}={cidr}'", "SIG0504", "{cidr}")]
    [InlineData("  cidr: '{field} in {quoted}'", "SIG0504", "{quoted}")]
    [InlineData("  compare: '{field} {operator} {quoted}'", "SIG0504", "{quoted}")]
    [InlineData("  compare: '{field} {operator}'", "SIG0508", "'{field} {operator}'")]
    [InlineData("  regex: '{field} ~ {regex}'", "SIG0502", "'{field} ~ {regex}'")]
    [InlineData("  exists: '{field} = {other}'", "SIG0504", "{other}")]
    [InlineData("  time_part: '{part} {number}'", "SIG0508", "'{part} {number}'")]
    [InlineData("  keyword: '{field} {quoted}'", "SIG0504", "{field}")]
    [InlineData("  boolean: '{field} is {number}'", "SIG0504", "{number}")]
    [InlineData("  cased: '{field} {flag} {quoted}'", "SIG0504", "{flag}")]
    [InlineData("  list: {template: '{field} in ({items})', item: '{number}', separator: ','}", "SIG0504", "{number}")]
    [InlineData("  list: {template: '{field} in ({items})', item: 'x', separator: ','}", "SIG0508", "'{field} in ({items})'")]
    [InlineData("  list: {template: '{field} in ({items})', separator: ','}", "SIG0502", "")]
    [InlineData("  list: '{field} in ({items})'", "SIG0502", "'{field} in ({items})'")]
    [InlineData("  list: {template: '{field} in ()', item: '{quoted}'}", "SIG0508", "'{field} in ()'")]
    [InlineData("  list: {template: '{field} in ({items})', item: '{quoted}', stage: later}", "SIG0501", "stage")]
    [InlineData("  cased: {template: '{field} = {quoted}', item: '{quoted}'}", "SIG0501", "item")]
    [InlineData("  cased: {template: '{field} = {quoted}', expand: true}", "SIG0501", "expand")]
    [InlineData("  cased: {template: '{field} = {quoted}', selects: more}", "SIG0502", "")]
    [InlineData("  cased: {refused: ''}", "SIG0503", "''")]
    [InlineData("  cased: []", "SIG0503", "[]")]
    public void A_mistake_in_a_shape_has_its_place(string shape, string code, string at) =>
        new OwnTarget(OwnTarget.Plain + shape + "\n").Findings().Should()
            .Contain(d => d.Code.Id == code && Given.Text(d.Span) == at);

    [Theory]
    [InlineData("correlations: {evnt_count: x}", "SIG0501", "evnt_count", "did you mean 'event_count'?")]
    [InlineData("correlations: {event_count: ''}", "SIG0503", "''", null)]
    [InlineData("correlations: {event_count: none.scriban}", "SIG0502", "none.scriban", null)]
    [InlineData("correlations: {event_count: '{{ qurey }}'}", "SIG0510", "qurey", "did you mean 'query'?")]
    [InlineData("correlations: {event_count: '{{ correlation.gruop }}'}", "SIG0510", "gruop", "did you mean 'group'?")]
    [InlineData("correlations: {event_count: '{{ rule.titel }}'}", "SIG0510", "titel", "did you mean 'title'?")]
    [InlineData("correlations: {event_count: '{{ option.x }}'}", "SIG0510", "x", "the backend declares no options")]
    [InlineData("correlations: {event_count: '{{ if }}'}", "SIG0509", null, null)]
    [InlineData("correlations: {event_count: '{{ include \"none.scriban\" }}'}", "SIG0502", null, null)]
    [InlineData("formats: {a: {description: d, correlations: {count: x}}}", "SIG0501", "count", null)]
    [InlineData("formats: {a: {description: d, extension: txt}}", "SIG0503", "txt", null)]
    [InlineData("formats: {a: {description: ''}}", "SIG0503", "''", null)]
    [InlineData("formats: {a: {}}", "SIG0502", "", null)]
    [InlineData("options: {field: {description: d}}", "SIG0513", "field", null)]
    [InlineData("options: {operand: {description: d}}", "SIG0513", "operand", null)]
    [InlineData("options: {quoted: {description: d}}", "SIG0513", "quoted", null)]
    [InlineData("limits: {values: {most: 0, note: n}}", "SIG0503", "0", null)]
    [InlineData("limits: {values: {most: 5}}", "SIG0502", "", null)]
    [InlineData("limits: {length: {most: 5 words}}", "SIG0503", "5 words", null)]
    [InlineData("limits: {length: {setting: s}}", "SIG0502", "", null)]
    [InlineData("limits: {depth: {most: 0}}", "SIG0503", "0", null)]
    [InlineData("limits: {depth: {most: 5, not: x}}", "SIG0503", "x", null)]
    [InlineData("limits: {chain: 1}", "SIG0503", "1", null)]
    [InlineData("limits: {items: none}", "SIG0503", "none", null)]
    [InlineData("limits: {lenght: {most: 5}}", "SIG0501", "lenght", "did you mean 'length'?")]
    [InlineData("formats: {a: {description: d, longest_query: 5 words}}", "SIG0503", "5 words", null)]
    [InlineData("correlation_searches: maybe", "SIG0503", "maybe", null)]
    [InlineData("correlation_rule_test: 'rule'", "SIG0508", "'rule'", null)]
    [InlineData("stages: {s: {conjunct: ' | where'}}", "SIG0508", "' | where'", null)]
    [InlineData("stages: {s: {flag: '{condition}'}}", "SIG0508", "'{condition}'", null)]
    [InlineData("stages: {s: {flag: '{flag}'}}", "SIG0508", "'{flag}'", null)]
    [InlineData("stages: {s: {flag_test: 'x'}}", "SIG0508", "'x'", null)]
    [InlineData("stages: {s: {search: 'x'}}", "SIG0508", "'x'", null)]
    [InlineData("regex: {dialect: pcre, text: qouted}", "SIG0503", "qouted", "did you mean 'quoted'?")]
    [InlineData("emitter: ''", "SIG0503", "''", null)]
    [InlineData("aliases: ['']", "SIG0503", "''", null)]
    [InlineData("title: ''", "SIG0503", "''", null)]
    public void A_mistake_in_any_part_has_its_place(string part, string code, string? at, string? hint) =>
        new OwnTarget(OwnTarget.Plain + part + "\n").Findings().Should()
            .Contain(d => d.Code.Id == code && (at == null || Given.Text(d.Span) == at) && (hint == null || d.Hint == hint));

    [Theory]
    [InlineData("shapes:\n  compre: ~\n", "compre")]
    [InlineData("limts: ~\n", "limts")]
    [InlineData("fields: {plian: ~}\n", "plian")]
    public void What_the_base_does_not_have_cannot_be_taken_away(string part, string key) =>
        new OwnTarget("extends: plain\n" + part).With(("plain", OwnTarget.Plain)).Findings().Should()
            .ContainSingle(d => d.Code.Id == "SIG0501" && Given.Text(d.Span) == key);

    [Fact]
    public void A_replacement_that_changes_nothing_lets_no_text_out_of_its_quotes() =>
        new OwnTarget(OwnTarget.Plain.Replace("replace: {\"'\": \"''\"}}", "replace: {\"'\": \"'\"}}")).Convert("{a: \"x'y\"}").Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601");

    /// <summary>An expression may hold the sign that a shape has around it.</summary>
    [Theory]
    [InlineData("  regex: \"{field} ~ '{regex}'\"\n", "", true)]
    [InlineData("  regex: '{field} ~ /{regex}/'\n", "", true)]
    [InlineData("  regex: '{field} ~ /{regex}/'\n", ", replace: {'/': '\\/'}", false)]
    [InlineData("  regex: '{field} ~ {regex}'\n", ", text: quoted", false)]
    [InlineData("  regex: 'match({field}, {regex})'\n", ", text: quoted", false)]
    public void An_expression_stays_inside_the_quotes_of_its_shape(string shape, string more, bool isUnsafe) =>
        new OwnTarget(OwnTarget.Plain + shape + $"regex: {{dialect: pcre{more}}}\n").Findings().Any(d => d.Code.Id == "SIG0511").Should().Be(isUnsafe);

    [Theory]
    [InlineData("part: {open: '<', close: '>', impossible: '>'}", "SIG0513", "part")]
    [InlineData("items: {open: '<', close: '>', impossible: '>'}", "SIG0513", "items")]
    [InlineData("a: {open: '<', close: '>', impossible: '>', networks: ''}", "SIG0503", "''")]
    [InlineData("a: {open: '<', close: '>', impossible: '>', networks: }", "SIG0503", "")]
    [InlineData("a: {open: '<', close: '>', impossible: '>', many: ''}", "SIG0503", "''")]
    [InlineData("a: {open: '<', close: '>', escape: '', escaped: '>'}", "SIG0503", "''")]
    [InlineData("a: {open: '<', close: '>', impossible: '>', replace: {'': x}}", "SIG0503", "''")]
    [InlineData("a: {open: '\"', close: '\"', escape: '^', escaped: '\"'}", "SIG0511", null)]
    [InlineData("a: {open: '\"', close: '\"', replace: {'\"': '\\\"'}}", "SIG0511", null)]
    [InlineData("a: {open: '\"', close: '\"', pattern: {dialect: pcre}}", "SIG0511", null)]
    public void A_mistake_in_a_style_has_its_place(string style, string code, string? at) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", "texts:\n  " + style + "\n")).Findings().Should()
            .Contain(d => d.Code.Id == code && (at == null || Given.Text(d.Span) == at));

    [Theory]
    [InlineData("not: 'NOT {operand}'", "not: '(not {operand} or {operand} is null)'", "not s", "(not (a = 'x') or (a = 'x') is null)")]
    [InlineData("group: '({expression})'", "group: '[{expression}|{expression}]'", "not s", "NOT [a = 'x'|a = 'x']")]
    [InlineData("'{field} = {quoted}'", "'({field} = {quoted} and {field} is not null)'", "s", "(a = 'x' and a is not null)")]
    public void A_placeholder_can_stand_in_a_template_several_times(string once, string twice, string condition, string expected) =>
        new OwnTarget(OwnTarget.Plain.Replace(once, twice)).Query("{a: x}", condition).Should().Be(expected);

    [Fact]
    public void Stages_can_have_their_parts_several_times() =>
        new OwnTarget(OwnTarget.Plain + """
              cased: {stage: w, template: '{field} == {quoted}'}
            stages:
              w: {conjunct: ' | where {condition} or {condition}', flag: ' | eval {flag}={condition}, x_{flag}={condition}', flag_test: '({flag} and {flag})', search: ' | search {expression}{expression}'}

            """).Query("{a|cased: x}", "not s").Should()
            .Be("* | eval sigma_1=a == 'x', x_sigma_1=a == 'x' | search NOT ((sigma_1 and sigma_1))NOT ((sigma_1 and sigma_1))");

    [Fact]
    public void A_query_that_doubles_with_each_negation_is_given_up()
    {
        string condition = string.Concat(Enumerable.Repeat("not (a or ", 40)) + "s" + new string(')', 40);
        string rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {{a: x}}\n  a: {{b: y}}\n  condition: {condition}\n";

        new OwnTarget(OwnTarget.Plain.Replace("not: 'NOT {operand}'", "not: '({operand} x {operand})'")).ConvertRule(rule)
            .Diagnostics.Should().Contain(d => d.Code.Id == "SIG0624");
    }

    [Fact]
    public void All_names_are_quoted_where_none_is_plain() =>
        new OwnTarget(OwnTarget.Plain.Replace("plain: '^[A-Za-z_]+$', ", "")).Query("{a: x}").Should().Be("`a` = 'x'");

    [Theory]
    [InlineData("  pattern: '{field} ~ {exact}'\n  cidr: {expand: true}\n", "{a|cidr: 10.1.0.0/16}", "a ~ '(?s)^10\\.1\\..*\\z'")]
    [InlineData("  wildcard: '{field} like {like}'\n  cidr: {expand: true}\n", "{a|cidr: 10.0.0.0/15}", "(a like '10.0.%' OR a like '10.1.%')")]
    [InlineData("  wildcard: '{field} like {like}'\n  list: {template: '{field} in ({items})', item: '{quoted}', separator: ', '}\n", "{a: [x, y, 'z*']}", "(a in ('x', 'y') OR a like 'z%')")]
    [InlineData("  wildcard: '{field} like {like}'\n  list: {template: '{field} in ({items})', item: '{quoted}', separator: ', '}\n", "{a: ['y*', 'z*']}", "(a like 'y%' OR a like 'z%')")]
    [InlineData("  keyword: '* = {quoted}'\n  keyword_wildcard: '* like {like}'\n  keyword_list: {template: '* in ({items})', item: '{quoted}', separator: ', '}\n", "[x, y, 'z*']", "(* in ('x', 'y') OR * like 'z%')")]
    [InlineData("  list: {template: '({items})', item: '{name}/{field} = {quoted}', separator: ' or '}\n", "{a: [x, y]}", "(a/a = 'x' or a/a = 'y')")]
    [InlineData("  list: {template: '{name} in ({items})', item: '{quoted}', separator: ', '}\n", "{a: [x, y]}", "a in ('x', 'y')")]
    public void A_value_is_written_by_the_shape_that_can(string shapes, string detection, string expected) =>
        new OwnTarget(OwnTarget.Plain
            .Replace("texts:\n", "texts:\n  exact: {open: \"'\", close: \"'\", replace: {\"'\": \"''\"}, pattern: {dialect: pcre, whole: true}}\n  like: {open: \"'\", close: \"'\", escape: '^', escaped: '^%_', replace: {\"'\": \"''\"}, many: '%', one: '_', literal_many: '*', literal_one: '?'}\n")
            + shapes).Query(detection).Should().Be(expected);

    [Fact]
    public void A_wildcard_of_the_language_that_nothing_escapes_is_said() =>
        new OwnTarget(OwnTarget.Plain.Replace("replace: {\"'\": \"''\"}}\nshapes", "replace: {\"'\": \"''\"}, many: '%'}\nshapes")).Convert("{a: '50%'}")
            .Diagnostics.Should().Contain(d => d.Code.Id == "SIG0602");

    [Fact]
    public void Refused_takes_the_place_of_an_inherited_template() =>
        new OwnTarget("extends: plain\nshapes:\n  'null': {refused: it has no null}\n").With(("plain", OwnTarget.Plain)).Convert("{a: null}")
            .Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601" && d.Message.Contains("it has no null", StringComparison.Ordinal));

    /// <summary>NOT inverts what is broader and what is narrower; two of them do not, nor does one of another condition.</summary>
    [Theory]
    [InlineData("more", "s", "SIG0602")]
    [InlineData("more", "not s", "SIG0603")]
    [InlineData("more", "not (o and not s)", "SIG0602")]
    [InlineData("more", "not o and s", "SIG0602")]
    [InlineData("fewer", "s", "SIG0603")]
    [InlineData("fewer", "not s", "SIG0602")]
    [InlineData("fewer", "not (o and not s)", "SIG0603")]
    [InlineData("other", "s", "SIG0608")]
    [InlineData("other", "not s", "SIG0608")]
    public void An_approximation_has_the_direction_of_the_whole_query(string selects, string condition, string code) =>
        new OwnTarget(OwnTarget.Plain + $"  exists: {{template: '{{field}} is set', selects: {selects}, note: nearly}}\n")
            .ConvertRule($"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {{a|exists: true}}\n  o: {{b: c}}\n  condition: {condition}\n")
            .Diagnostics.Where(finding => finding.Severity is Severity.Warning).Should().ContainSingle().Which.Code.Id.Should().Be(code);
}
