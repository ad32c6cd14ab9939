using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>The conditions of steps (docs/pipelines.md, "Conditions"). What a condition selects gets the value 9.</summary>
public class PipelineConditionTests
{
    [Theory]
    [InlineData("type: logsource, product: windows", true)]
    [InlineData("type: logsource, product: windows, service: security", false)]
    [InlineData("type: contains_detection_item, field: a, value: 1", true)]
    [InlineData("type: contains_detection_item, field: a, value: 2", false)]
    [InlineData("type: contains_field, field: a", true)]
    [InlineData("type: contains_field, field: b", false)]
    [InlineData("type: processing_item_applied, processing_item_id: before", true)]
    [InlineData("type: processing_item_applied, processing_item_id: other", false)]
    [InlineData("type: processing_state, key: k, val: 10", true)]
    [InlineData("type: processing_state, key: k, val: 9, op: gt", true)]
    [InlineData("type: processing_state, key: k, val: 9, op: lte", false)]
    [InlineData("type: processing_state, key: none, val: x, op: ne", false)]
    [InlineData("type: is_sigma_rule", true)]
    [InlineData("type: is_sigma_correlation_rule", false)]
    [InlineData("type: tag, tag: attack.t1059", true)]
    [InlineData("type: tag, tag: attack.t1060", false)]
    [InlineData("type: rule_attribute, attribute: level, value: high", true)]
    [InlineData("type: rule_attribute, attribute: level, value: medium, op: gt", true)]
    [InlineData("type: rule_attribute, attribute: level, value: critical, op: gte", false)]
    [InlineData("type: rule_attribute, attribute: status, value: experimental, op: gte", true)]
    [InlineData("type: rule_attribute, attribute: date, value: 2026-01-02, op: lt", true)]
    [InlineData("type: rule_attribute, attribute: date, value: 2026/1/1, op: gte", true)]
    [InlineData("type: rule_attribute, attribute: id, value: '6F3E2987-DB24-4C78-A860-B4F4095A7095'", true)]
    [InlineData("type: rule_attribute, attribute: title, value: [T, U], op: in", true)]
    [InlineData("type: rule_attribute, attribute: title, value: T, op: ne", false)]
    [InlineData("type: rule_attribute, attribute: title, value: [U], op: not_in", true)]
    [InlineData("type: rule_attribute, attribute: tags, value: attack.t1059, op: in", true)]
    [InlineData("type: rule_attribute, attribute: tags, value: attack.t1059, op: not_in", false)]
    [InlineData("type: rule_attribute, attribute: risk, value: 9, op: gt", true)]
    [InlineData("type: rule_attribute, attribute: risk, value: 9.5, op: lt", false)]
    [InlineData("type: rule_attribute, attribute: none, value: x, op: ne", false)]
    public void Rule_condition(string condition, bool expected) =>
        Over("{a: 1}", $"rule_conditions: [{{{condition}}}]").Should().Be(expected ? "a=9" : "a=1");

    [Fact]
    public void Rule_condition_is_sigma_correlation_rule_holds_for_correlations()
    {
        const string Pipeline = "transformations: [{type: set_value, value: 9, rule_conditions: [{type: is_sigma_correlation_rule}]}]";
        PipedRule.File("{a: 1}", Pipeline, correlation: true).Rule.Should().Be("a=9");
    }

    [Theory]
    [InlineData("type: rule_attribute, attribute: level, value: hihg", "SIG0409 hihg")]
    [InlineData("type: rule_attribute, attribute: date, value: today", "SIG0409 today")]
    [InlineData("type: rule_attribute, attribute: title, value: a, op: gt", "SIG0409 gt")]
    [InlineData("type: rule_attribute, attribute: title, value: [a]", "SIG0409 [a]")]
    [InlineData("type: rule_attribute, attribute: title, value: a, op: is", "SIG0409 is")]
    [InlineData("type: rule_attribute, attribute: title", "SIG0407 ^{type: rule_attribute")]
    [InlineData("type: tag", "SIG0407 ^{type: tag")]
    [InlineData("type: contains_field", "SIG0407 ^{type: contains_field")]
    [InlineData("type: processing_item_applied", "SIG0407 ^{type: processing_item_applied")]
    [InlineData("type: is_sigma_rule, x: 1", "SIG0408 x")]
    public void Rule_condition_with_mistakes_is_reported_at_its_place(string condition, string findings) =>
        PipedRule.Through("{a: 1}", $"{{type: set_value, value: 9, rule_conditions: [{{{condition}}}]}}").Findings.Should().Be(findings);

    [Theory]
    [InlineData("type: match_string, cond: any, pattern: x.*z", "{a: [xyz, b]}", true)]
    [InlineData("type: match_string, cond: any, pattern: yz", "{a: [xyz, b]}", false)]
    [InlineData("type: match_string, cond: all, pattern: x", "{a: [xyz, b]}", false)]
    [InlineData("type: match_string, cond: all, pattern: x, negate: true", "{a: [yz, 5]}", true)]
    [InlineData("type: match_string, cond: any, pattern: '^$'", "{a: ''}", true)]
    [InlineData(@"type: match_string, cond: any, pattern: '\*\\cmd'", @"{a|endswith: \cmd}", true)]
    [InlineData("type: match_string, cond: any, pattern: '5'", "{a: 5}", false)]
    [InlineData("type: match_value, cond: any, value: 5", "{a: [5, b]}", true)]
    [InlineData("type: match_value, cond: all, value: 5", "{a: [5, b]}", false)]
    [InlineData("type: match_value, cond: all, value: true", "{a: true}", true)]
    [InlineData("type: match_value, cond: any, value: 'b*'", "{a|startswith: b}", true)]
    [InlineData("type: contains_wildcard, cond: any", "{a: ['b*', c]}", true)]
    [InlineData("type: contains_wildcard, cond: all", "{a: ['b*', c]}", false)]
    [InlineData(@"type: contains_wildcard, cond: any", @"{a: 'b\*'}", false)]
    [InlineData("type: is_null, cond: any", "{a: null}", true)]
    [InlineData("type: is_null, cond: all", "{a: [null, b]}", false)]
    [InlineData("type: processing_state, key: k, val: 10", "{a: 1}", true)]
    [InlineData("type: processing_state, key: k, val: 11", "{a: 1}", false)]
    public void Detection_item_condition(string condition, string detection, bool expected) =>
        Over(detection, $"detection_item_conditions: [{{{condition}}}]").Should().Match(rule => (rule == "a=9") == expected);

    [Fact]
    public void Detection_item_condition_processing_item_applied_follows_what_became_of_an_item() =>
        PipedRule.Through(
            "{a: 1, b: 2}",
            "{id: m, type: field_name_mapping, mapping: {a: [x, y]}}",
            "{type: field_name_suffix, suffix: .s}",
            "{type: set_value, value: 9, detection_item_conditions: [{type: processing_item_applied, processing_item_id: m}]}").Rule
            .Should().Be("((x.s=9 or y.s=9) and b.s=2)");

    [Theory]
    [InlineData("type: match_string, pattern: x", "SIG0407 ^{type: match_string")]
    [InlineData("type: match_string, cond: some, pattern: x", "SIG0409 some")]
    [InlineData("type: match_string, cond: any, pattern: '('", "SIG0216 (")]
    [InlineData("type: match_value, cond: any", "SIG0407 ^{type: match_value")]
    [InlineData("type: is_nul, cond: any", "SIG0405 is_nul")]
    public void Detection_item_condition_with_mistakes_is_reported_at_its_place(string condition, string findings) =>
        PipedRule.Through("{a: 1}", $"{{type: set_value, value: 9, detection_item_conditions: [{{{condition}}}]}}").Findings.Should().Be(findings);

    [Theory]
    [InlineData("type: include_fields, fields: [a]", true)]
    [InlineData("type: include_fields, fields: [b]", false)]
    [InlineData("type: exclude_fields, fields: [a]", false)]
    [InlineData("type: exclude_fields, fields: [b]", true)]
    [InlineData("type: include_fields, fields: ['[a-c]'], mode: re", true)]
    [InlineData("type: include_fields, fields: ['.a'], mode: re", false)]
    [InlineData("type: exclude_fields, fields: ['[a-c]'], mode: re", false)]
    [InlineData("type: processing_state, key: k, val: 10", true)]
    [InlineData("type: processing_state, key: k, val: x", false)]
    public void Field_name_condition(string condition, bool expected) =>
        Over("{a: 1}", $"field_name_conditions: [{{{condition}}}]").Should().Be(expected ? "a=9" : "a=1");

    [Fact]
    public void Field_name_condition_looks_at_field_references_too_and_includes_no_keywords()
    {
        PipedRule.Through("{a|fieldref: b, c: 1}", "{type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [b]}]}").Rule.Should().Be("c=1");
        Over("[x]", "field_name_conditions: [{type: include_fields, fields: ['.*'], mode: re}]").Should().Be("='x'");
        Over("[x]", "field_name_conditions: [{type: exclude_fields, fields: [a]}]").Should().Be("=9");
    }

    [Fact]
    public void Field_name_condition_processing_item_applied_tells_mapped_names_from_others() =>
        PipedRule.Through(
            "{a: 1, b: 2, same: 3}",
            "{id: m, type: field_name_mapping, mapping: {a: x, same: same}}",
            "{type: field_name_prefix, prefix: 'other.', field_name_cond_not: true, field_name_conditions: [{type: processing_item_applied, processing_item_id: m}]}").Rule
            .Should().Be("(x=1 and other.b=2 and same=3)");

    /// <summary>Which items have acted is remembered if some item asks, even one of a later pipeline or one that is nested.</summary>
    [Theory]
    [InlineData("{type: set_value, value: 9, detection_item_conditions: [{type: processing_item_applied, processing_item_id: m}]}")]
    [InlineData("{type: set_value, value: 9, field_name_conditions: [{type: processing_item_applied, processing_item_id: m}]}")]
    [InlineData("{type: nest, items: [{type: nest, items: [{type: set_value, value: 9, detection_item_conditions: [{type: processing_item_applied, processing_item_id: m}]}]}]}")]
    [InlineData("{type: nest, items: [{type: set_value, value: 9, field_name_conditions: [{type: processing_item_applied, processing_item_id: m}]}]}")]
    public void A_later_pipeline_asks_for_an_item(string asking)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline[] pipelines =
        [
            PipelineReader.Read(new SourceText("first.yml", "transformations:\n- {id: m, type: field_name_mapping, mapping: {a: x}}\n"), "first", diagnostics)!,
            PipelineReader.Read(new SourceText("second.yml", $"transformations:\n- {asking}\n"), "second", diagnostics)!,
        ];

        SigmaRule rule = Planner.Pipe(Given.Rule("sel: {a: 1, b: 2}\ncondition: sel\n"), pipelines)!;

        rule.Detections.Select(detection => PipedRule.Show(detection.Body)).Should().Equal("(x=9 and b=2)");
    }

    private static string Over(string detection, string conditions) => PipedRule.Through(
        detection,
        "{id: before, type: set_state, key: k, val: 10}",
        "{type: set_value, value: 9, " + conditions + "}").Rule;
}
