using Sigma.Rules;

namespace Sigma.Tests.Pipelines;

/// <summary>field_name_mapping and field_name_prefix_mapping (docs/pipelines.md, "Fields"): every place that names a field is renamed.</summary>
public sealed class FieldMappingTests
{
    private const string Rename = "- type: field_name_mapping\n  mapping: {a: x, b: [y, z]}\n";

    [Theory]
    [InlineData("a: 1", "x=1")]
    [InlineData("A: 1", "A=1")]
    [InlineData("c: 1", "c=1")]
    [InlineData("b: 1", "(y=1 or z=1)")]
    [InlineData("b: [1, 2]", "(y=[1,2] or z=[1,2])")]
    [InlineData("b|contains|all: [p, q]", "((y=*p* and y=*q*) or (z=*p* and z=*q*))")]
    [InlineData("a|neq: 1", "not (x=1)")]
    [InlineData("b|neq: 1", "(not (y=1) and not (z=1))")]
    [InlineData("a|fieldref: c", "x=@c")]
    [InlineData("c|fieldref: a", "c=@x")]
    [InlineData("c|fieldref: b", "(c=@y or c=@z)")]
    [InlineData("c|fieldref|all: [a, b]", "(c=@x and (c=@y or c=@z))")]
    [InlineData("a|fieldref: b", "(x=@y or x=@z)")]
    public void A_field_becomes_one_or_any_of_several(string item, string expected) =>
        Applied.To($"sel:\n  {item}\ncondition: sel", Rename).Expression.Should().Be(expected);

    [Fact]
    public void Keywords_are_left_alone() => Applied.To("sel: [a, b]\ncondition: sel", Rename).Expression.Should().Be("any=[a,b]");

    [Fact]
    public void Mappings_run_one_after_another_on_what_the_one_before_made() =>
        Applied.To("sel: {a: 1, c|fieldref: b}\ncondition: sel", Rename + "- type: field_name_mapping\n  mapping: {x: xx, z: zz}\n")
            .Expression.Should().Be("(xx=1 and (c=@y or c=@zz))");

    [Fact]
    public void Names_do_not_swap_through_one_another_within_a_mapping() =>
        Applied.To("sel: {a: 1, b: 2}\ncondition: sel", "- type: field_name_mapping\n  mapping: {a: b, b: a}\n").Expression.Should().Be("(b=1 and a=2)");

    [Fact]
    public void The_fields_to_show_are_renamed_without_repeats() =>
        Applied.To("sel: {a: 1}\ncondition: sel", "- type: field_name_mapping\n  mapping: {a: [y, z]}\n").Rule.Metadata.Fields.Should().Equal("y", "z");

    [Fact]
    public void The_fields_of_an_aggregation_are_renamed()
    {
        Applied applied = Applied.To("sel: {q: 1}\ncondition: sel | count(a) by c, a > 5", Rename);
        Correlation aggregation = applied.Rule.Conditions[0].Aggregation!;
        (aggregation.Field, string.Join(',', aggregation.GroupBy)).Should().Be(("x", "c,x"));
        applied.Codes.Should().BeEmpty();
    }

    [Fact]
    public void An_aggregation_cannot_count_several_fields_at_once() =>
        Applied.To("sel: {q: 1}\ncondition: sel | count(b) > 5", Rename).Codes.Should().Equal("SIG0414");

    [Fact]
    public void A_prefix_is_replaced_and_the_first_that_fits_counts()
    {
        const string Prefixes = "- type: field_name_prefix_mapping\n  mapping: {win.ev: e., win.: [w., v.]}\n";
        Applied.To("sel: {win.event: 1}\ncondition: sel", Prefixes).Expression.Should().Be("e.ent=1");
        Applied.To("sel: {win.x: 1}\ncondition: sel", Prefixes).Expression.Should().Be("(w.x=1 or v.x=1)");
        Applied.To("sel: {lin.x: 1}\ncondition: sel", Prefixes).Expression.Should().Be("lin.x=1");
    }

    [Theory]
    [InlineData("include_fields", "fields: [a]", "(x=1 and b=2)")]
    [InlineData("exclude_fields", "fields: [a]", "(a=1 and (y=2 or z=2))")]
    [InlineData("include_fields", "{fields: ['[ac]'], mode: re}", "(x=1 and b=2)")]
    [InlineData("include_fields", "{fields: ['a$', 'bb'], mode: re}", "(x=1 and b=2)")]
    [InlineData("include_fields", "{fields: b}", "(a=1 and (y=2 or z=2))")]
    public void Field_name_conditions_choose_the_fields(string type, string parameters, string expected)
    {
        string body = parameters.Trim('{', '}');
        Applied.To("sel: {a: 1, b: 2}\ncondition: sel", Rename + $"  field_name_conditions:\n    - {{type: {type}, {body}}}\n").Expression.Should().Be(expected);
    }

    [Fact]
    public void Field_name_conditions_also_judge_the_names_in_values() =>
        Applied.To("sel: {c|fieldref: a}\ncondition: sel", Rename + "  field_name_conditions:\n    - {type: include_fields, fields: [a]}\n")
            .Expression.Should().Be("c=@x");

    [Theory]
    [InlineData("mapping: {a: []}", "SIG0409")]
    [InlineData("mapping: {a: {b: c}}", "SIG0409")]
    [InlineData("mapping: [a]", "SIG0409")]
    [InlineData("maping: {a: b}", "SIG0407", "SIG0408")]
    public void A_mapping_that_cannot_be_used_is_reported(string parameters, params string[] codes) =>
        Applied.To("sel: {a: 1}\ncondition: sel", $"- type: field_name_mapping\n  {parameters}\n").Codes.Should().BeEquivalentTo(codes);
}
