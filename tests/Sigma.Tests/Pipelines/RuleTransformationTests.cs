using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>add_condition, change_logsource, drop_detection_item, set_state and rule_failure (docs/pipelines.md, "The rule").</summary>
public sealed class RuleTransformationTests
{
    private const string Simple = "sel: {a: 1}\ncondition: sel";

    [Theory]
    [InlineData("conditions: {s: t}", "(s=t and a=1)")]
    [InlineData("conditions: {s: [t, u], v: 1}", "(s=[t,u] and v=1 and a=1)")]
    [InlineData("conditions: {s|contains|all: [t, u]}", "(s=*t* and s=*u* and a=1)")]
    [InlineData("conditions: {null: word}", "(any=word and a=1)")]
    [InlineData("{conditions: {s: t}, negated: true}", "(not (s=t) and a=1)")]
    [InlineData("{conditions: {s: $product-$service-$category}, template: true}", "(s=windows-security- and a=1)")]
    [InlineData("{conditions: {s: $product}, template: false}", "(s=$product and a=1)")]
    public void A_condition_is_added_in_front(string parameters, string expected) =>
        Applied.To(Simple, $"- {{type: add_condition, {(parameters.StartsWith('{') ? parameters[1..^1] : parameters)}}}\n").Expression.Should().Be(expected);

    [Fact]
    public void A_condition_may_be_added_in_each_bracket_too() =>
        Applied.To("sel: {a: 1}\nb: {b: 2}\ncondition: sel and (b or not (sel))", "- {type: add_condition, conditions: {s: t}, each_group: true}\n")
            .Expression.Should().Be("(s=t and a=1 and (b=2 or not ((s=t and a=1))))");

    [Fact]
    public void An_added_detection_never_takes_the_place_of_one_of_the_rule() =>
        Applied.To(Simple, "- {type: add_condition, name: sel, conditions: {s: t}}\n- {type: add_condition, name: sel, conditions: {u: v}}\n")
            .Expression.Should().Be("(u=v and s=t and a=1)");

    [Theory]
    [InlineData("1 of them", "(s=t and (a=1 or b=2))")]
    [InlineData("all of s*", "(s=t and a=1)")]
    [InlineData("1 of _*", "(s=t and c=3)")]
    public void Selectors_see_the_detections_of_the_rule_only(string condition, string expected) =>
        Applied.To($"sel: {{a: 1}}\nb: {{b: 2}}\n_c: {{c: 3}}\ncondition: {condition}", "- {type: add_condition, name: source, conditions: {s: t}}\n")
            .Expression.Should().Be(expected);

    [Fact]
    public void The_log_source_is_replaced_as_a_whole()
    {
        var source = Applied.To(Simple, "- {type: change_logsource, category: x}\n").Rule.LogSource;
        (source.Category, source.Product, source.Service).Should().Be(("x", null, null));
    }

    [Theory]
    [InlineData("sel: {a: 1, b: 2}\ncondition: sel", "b=2", new string[0])]
    [InlineData("sel:\n  - {a: 1, b: 2}\n  - {a: 3}\n  - {c: 4}\ncondition: sel", "(b=2 or c=4)", new string[0])]
    [InlineData("sel: {a: 1}\noth: {b: 2}\ncondition: sel and oth", "b=2", new[] { "SIG0412" })]
    [InlineData("sel: {a: 1}\noth: {b: 2}\ncondition: oth and not sel", "b=2", new[] { "SIG0412" })]
    [InlineData("sel: {a: 1}\ncondition: sel", "nothing", new[] { "SIG0412", "SIG0413" })]
    [InlineData("sel: {a: 1}\ncondition: not sel", "nothing", new[] { "SIG0412", "SIG0413" })]
    public void Dropped_items_vanish_and_an_emptied_detection_is_said(string detection, string expected, string[] codes)
    {
        Applied applied = Applied.To(detection, "- type: drop_detection_item\n  field_name_conditions:\n    - {type: include_fields, fields: [a]}\n");
        applied.Expression.Should().Be(expected);
        applied.Codes.Should().Equal(codes);
    }

    [Fact]
    public void A_rule_can_be_refused_with_a_message()
    {
        Diagnostic refusal = Applied.To(Simple, "- {type: rule_failure, message: not here}\n").Diagnostics.Should().ContainSingle().Subject;
        (refusal.Code.Id, refusal.Severity).Should().Be(("SIG0410", Severity.Error));
        refusal.Message.Should().Contain("not here");
        refusal.Span!.Value.Source.Path.Should().Be("a.yml");
    }

    [Fact]
    public void Nothing_runs_behind_a_refusal()
    {
        Applied applied = Applied.To(Simple, "- {type: rule_failure, message: no}\n- {type: set_state, key: k, val: v}\n");
        applied.Run.State.Should().BeEmpty();
    }

    [Theory]
    [InlineData("k", "v", "eq", "v", true)]
    [InlineData("k", "v", "ne", "v", false)]
    [InlineData("k", "10", "gt", "9", true)]
    [InlineData("k", "1.0", "eq", "1", true)]
    [InlineData("k", "5", "lte", "4", false)]
    [InlineData("other", "5", "ne", "4", false)]
    public void State_that_was_set_can_be_asked_for(string key, string value, string op, string with, bool holds) =>
        Applied.To(Simple, $"""
            - {SetState(key, value)}
            - type: change_logsource
              category: changed
              rule_conditions:
                - {Test(op, with)}
            """).Rule.LogSource.Category.Should().Be(holds ? "changed" : null);

    [Fact]
    public void State_can_be_asked_for_by_items_and_field_names_too()
    {
        const string Mapping = "- {type: set_state, key: k, val: v}\n- type: field_name_mapping\n  mapping: {a: x}\n";
        const string Ask = ":\n    - {type: processing_state, key: k, val: ";
        Applied.To(Simple, Mapping + "  detection_item_conditions" + Ask + "v}\n").Expression.Should().Be("x=1");
        Applied.To(Simple, Mapping + "  field_name_conditions" + Ask + "w}\n").Expression.Should().Be("a=1");
    }

    private static string SetState(string key, string value) => $"{{type: set_state, key: {key}, val: {value}}}";

    private static string Test(string op, string with) => $"{{type: processing_state, key: k, val: {with}, op: {op}}}";
}
