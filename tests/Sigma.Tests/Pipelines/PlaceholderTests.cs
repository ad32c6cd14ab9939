using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Yaml;

namespace Sigma.Tests.Pipelines;

/// <summary>The transformations that fill placeholders from what the pipeline itself has (docs/pipelines.md, "Placeholders").</summary>
public class PlaceholderTests
{
    [Theory]
    [InlineData("", "a='x*y*'")]
    [InlineData(", include: [p]", "a='x*y%q%'")]
    [InlineData(", exclude: [p]", "a='x%p%y*'")]
    public void Transformation_wildcard_placeholders_stand_for_anything(string choice, string expected) =>
        PipedRule.Through("{a|expand: 'x%p%y%q%'}", $"{{type: wildcard_placeholders{choice}}}").Rule.Should().Be(expected);

    [Fact]
    public void Transformation_wildcard_placeholders_in_a_regular_expression() =>
        PipedRule.Through("{a|re|expand: '^x%p%$'}", "{type: wildcard_placeholders}").Rule.Should().Be("a=/^x.*$/");

    [Fact]
    public void Placeholders_take_include_or_exclude_not_both() =>
        PipedRule.Through("{a: b}", "{type: wildcard_placeholders, include: [p], exclude: [q]}").Findings.Should().Be("SIG0428 [q]");

    [Fact]
    public void Transformation_value_placeholders_take_any_value_of_a_variable()
    {
        const string Pipeline = "vars: {p: [u, 'v*', 5], q: z}\ntransformations: [{type: value_placeholders}]\n";
        PipedRule.File("{a|expand: '%p%'}", Pipeline).Rule.Should().Be("a={'u','v*','5'}");
        PipedRule.File("{a|expand|all: ['%q%', 'x%p%y']}", Pipeline).Rule.Should().Be("a=all 'z'|{'xuy','xv*y','x5y'}");
        PipedRule.File("{a|re|expand: '^%p%%q%$'}", "vars: {p: ['a.b', 'c*'], q: d}\ntransformations: [{type: value_placeholders}]\n").Rule
            .Should().Be(@"a={/^a\.bd$/,/^c.*d$/}");
    }

    [Fact]
    public void Transformation_value_placeholders_multiply_over_several_placeholders() =>
        PipedRule.File("{a|expand: '%p%-%p%'}", "vars: {p: [u, v]}\ntransformations: [{type: value_placeholders}]\n").Rule.Should().Be("a={'u-u','u-v','v-u','v-v'}");

    [Fact]
    public void Transformation_value_placeholders_take_variables_of_the_command_line()
    {
        var settings = new PipelineSettings { Variables = new Dictionary<string, YamlNode>([PipelineSettings.ReadVariable("p=u,v", [])!.Value]) };
        PipedRule.File("{a|expand: '%p%'}", "vars: {p: x}\ntransformations: [{type: value_placeholders}]\n", settings).Rule.Should().Be("a={'u','v'}");
    }

    [Theory]
    [InlineData("{a|expand: '%none%'}", "SIG0419 '%none%'")]
    [InlineData("{a|expand: '%empty%'}", "SIG0409 []")]
    [InlineData("{a|expand: '%map%'}", "SIG0409 {x: 1}")]
    public void Transformation_value_placeholders_never_put_nothing_in_the_place_of_a_placeholder(string detection, string findings)
    {
        PipedRule piped = PipedRule.File(detection, "vars: {empty: [], map: {x: 1}}\ntransformations: [{type: value_placeholders}]\n");
        piped.Findings.Should().Be(findings);
        piped.Run.Failed.Should().BeTrue();
    }

    [Fact]
    public void Transformation_value_placeholders_have_a_limit()
    {
        string many = string.Join(",", Enumerable.Range(0, 400));
        PipedRule.File("{a|expand: '%p%%p%'}", $"vars: {{p: [{many}]}}\ntransformations: [{{type: value_placeholders}}]\n").Findings.Should().Be("SIG0426 '%p%%p%'");
    }

    [Fact]
    public void Transformation_query_expression_placeholders_put_query_text_in_the_place_of_a_value()
    {
        PipedRule.Through("{a|expand: '%p%', b|expand: '%q%'}", "{type: query_expression_placeholders, expression: '{field} in list({id})', mapping: {p: people}}").Rule
            .Should().Be("(a=<{field} in list(people)> and b=<{field} in list(q)>)");
        PipedRule.Through("{a|expand: 'x%p%'}", "{type: query_expression_placeholders, expression: '{field}'}").Findings.Should().Be("SIG0420 'x%p%'");
        PipedRule.Through("{a|expand: 'x%p%'}", "{type: query_expression_placeholders, expression: '{field}', exclude: [p]}").Findings.Should().BeEmpty();
    }

    /// <summary>As Python's format does in the public format.</summary>
    [Theory]
    [InlineData("{{{field}}} in {{{id}}}", "{a} in {p{field}}")]
    [InlineData("{{field}} {{id}} {id}{id}", "{field} {id} p{field}p{field}")]
    public void A_query_expression_has_its_own_braces_twice_and_those_of_an_id_as_they_are(string expression, string query)
    {
        PipedRule piped = PipedRule.Through("{a|expand: '%p{field}%'}", $"{{type: query_expression_placeholders, expression: '{expression}'}}");
        piped.Findings.Should().BeEmpty();
        ((QueryExpressionValue)piped.Run.Rule.Detections[0].Body.Leaves().Single().Values[0]).For("a").Should().Be(query);
    }

    [Theory]
    [InlineData("{feild} in list", "SIG0423 {")]
    [InlineData("{field} in list}", "SIG0423 }")]
    public void A_brace_of_a_query_expression_that_means_nothing_is_an_error(string expression, string finding) =>
        PipedRule.Through("{a|expand: '%p%'}", $"{{type: query_expression_placeholders, expression: '{expression}'}}").Findings.Should().Be(finding);
}
