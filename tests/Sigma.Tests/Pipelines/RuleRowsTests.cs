using Sigma.Pipelines;
using Sigma.Yaml;

namespace Sigma.Tests.Pipelines;

/// <summary>The transformations of the rule as a whole (docs/pipelines.md, "The rule"), and the document (the same, "A pipeline").</summary>
public class RuleRowsTests
{
    [Fact]
    public void Transformation_add_condition_adds_items_keywords_and_the_log_source_in_templates() =>
        PipedRule.Through("{a: 1}", "{type: add_condition, template: true, conditions: {x|startswith: '$product-', null: kw}}").Rule
            .Should().Be("a=1; (x='windows-*' and ='kw')");

    /// <summary>The rule of <see cref="PipedRule"/> has a product, and neither a category nor a service.</summary>
    [Theory]
    [InlineData("$product", "")]
    [InlineData("$product-$category", "SIG0440 product: windows")]
    [InlineData("$product-$service", "SIG0440 product: windows")]
    [InlineData("$$service", "SIG0440 product: windows")]
    [InlineData("service", "")]
    public void Transformation_add_condition_warns_of_what_the_log_source_lacks(string value, string findings) =>
        PipedRule.Through("{a: 1}", $"{{type: add_condition, template: true, conditions: {{x: '{value}'}}}}").Findings.Should().Be(findings);

    [Fact]
    public void Transformation_change_logsource_replaces_all_three() =>
        PipedRule.Through("{a: 1}", "{type: change_logsource, category: c}").Run.Rule.LogSource
            .Should().Match<Sigma.Rules.LogSource>(source => source.Category == "c" && source.Product == null && source.Service == null);

    [Fact]
    public void Transformation_set_state_is_seen_by_conditions() =>
        PipedRule.Through("{a: 1}", "{type: set_state, key: k, val: v}", "{type: set_value, value: 2, rule_conditions: [{type: processing_state, key: k, val: v}]}").Rule
            .Should().Be("a=2");

    [Fact]
    public void Transformation_set_custom_attribute_is_seen_by_conditions_and_replaces_an_older_one()
    {
        PipedRule piped = PipedRule.Through(
            "{a: 1}",
            "{type: set_custom_attribute, attribute: team, value: blue}",
            "{type: set_custom_attribute, attribute: team, value: red}",
            "{type: set_value, value: 2, rule_conditions: [{type: rule_attribute, attribute: team, value: red}]}");
        piped.Rule.Should().Be("a=2");
        piped.Run.Rule.Metadata.Custom.Should().ContainSingle(entry => entry.Name == "team");
        PipedRule.Through("{a: 1}", "{type: set_custom_attribute, attribute: team}").Findings.Should().Be("SIG0407 ^{type: set_custom_attribute");
    }

    [Fact]
    public void Transformation_rule_failure_refuses_the_rule() =>
        PipedRule.Through("{a: 1}", "{type: rule_failure, message: no}").Sentences.Should().Be("the pipeline refuses this rule: no");

    [Fact]
    public void Transformation_rule_warning_warns_of_the_rule()
    {
        PipedRule.Through("{a: 1}", "{type: rule_warning, message: all hosts}").Sentences.Should().Be("the pipeline warns of this rule: all hosts");
        PipedRule.Through("{a: 1, b: 2}", "{type: rule_warning, message: here, field_name_conditions: [{type: include_fields, fields: [b]}]}").Findings.Should().Be("SIG0439 b: 2");
        PipedRule.Through("{a: 1}", "{type: rule_warning, message: here, field_name_conditions: [{type: include_fields, fields: [b]}]}").Findings.Should().BeEmpty();
        PipedRule.Through("{a: 1}", "{type: rule_warning}").Findings.Should().Be("SIG0407 ^{type: rule_warning");
    }

    [Fact]
    public void Transformation_detection_item_failure_refuses_where_an_item_fits()
    {
        const string Item = "{type: detection_item_failure, message: no, field_name_conditions: [{type: include_fields, fields: [b]}]}";
        PipedRule.Through("{a: 1}", Item).Findings.Should().BeEmpty();
        PipedRule.Through("{a: 1, b: 2}", Item).Findings.Should().Be("SIG0410 b: 2");
    }

    [Fact]
    public void Transformation_strict_field_mapping_failure_lists_what_no_mapping_touched()
    {
        const string Mapping = "{type: field_name_mapping, mapping: {a: x, b: [y, z], same: same}}";
        PipedRule.Through("{a: 1, b: 2, same: 3}", Mapping, "{type: add_condition, conditions: {index: i}}", "{type: strict_field_mapping_failure}").Findings.Should().BeEmpty();
        PipedRule piped = PipedRule.Through("{a: 1, c: 2, d|fieldref: e, '': kw}", Mapping, "{type: strict_field_mapping_failure}");
        piped.Findings.Should().Be("SIG0422 c");
        piped.Sentences.Should().Be("not mapped by any mapping: 'c', 'd', 'e'");
    }

    [Fact]
    public void Transformation_nest_runs_items_and_leaves_their_ids_and_state_behind() =>
        PipedRule.Through(
            "{a: 1}",
            "{type: nest, items: [{id: in, type: field_name_mapping, mapping: {a: b}}, {type: set_state, key: k, val: v}]}",
            "{type: field_name_suffix, suffix: .x, rule_conditions: [{type: processing_item_applied, processing_item_id: in}, {type: processing_state, key: k, val: v}],"
            + " field_name_conditions: [{type: processing_item_applied, processing_item_id: in}]}").Rule.Should().Be("b.x=1");

    [Fact]
    public void Transformation_nest_reports_mistakes_inside()
    {
        PipedRule.Through("{a: 1}", "{type: nest, items: [{type: set_valu}]}").Sentences.Should().Be("unknown transformation 'set_valu' (did you mean 'set_value'?)");
        PipedRule.Through("{a: 1}", "{type: nest}").Findings.Should().Be("SIG0407 ^{type: nest");
        PipedRule.Through("{a: 1}", "{type: nest, items: []}").Findings.Should().Be("SIG0409 []");
    }

    [Fact]
    public void Field_tracking_follows_chains_and_exchanged_names()
    {
        PipedRule chain = PipedRule.Through("{a: 1, c: 2}", "{type: field_name_mapping, mapping: {a: b}}", "{type: field_name_mapping, mapping: {b: [x, y]}}");
        chain.Run.Fields.Mappings["a"].Should().Equal("x", "y");
        chain.Run.Fields.Mappings.Should().ContainSingle();
        PipedRule swap = PipedRule.Through("{a: 1, b: 2}", "{type: field_name_mapping, mapping: {a: b, b: a}}");
        swap.Rule.Should().Be("(b=1 and a=2)");
        swap.Run.Fields.Mappings["a"].Should().Equal("b");
        swap.Run.Fields.Mappings["b"].Should().Equal("a");
    }

    [Fact]
    public void Document_vars_of_later_pipelines_win_and_the_command_line_over_all()
    {
        var none = new List<Sigma.Text.Diagnostic>();
        Pipeline Read(string vars) => PipelineReader.Read(new Sigma.Text.SourceText("v.yml", vars), "v", none)!;
        var settings = new PipelineSettings { Variables = new Dictionary<string, YamlNode> { ["c"] = ((KeyValuePair<string, YamlNode>)PipelineSettings.ReadVariable(@"c=1,2\,3", none)!).Value } };
        PipelineSettings merged = settings.For(
            [Read("vars: {a: 1, b: 1, c: 1}"), Read("vars: {b: 2, backend: x}")], "splunk", "default", new Dictionary<string, string> { ["index"] = "main" });
        string Value(string name) => merged.Variables[name] is YamlScalar scalar ? scalar.Value : "list";
        (Value("a"), Value("b"), Value("backend"), Value("output_format"), Value("backend_index"), Value("c")).Should().Be(("1", "2", "splunk", "default", "main", "list"));
        ((YamlSequence)merged.Variables["c"]).Items.Cast<YamlScalar>().Select(item => item.Value).Should().Equal("1", "2,3");
        none.Should().BeEmpty();
        PipelineSettings.ReadVariable("nothing", none).Should().BeNull();
        none.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0706");
    }

    [Fact]
    public void Trace_keeps_each_item_that_changed_the_rule_or_the_state()
    {
        var trace = new PipelineTrace();
        PipedRule.File("{a: 1}", "name: n\ntransformations:\n- {type: set_value, value: 2, field_name_conditions: [{type: include_fields, fields: [z]}]}\n"
            + "- {id: m, type: nest, items: [{type: field_name_prefix, prefix: x.}]}\n- {id: s, type: set_value, value: 3}\n- {type: set_state, key: k, val: v}\n", trace: trace);
        IReadOnlyList<PipelineStep> steps = trace.Steps;
        steps.Select(step => (step.Pipeline, step.Id, string.Join('.', step.Place), step.Type, Given.Text(step.Span))).Should().Equal(
            ("n", null, "1.0", "field_name_prefix", "field_name_prefix"), ("n", "s", "2", "set_value", "set_value"), ("n", null, "3", "set_state", "set_state"));
        steps[0].Renamed["a"].Should().Equal("x.a");
        steps[2].State.Select(entry => $"{entry.Key}={entry.Value}").Should().Equal("k=v");
        PipedRule.Show(steps[1].Before.Detections[0].Body).Should().Be("x.a=1");
        PipedRule.Show(steps[1].After.Detections[0].Body).Should().Be("x.a=3");
    }

    [Theory]
    [InlineData("rule_conditions: [{type: logsource, category: dns}, {type: tag, tag: attack.t1059}]", "logsource(category: dns)")]
    [InlineData("rule_cond_op: or, rule_conditions: [{type: logsource, category: dns}, {type: tag, tag: x}]", "any of: logsource(category: dns); tag(tag: x)")]
    [InlineData("rule_cond_not: true, rule_conditions: [{type: tag, tag: attack.t1059}]", "not tag(tag: attack.t1059)")]
    [InlineData("rule_cond_op: or, rule_cond_not: true, rule_conditions: [{type: tag, tag: attack.t1059}, {type: tag, tag: x}]", "none of: tag(tag: attack.t1059); tag(tag: x)")]
    [InlineData("rule_cond_expr: a and not b, rule_conditions: {a: {type: tag, tag: x}, b: {type: tag, tag: y}}", "the expression over: tag(tag: x); tag(tag: y)")]
    [InlineData("field_name_conditions: [{type: include_fields, fields: [z]}]", "include_fields(fields: [z])")]
    [InlineData("detection_item_conditions: [{type: is_null, cond: any}]", "is_null(cond: any)")]
    public void Trace_keeps_mappings_that_know_a_field_and_what_speaks_against_them(string conditions, string reason)
    {
        var trace = new PipelineTrace();
        PipedRule.File("{a: 1, b: 2}", $"transformations:\n- {{type: field_name_mapping, mapping: {{a: x}}, {conditions}}}\n", trace: trace);
        trace.Steps.Should().BeEmpty();
        trace.Passed.Should().ContainSingle().Which.Should().Match<PassedMapping>(passed => passed.Field == "a" && passed.Reason == reason);
    }

    [Fact]
    public void Trace_looks_into_a_nest_that_is_passed_over()
    {
        var trace = new PipelineTrace();
        PipedRule.File("{a: 1}", "transformations:\n- {type: nest, items: [{type: set_state, key: k, val: v}, {type: field_name_mapping, mapping: {a: x}}], rule_conditions: [{type: tag, tag: x}]}\n", trace: trace);
        PassedMapping passed = trace.Passed.Should().ContainSingle().Subject;
        (string.Join('.', passed.Place), passed.Reason).Should().Be(("0.1", "tag(tag: x)"));
    }

    [Fact]
    public void Every_transformation_and_condition_of_the_format_can_be_read()
    {
        Transformations.All.Should().HaveCount(32, "31 are in the public format, and rule_warning is not");
        (Conditions.Rule.Count, Conditions.Item.Count, Conditions.Field.Count).Should().Be((9, 6, 4));
        (Postprocessing.All.Count, Finalizers.All.Count).Should().Be((6, 5));
    }
}
