using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>In the templates of pipelines <c>tojson</c> writes any value as JSON, and what a template may use has limits.</summary>
public sealed class TemplateJsonTests
{
    [Theory]
    [InlineData("rule.tags", "[\"attack.t1059\", \"attack.execution\"]")]
    [InlineData("rule.custom", "{\"a\": 1, \"b\": [true, null, 1.5, \"x\"]}")]
    [InlineData("rule.tags | length", "2")]
    [InlineData("7", "7")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("rule.none", "null")]
    [InlineData("[]", "[]")]
    [InlineData("rule.title", "\"\\u00e9\\\"\"")]
    [InlineData("[1, [2, {a: 'b'}]]", "[1, [2, {\"a\": \"b\"}]]")]
    public void Tojson_writes_json(string value, string expected) =>
        Convert($"template: '{{{{ {value.Replace("'", "''")} | tojson }}}}'").Query.Should().Be(expected);

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        // No attribute can hold half of a pair.
        Templates.TemplateFunctions.ToJson("a\ud83d").Should().Be("\"a\\ufffd\"");
        Templates.TemplateFunctions.ToJson("\ud83d").Should().Be("\"\\ufffd\"");
        Templates.TemplateFunctions.ToJson("\ude00\ud83d").Should().Be("\"\\ufffd\\ufffd\"");
        Templates.TemplateFunctions.ToJson("\ud83dx").Should().Be("\"\\ufffdx\"");
        Templates.TemplateFunctions.ToJson("\ud83d\ude00").Should().Be("\"\\ud83d\\ude00\"");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{{ 1 | math.format \"D999999999\" }}")]
    [InlineData("{{ \"a\" * 2000000000 }}")]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ s = \"a\" * 10000000; s | replace \"a\" s }}")]
    [InlineData("{{ s = \"a\" * 10000000; [s, s, s] | join s }}")]
    [InlineData("{{ a = [1]; for i in 1..40; a = [a, a]; end; a | tojson }}")]
    public void A_template_has_limits(string template) =>
        Convert($"template: '{template}'").Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error).Which.Code.Id.Should().Be("SIG0623");

    private static Conversion Convert(string step)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = PipelineReader.Read(new SourceText("p.yml", $"postprocessing:\n- {{type: template, {step}}}\n"), "p", diagnostics)!;
        diagnostics.Should().BeEmpty();
        Backend backend = Repository.Target("splunk").Backend;
        string rule = "title: 'é\"'\ntags: [attack.t1059, attack.execution]\ncustom: {a: 1, b: [true, null, 1.5, x]}\nlogsource: {category: test}\ndetection:\n  s: {a: 1}\n  condition: s\n";
        return new Compiler([new CompilerTarget(backend, backend.Formats[0], [pipeline])]).Convert(new SourceText("r.yml", rule)).Single();
    }
}
