using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>The finalizers (docs/pipelines.md, "After the query") over all queries of a target.</summary>
public class FinalizerTests
{
    [Theory]
    [InlineData("{type: concat}", "a\n\"b\"")]
    [InlineData("{type: concat, separator: ' OR ', prefix: '(', suffix: ')'}", "(a OR \"b\")")]
    [InlineData("{type: json}", "[\"a\", \"\\\"b\\\"\"]")]
    [InlineData("{type: json, indent: 2}", "[\n  \"a\",\n  \"\\\"b\\\"\"\n]")]
    [InlineData("{type: yaml}", "- \"a\"\n- \"\\\"b\\\"\"")]
    [InlineData("{type: yaml, indent: 2}", "  - \"a\"\n  - \"\\\"b\\\"\"")]
    [InlineData("{type: template, template: '{{ for q in queries }}{{ q }};{{ end }}{{ pipeline.vars.v }}{{ queries | length }}'}", "a;\"b\";w2")]
    [InlineData("{type: nested, finalizers: [{type: concat, separator: ','}, {type: json}]}", "\"a,\\\"b\\\"\"")]
    public void Finalizer_makes_one_text_of_all_queries(string finalizer, string expected)
    {
        (string? text, string findings) = Finish($"finalizers:\n- {finalizer}\nvars: {{v: w}}\n", "a", "\"b\"");
        findings.Should().BeEmpty();
        text.Should().Be(expected);
    }

    [Fact]
    public void Finalizers_run_one_behind_another() =>
        Finish("finalizers: [{type: concat, separator: ','}, {type: template, template: '<{{ queries }}>'}]", "a", "b").Text.Should().Be("<a,b>");

    [Fact]
    public void Finalizers_over_no_query_at_all()
    {
        Finish("finalizers: [{type: json, indent: 2}]").Text.Should().Be("[]");
        Finish("finalizers: [{type: yaml}]").Text.Should().Be("[]");
        Finish("finalizers: [{type: concat}]").Text.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{type: concta}", "SIG0403 concta")]
    [InlineData("{type: concat, id: x}", "SIG0408 id")]
    [InlineData("{type: json, indent: two}", "SIG0409 two")]
    [InlineData("{type: template, template: '{% for q in queries %}'}", "SIG0424 ^{% for q in queries %")]
    [InlineData("{type: nested}", "SIG0407 ^{type: nested")]
    [InlineData("{type: template, template: '{{ query }}'}", "SIG0423 ^query ")]
    public void Finalizer_points_at_mistakes(string finalizer, string findings) =>
        Finish($"finalizers:\n- {finalizer}\n", "a").Findings.Should().Be(findings);

    private static (string? Text, string Findings) Finish(string text, params string[] queries)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = PipelineReader.Read(new SourceText("p.yml", text), "p", diagnostics)!;
        string? result = diagnostics.Count > 0 ? null
            : Finalizers.Apply(queries, [pipeline], PipelineSettings.Default.For([pipeline], "splunk", "default", new Dictionary<string, string>()), diagnostics);
        return (result, PipedRule.FindingsOf(diagnostics));
    }
}
