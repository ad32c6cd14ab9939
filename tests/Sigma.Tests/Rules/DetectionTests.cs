using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>The forms that a detection may have, and the types of values (Sigma specification 2.1, "Detection"; docs/compatibility.md, "Detections and values").</summary>
public sealed class DetectionTests
{
    [Fact]
    public void A_map_is_an_and_of_its_items()
    {
        var all = Given.Selection("a: 1\nb: 2\n").Should().BeOfType<AllOfDetection>().Subject;
        all.Items.Cast<DetectionItem>().Select(i => i.Field).Should().Equal("a", "b");
    }

    [Fact]
    public void A_list_of_maps_is_an_or_of_ands()
    {
        var any = Given.Selection("- a: 1\n  b: 2\n- c: 3\n").Should().BeOfType<AnyOfDetection>().Subject;
        any.Items.Should().AllBeOfType<AllOfDetection>();
        any.Items.Cast<AllOfDetection>().Select(i => i.Items.Length).Should().Equal(2, 1);
    }

    [Fact]
    public void A_list_of_scalars_is_one_keyword_item()
    {
        var item = Given.Selection("- one\n- 2\n- 'three'\n").Should().BeOfType<DetectionItem>().Subject;
        (item.Field, item.All, item.IsList, item.Values.Length).Should().Be((null, false, true, 3));
    }

    [Fact]
    public void A_mixed_list_is_an_or_of_keywords_and_maps()
    {
        var any = Given.Selection("- one\n- a: 1\n").Should().BeOfType<AnyOfDetection>().Subject;
        any.Items[0].Should().BeOfType<DetectionItem>().Which.Field.Should().BeNull();
        any.Items[1].Should().BeOfType<AllOfDetection>();
    }

    /// <summary>docs/compatibility.md, defects of the reference implementation, "detection": an inner list is an OR inside the OR.</summary>
    [Fact]
    public void Decision_0_2_nested_lists_of_detections_are_ors()
    {
        var any = Given.Selection("- - one\n  - two\n- - a: 1\n  - b: 2\n").Should().BeOfType<AnyOfDetection>().Subject;
        any.Items[0].Should().BeOfType<DetectionItem>().Which.Values.Should().HaveCount(2);
        any.Items[1].Should().BeOfType<AnyOfDetection>().Which.Items.Should().HaveCount(2);
    }

    [Fact]
    public void A_scalar_is_one_keyword()
    {
        var item = Given.Rule("sel: mimikatz\ncondition: sel\n").Detections.Single().Body.Should().BeOfType<DetectionItem>().Subject;
        (item.Field, item.IsList).Should().Be((null, false));
    }

    [Theory]
    [InlineData("'|all'", true)]
    [InlineData("'|contains'", false)]
    [InlineData("'|re'", false)]
    [InlineData("''", false)]
    public void A_key_without_a_field_holds_keywords(string key, bool all)
    {
        var item = Given.Selection($"{key}:\n  - one\n  - two\n").Should().BeOfType<AllOfDetection>().Which.Items.Single().Should().BeOfType<DetectionItem>().Subject;
        (item.Field, item.All, item.Values.Length).Should().Be((null, all, 2));
    }

    [Fact]
    public void A_list_of_one_is_still_a_list()
    {
        Given.Item("f", "[a]").IsList.Should().BeTrue();
        Given.Item("f", "a").IsList.Should().BeFalse();
    }

    [Theory]
    [InlineData("abc", typeof(StringValue))]
    [InlineData("''", typeof(StringValue))]
    [InlineData("'5'", typeof(StringValue))]
    [InlineData("5", typeof(NumberValue))]
    [InlineData("1.5", typeof(NumberValue))]
    [InlineData("true", typeof(BooleanValue))]
    [InlineData("null", typeof(NullValue))]
    [InlineData("", typeof(NullValue))]
    [InlineData("[]", typeof(NullValue))]
    [InlineData("'2024-01-01'", typeof(StringValue))]
    [InlineData("007", typeof(StringValue))]
    public void A_value_has_the_type_that_its_yaml_says(string yaml, Type type) => Given.Value("f", yaml).Should().BeOfType(type);

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("0x1F", "31")]
    public void A_number_is_its_canonical_text(string yaml, string text) => ((NumberValue)Given.Value("f", yaml)).Text.Should().Be(text);

    [Theory]
    [InlineData("2024-01-01", "SIG0211")]
    [InlineData("{a: b}", "SIG0211")]
    [InlineData("[[a]]", "SIG0211")]
    [InlineData(".inf", "SIG0227")]
    [InlineData(".nan", "SIG0227")]
    [InlineData("1e9999", "SIG0227")]
    [InlineData("[]", "SIG0223")]
    [InlineData("yes", "SIG0225")]
    [InlineData("[a, null]", "SIG0222")]
    public void Values_that_are_none_or_look_like_a_slip_are_reported(string yaml, string code) => Given.Codes("f", yaml).Should().Equal(code);

    /// <summary>docs/compatibility.md, difference 5: forbidden by the specification, one more alternative in the Python reference and here.</summary>
    [Fact]
    public void Decision_0_1_5_null_in_a_list_is_an_alternative_and_said()
    {
        Given.Detection("sel:\n  f: [a, null]\ncondition: sel\n").Document.Should().NotBeNull();
        Given.Item("f", "[a, null]").Values[1].Should().BeOfType<NullValue>();
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("sel: null", "SIG0210")]
    [InlineData("sel: {}", "SIG0210")]
    [InlineData("sel: []", "SIG0210")]
    [InlineData("sel: true", "SIG0228")]
    [InlineData("sel: 2024-01-01", "SIG0211")]
    [InlineData("sel: [a, null]", "SIG0228", "SIG0222")]
    [InlineData("sel: [a, {}]", "SIG0211")]
    [InlineData("sel: {'|all': []}", "SIG0228")]
    [InlineData("sel: {'': null}", "SIG0228")]
    public void Decision_0_2_odd_detections_are_reported_and_never_thrown(string detection, params string[] codes) =>
        Given.Detection(detection + "\ncondition: sel\n").Diagnostics.Select(d => d.Code.Id).Should().BeEquivalentTo(codes);

    [Fact]
    public void Every_mistake_of_a_rule_is_reported_sorted_by_place()
    {
        ReadDocument document = Given.Detection("sel:\n  f|bogus: 1\n  g|re: '('\n  h: {}\ncondition: sell and\n");
        document.Document.Should().BeNull();
        document.Diagnostics.Select(d => d.Code.Id).Should().Equal("SIG0212", "SIG0216", "SIG0211", "SIG0304", "SIG0301");
    }

    [Fact]
    public void Field_names_are_kept_as_written() =>
        Given.Selection("'Some Field.With-Odd_chars@1': x\n").Should().BeOfType<AllOfDetection>()
            .Which.Items.Single().Should().BeOfType<DetectionItem>().Which.Field.Should().Be("Some Field.With-Odd_chars@1");

    [Fact]
    public void A_field_knows_its_place_in_a_quoted_key()
    {
        DetectionItem item = Given.Item("field|contains|all", "[a, b]");
        Given.Text(item.FieldSpan).Should().Be("field");
    }
}
