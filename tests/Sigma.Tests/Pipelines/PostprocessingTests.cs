using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>Post-processing of each query (docs/pipelines.md, "After the query").</summary>
public sealed class PostprocessingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sigma-post-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("type: embed, prefix: '[', suffix: ']'", "[a=\"1\"]")]
    [InlineData("type: embed", "a=\"1\"")]
    [InlineData("type: simple_template, template: '{{{query}}} {rule.title} {rule.logsource.product} {pipeline.state[k]} {pipeline.vars[v]}'", "{a=\"1\"} T windows s w")]
    [InlineData("type: simple_template, template: '{rule.tags}'", "attack.t1059, attack.execution")]
    [InlineData("type: template, template: '{{ query }} {{ rule.level }} {{ rule.custom_attributes.risk }} {{ pipeline.state.k }} {{ pipeline.vars.v }}'", "a=\"1\" high 9.5 s w")]
    [InlineData("type: template, template: '{{ for t in rule.tags }}{{ t }};{{ end }}'", "attack.t1059;attack.execution;")]
    [InlineData("type: template, template: '{{ if rule.level == \"high\" }}!{{ else }}?{{ end }}'", "!")]
    [InlineData("type: template, template: '{{ query | tojson }}'", "\"a=\\\"1\\\"\"")]
    [InlineData("type: template, template: '{{ rule.title | lower }}{{ rule.level | upper }}{{ rule.tags | length }}'", "tHIGH2")]
    [InlineData("type: template, template: '{{ rule.tags | join(\", \") }}'", "attack.t1059, attack.execution")]
    [InlineData("type: template, template: '{{ query | replace(\"a=\", \"b=\") }}{{ rule.none | default(\"-\") }}'", "b=\"1\"-")]
    [InlineData("type: template, template: '{%{ {% raw %} }%}'", " {% raw %} ")]
    [InlineData("type: json, json_template: '{\"q\": \"%QUERY%\", \"n\": [1, true, null, \"x %QUERY%\"]}'", "{\"q\": \"a=\\\"1\\\"\", \"n\": [1, true, null, \"x %QUERY%\"]}")]
    [InlineData(@"type: replace, pattern: '(\w)=', replacement: '\1 = '", "a = \"1\"")]
    [InlineData("type: nest, items: [{type: embed, prefix: x}, {type: embed, prefix: y}]", "yxa=\"1\"")]
    [InlineData("type: embed, prefix: x, rule_conditions: [{type: logsource, product: linux}]", "a=\"1\"")]
    public void Postprocessing_changes_the_query(string step, string expected)
    {
        Conversion conversion = Convert($"postprocessing:\n- {{{step}}}\n");
        conversion.Diagnostics.Should().BeEmpty();
        conversion.Query.Should().Be(expected);
    }

    [Fact]
    public void Postprocessing_runs_in_order_behind_the_transformations_and_sees_what_was_applied() =>
        Convert("postprocessing:\n- {id: one, type: embed, prefix: x}\n- {type: embed, prefix: y, rule_conditions: [{type: processing_item_applied, processing_item_id: one}]}\n")
            .Query.Should().Be("yxa=\"1\"");

    [Theory]
    [InlineData("type: embd", "SIG0403 embd")]
    [InlineData("type: embed, prefx: x", "SIG0408 prefx")]
    [InlineData("type: embed, field_name_conditions: []", "SIG0408 field_name_conditions")]
    [InlineData("type: json, json_template: '{'", "SIG0409 '{'")]
    [InlineData("type: json", "SIG0407 ^{type: json")]
    [InlineData("type: replace, pattern: '(', replacement: x", "SIG0216 (")]
    [InlineData("type: simple_template, template: 'a {'", "SIG0423 {")]
    [InlineData("type: simple_template, template: 'a {other}'", "SIG0423 {other}")]
    [InlineData("type: simple_template, template: '{query!r}'", "SIG0423 {query!r}")]
    [InlineData("type: template, template: 'a {% if x %}b{% endif %}'", "SIG0424 ^{% if x %")]
    [InlineData("type: template, template: 'a {# note #}'", "SIG0424 ^{# note #")]
    [InlineData("type: template, template: 'a {{ if }}'", "SIG0423 ^")]
    [InlineData("type: template, template: a, path: b", "SIG0428 b")]
    [InlineData("type: template, template: a, autoescape: true", "SIG0409 true")]
    [InlineData("type: template, template: a, vars: v.py", "SIG0409 v.py")]
    [InlineData("type: template, path: ../t.txt", "SIG0427 ../t.txt")]
    [InlineData("type: template, path: /etc/hostname", "SIG0427 /etc/hostname")]
    [InlineData("type: template, path: none.txt", "SIG0101 none.txt")]
    [InlineData("type: template", "SIG0407 ^{type: template")]
    [InlineData("type: nest", "SIG0407 ^{type: nest")]
    public void Postprocessing_points_at_mistakes(string step, string findings)
    {
        var diagnostics = new List<Diagnostic>();
        Read($"postprocessing:\n- {{{step}}}\n", diagnostics);
        PipedRule.FindingsOf(diagnostics).Should().Be(findings);
    }

    [Theory]
    [InlineData("{% if a %}", "write {{ if a }}, and {{ end }} for {% endif %}")]
    [InlineData("{%- for q in queries -%}", "write {{ for q in queries }}, and {{ end }} for {% endfor %}")]
    [InlineData("{% elif b %}", "write {{ else if b }}")]
    [InlineData("{% else %}", "write {{ else }}")]
    [InlineData("{% endfor %}", "write {{ end }}")]
    [InlineData("{% set a = 1 %}", "write {{ a = 1 }}")]
    [InlineData("{# why #}", "write {{ # why }}")]
    public void Jinja_is_answered_with_what_to_write_instead(string written, string hint)
    {
        var diagnostics = new List<Diagnostic>();
        Read($"postprocessing:\n- {{type: template, template: '{written}'}}\n", diagnostics);
        diagnostics.Should().ContainSingle().Which.Hint.Should().Be(hint);
    }

    [Theory]
    [InlineData("type: template, template: 'a {{ qurey }}'", "SIG0423 ^qurey ")]
    [InlineData("type: simple_template, template: 'a {rule.none}'", "SIG0423 {rule.none}")]
    public void Postprocessing_that_fails_refuses_the_rule(string step, string findings)
    {
        Conversion conversion = Convert($"postprocessing:\n- {{{step}}}\n");
        conversion.Query.Should().BeNull();
        PipedRule.FindingsOf(conversion.Diagnostics).Should().Be(findings);
    }

    [Fact]
    public void Postprocessing_template_from_a_file_lies_in_the_folder_of_the_pipeline()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "t"));
        File.WriteAllText(Path.Combine(folder.FullName, "t", "q.txt"), "<{{ query }}>");
        Convert("postprocessing:\n- {type: template, path: t/q.txt}\n").Query.Should().Be("<a=\"1\">");
        File.WriteAllText(Path.Combine(folder.FullName, "t", "q.txt"), "\n {{ if }}");
        var diagnostics = new List<Diagnostic>();
        Read("postprocessing:\n- {type: template, path: t/q.txt}\n", diagnostics);
        (diagnostics[0].Span!.Value.Source.Path, Given.Place(diagnostics[0].Span)).Should().Be((Path.Combine(folder.FullName, "t", "q.txt"), "2:8"));
    }

    [Fact]
    public void Postprocessing_template_does_not_follow_a_link_out_of_the_folder()
    {
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "/etc");
        var diagnostics = new List<Diagnostic>();
        Read("postprocessing:\n- {type: template, path: link/hostname}\n", diagnostics);
        diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0427");
    }

    private Pipeline Read(string text, List<Diagnostic> diagnostics) =>
        PipelineReader.Read(new SourceText(Path.Combine(folder.FullName, "p.yml"), text), "p", diagnostics)!;

    private Conversion Convert(string text)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = Read(text + "vars: {v: w}\ntransformations: [{type: set_state, key: k, val: s}]\n", diagnostics);
        Backend backend = Sigma.Tests.Backends.Repository.Backend("splunk");
        diagnostics.Should().BeEmpty();
        var compiler = new Compiler([new CompilerTarget(backend, backend.Formats[0], [pipeline])]);
        return compiler.Convert(new SourceText("a.yml", Given.Head
            + "level: high\nrisk: 9.5\ntags: [attack.t1059, attack.execution]\ndetection:\n  sel: {a: 1}\n  condition: sel\n")).Single();
    }
}
