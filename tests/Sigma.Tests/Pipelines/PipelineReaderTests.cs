using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>The pipeline document and its conditions (docs/pipelines.md, "A pipeline" and "Conditions"): what is read, and what is said about mistakes.</summary>
public sealed class PipelineReaderTests
{
    private const string Simple = "sel: {a: 1}\ncondition: sel";

    /// <summary>Whoever uses the library may call a text what they like.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_text_without_a_file_is_read(string path)
    {
        var diagnostics = new List<Diagnostic>();
        PipelineReader.Read(new SourceText(path, "name: N\ntransformations: []\n"), "p", diagnostics)!.Name.Should().Be("N");
        diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void The_head_of_a_pipeline_is_read()
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = Applied.Read("name: N\npriority: 20\nallowed_backends: [x, y]\nvars: {v: [1, 2]}\ntransformations: []\npostprocessing: []\n", diagnostics)!;
        diagnostics.Should().BeEmpty();
        (pipeline.Name, pipeline.Priority, pipeline.Variables.Keys.Single()).Should().Be(("N", 20, "v"));
        pipeline.AllowedBackends.Should().Equal("x", "y");
    }

    /// <summary>Names that may be anybody's own, and are nearly known ones: a condition with one never holds.</summary>
    [Theory]
    [InlineData("{type: rule_attribute, attribute: levle, value: high}", "levle", "level")]
    [InlineData("{type: rule_attribute, attribute: Status, value: stable}", "Status", "status")]
    [InlineData("{type: rule_attribute, attribute: my_own, value: high}", null, null)]
    [InlineData("{type: rule_attribute, attribute: levell, value: high}", null, null)]
    [InlineData("{type: logsource, category: proces_creation}", "proces_creation", "process_creation")]
    [InlineData("{type: logsource, product: Windows}", "Windows", "windows")]
    [InlineData("{type: logsource, product: windows, service: securty}", "securty", "security")]
    [InlineData("{type: logsource, product: my_product, service: my_service}", null, null)]
    [InlineData("{type: processing_item_applied, processing_item_id: my_itme}", "my_itme", "my_item")]
    [InlineData("{type: processing_item_applied, processing_item_id: of_another}", null, null)]
    [InlineData("{type: processing_state, key: inddex, val: a}", "inddex", "index")]
    [InlineData("{type: processing_state, key: of_another, val: a}", null, null)]
    public void A_name_in_a_condition_that_is_nearly_a_known_one_is_warned_of(string condition, string? written, string? meant)
    {
        foreach (string key in new[] { "rule_conditions", "" })
        {
            var diagnostics = new List<Diagnostic>();
            string step = key.Length > 0 || !condition.StartsWith("{type: logsource", StringComparison.Ordinal) ? $"{{type: add_condition, conditions: {{a: 1}}, rule_conditions: [{condition}]}}" : condition.Replace("logsource", "change_logsource", StringComparison.Ordinal);
            Applied.Read($"transformations:\n  - {{id: my_item, type: set_state, key: index, val: a}}\n  - {{type: set_custom_attribute, attribute: levell, value: a}}\n  - {step}\n", diagnostics).Should().NotBeNull();

            diagnostics.Select(d => (d.Code.Id, d.Severity, d.Span!.Value.Characters.ToString(), d.Hint))
                .Should().Equal(written is null ? [] : [("SIG0254", Severity.Warning, written, $"did you mean '{meant}'?")]);
        }
    }

    [Theory]
    [InlineData("type: add_condition, conditions: {i: 1}", true)]
    [InlineData("type: change_logsource, product: x", true)]
    [InlineData("type: add_field, field: x", true)]
    [InlineData("type: set_state, key: k, val: v", true)]
    [InlineData("type: set_custom_attribute, attribute: k, value: v", true)]
    [InlineData("type: rule_failure, message: no", true)]
    [InlineData("type: strict_field_mapping_failure", true)]
    [InlineData("type: nest, items: [{type: field_name_prefix, prefix: x}]", true)]
    [InlineData("type: rule_warning, message: no", false)]
    [InlineData("type: detection_item_failure, message: no", false)]
    [InlineData("type: set_value, value: 1", false)]
    public void Conditions_on_items_of_a_step_that_acts_on_the_whole_rule_are_warned_of(string step, bool warns)
    {
        var diagnostics = new List<Diagnostic>();
        Applied.Read(
            $"transformations:\n  - {{{step}, field_name_conditions: [{{type: include_fields, fields: [a]}}]}}\n"
            + $"  - {{{step}, detection_item_conditions: [{{type: is_null, cond: any}}], rule_conditions: [{{type: is_sigma_rule}}]}}\n",
            diagnostics).Should().NotBeNull();
        diagnostics.Select(d => $"{d.Code.Id} {d.Span!.Value.Characters}").Should().Equal(warns ? ["SIG0441 field_name_conditions", "SIG0441 detection_item_conditions"] : []);
    }

    [Fact]
    public void A_pipeline_without_a_name_has_that_of_its_file() => Applied.Read("priority: 1\n", [])!.Name.Should().Be("p");

    [Theory]
    [InlineData("[a]", "SIG0409", "1:1")]
    [InlineData("", "SIG0409", "1:1")]
    [InlineData("name: a\n---\nname: b\n", "SIG0409", "3:1")]
    [InlineData("name: [\n", "SIG0106", "1:7")]
    [InlineData("prority: 5\n", "SIG0402", "1:1")]
    [InlineData("priority: high\n", "SIG0409", "1:11")]
    [InlineData("vars: [a]\n", "SIG0409", "1:7")]
    [InlineData("transformations: {}\n", "SIG0409", "1:18")]
    [InlineData("transformations:\n  - text\n", "SIG0409", "2:5")]
    [InlineData("transformations:\n  - id: x\n", "SIG0407", "2:5")]
    [InlineData("transformations:\n  - type: field_mapping\n", "SIG0403", "2:11")]
    [InlineData("transformations:\n  - {type: set_state, key: k, vall: v, val: w}\n", "SIG0408", "2:31")]
    [InlineData("transformations:\n  - {type: set_state, key: k}\n", "SIG0407", "2:5")]
    [InlineData("transformations:\n  - {type: set_state, key: [k], val: v}\n", "SIG0409", "2:28")]
    [InlineData("transformations:\n  - {type: add_condition, conditions: {a: 1}, negated: maybe}\n", "SIG0409", "2:56")]
    [InlineData("transformations:\n  - {type: add_condition, conditions: {}}\n", "SIG0407", "2:5")]
    [InlineData("transformations:\n  - {type: change_logsource}\n", "SIG0407", "2:5")]
    [InlineData("postprocessing:\n  - {type: embd}\n", "SIG0403", "2:12")]
    [InlineData("finalizers:\n  - {type: concta}\n", "SIG0403", "2:12")]
    public void A_mistake_is_reported_at_its_place(string text, string code, string place)
    {
        var diagnostics = new List<Diagnostic>();
        Applied.Read(text, diagnostics);
        Diagnostic diagnostic = diagnostics.Should().Contain(d => d.Code.Id == code).Which;
        Given.Place(diagnostic.Span).Should().Be(place);
        diagnostics.Where(d => d.Code.Id != code && d.Code.Id != "SIG0407").Should().BeEmpty();
    }

    [Theory]
    [InlineData("rule_conditions:\n    - {type: logsourc, product: x}", "SIG0405")]
    [InlineData("rule_conditions:\n    - {product: x}", "SIG0407")]
    [InlineData("rule_conditions:\n    - {type: logsource}", "SIG0407")]
    [InlineData("rule_conditions:\n    - {type: logsource, prodct: x, service: y}", "SIG0408")]
    [InlineData("rule_conditions: text", "SIG0409")]
    [InlineData("rule_conditions:\n    - {type: logsource, product: x}\n  rule_cond_op: xor", "SIG0409")]
    [InlineData("rule_conditions:\n    - {type: logsource, product: x}\n  rule_cond_expr: a", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_expr: b", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_expr: a and", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_expr: (a", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_expr: a a", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n    b: {type: logsource, product: y}\n  rule_cond_expr: a", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_op: or\n  rule_cond_expr: a", "SIG0416")]
    [InlineData("rule_conditions:\n    a: {type: logsource, product: x}\n  rule_cond_expr: [a]", "SIG0409")]
    [InlineData("rule_cond_op: or", "SIG0407")]
    [InlineData("field_name_conditions:\n    - {type: include_fields}", "SIG0407")]
    [InlineData("field_name_conditions:\n    - {type: include_fields, fields: ['('], mode: re}", "SIG0216")]
    [InlineData("field_name_conditions:\n    - {type: include_fields, fields: [a], mode: glob}", "SIG0409")]
    [InlineData("detection_item_conditions:\n    - {type: match_string, pattern: x}", "SIG0407")]
    [InlineData("rule_conditions:\n    - {type: processing_state, key: k, val: v, op: like}", "SIG0409")]
    public void A_condition_that_cannot_be_used_is_reported(string conditions, string code)
    {
        var diagnostics = new List<Diagnostic>();
        Applied.Read("transformations:\n- type: set_value\n  value: v\n  " + conditions + "\n", diagnostics);
        diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be(code);
    }

    [Theory]
    [InlineData("transformations:\n- type: field_name_maping\n", "did you mean 'field_name_mapping'?")]
    [InlineData("transformations:\n- {type: set_state, key: k, val: v, vall: w}\n", "did you mean 'val'?")]
    [InlineData("transfomations: []\n", "did you mean 'transformations'?")]
    public void A_mistyped_name_comes_with_a_suggestion(string text, string hint)
    {
        var diagnostics = new List<Diagnostic>();
        Applied.Read(text, diagnostics);
        diagnostics.Should().ContainSingle().Which.Hint.Should().Be(hint);
    }

    [Theory]
    [InlineData("- {type: logsource, product: windows}", "", true)]
    [InlineData("- {type: logsource, product: linux}", "", false)]
    [InlineData("- {type: logsource, product: windows, category: x}", "", false)]
    [InlineData("- {type: logsource, product: windows}\n- {type: logsource, service: x}", "", false)]
    [InlineData("- {type: logsource, product: windows}\n- {type: logsource, service: x}", "rule_cond_op: or", true)]
    [InlineData("- {type: logsource, product: windows}", "rule_cond_not: true", false)]
    [InlineData("w: {type: logsource, product: windows}\nx: {type: logsource, service: x}", "rule_cond_expr: w and not x", true)]
    [InlineData("w: {type: logsource, product: windows}\nx: {type: logsource, service: x}", "rule_cond_expr: not (w or x)", false)]
    [InlineData("w: {type: logsource, product: windows}\nx: {type: logsource, service: x}", "rule_cond_expr: x or w and w", true)]
    [InlineData("[]", "", true)]
    [InlineData("- {type: contains_detection_item, field: a, value: 1}", "", true)]
    [InlineData("- {type: contains_detection_item, field: a, value: '1'}", "", true)]
    [InlineData("- {type: contains_detection_item, field: a, value: 2}", "", false)]
    [InlineData("- {type: contains_detection_item, field: b, value: 1}", "", false)]
    public void Rule_conditions_are_linked_as_they_say(string conditions, string linking, bool holds)
    {
        string indented = string.Concat(conditions.Split('\n').Select(line => "    " + line + "\n"));
        Applied applied = Applied.To(Simple, $"- type: set_state\n  key: k\n  val: v\n  {linking}\n  rule_conditions:\n{indented}");
        applied.Codes.Should().BeEmpty();
        applied.Run.State.ContainsKey("k").Should().Be(holds);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_pattern_for_field_names_that_runs_away_refuses_the_rule() =>
        Applied.To(
            $"sel: {{{new string('a', 60)}b: 1}}\ncondition: sel",
            "- type: field_name_mapping\n  mapping: {q: r}\n  field_name_conditions:\n    - {type: include_fields, fields: ['(a+)+$'], mode: re}\n")
            .Codes.Should().Equal("SIG0425");

    [Theory]
    [InlineData("splunk")]
    [InlineData("es-qs")]
    [InlineData("kql")]
    [InlineData("lucene")]
    [InlineData("powershell")]
    [InlineData("logpoint")]
    [InlineData("logql")]
    public void The_pipelines_that_come_with_a_target_have_no_mistakes(string target)
    {
        var folder = Sigma.Backends.BackendFolder.BuiltIn.First(f => f.Name == target);
        foreach (string name in folder.Pipelines)
        {
            var diagnostics = new List<Diagnostic>();
            PipelineReader.Read(folder.Read($"pipelines/{name}.yml", out _)!, name, diagnostics);
            diagnostics.Should().BeEmpty();
        }
    }
}
