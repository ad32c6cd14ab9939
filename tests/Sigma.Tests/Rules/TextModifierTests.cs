using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>contains, startswith, endswith, cased, windash, expand, all and neq (specification 2.1, appendix "Modifiers").</summary>
public sealed class TextModifierTests
{
    [Theory]
    [InlineData("f|contains", "abc", "*abc*")]
    [InlineData("f|contains", "'*abc'", "*abc*")]
    [InlineData("f|startswith", "abc", "abc*")]
    [InlineData("f|endswith", @"'\cmd.exe'", @"*\cmd.exe")]
    [InlineData("f|startswith|endswith", "abc", "*abc*")]
    [InlineData("f|contains", "''", "*")]
    [InlineData("f|startswith", @"'C:\'", @"C:\\*")]
    public void Position_modifiers_add_the_wildcards_that_are_not_there(string key, string value, string expected) =>
        Given.Value(key, value).Should().BeOfType<StringValue>().Which.Text.ToString().Should().Be(expected);

    [Theory]
    [InlineData("f|contains", "5")]
    [InlineData("f|endswith", "true")]
    [InlineData("f|startswith", "null")]
    [InlineData("f|cased", "5")]
    [InlineData("f|windash", "5")]
    [InlineData("f|expand", "5")]
    [InlineData("f|exists|contains", "true")]
    [InlineData("f|cidr|contains", "10.0.0.0/8")]
    [InlineData("f|re|cased", "abc")]
    [InlineData("f|re|base64", "abc")]
    [InlineData("f|gte|contains", "5")]
    public void A_value_of_the_wrong_type_is_refused(string key, string value) => Given.Codes(key, value).Should().Equal("SIG0214");

    [Fact]
    public void A_type_error_points_at_the_value_and_names_both_types()
    {
        var diagnostic = Given.Detection("sel:\n  f|contains: [abc, 5]\ncondition: sel\n").Diagnostics.Should().ContainSingle().Subject;
        Given.Text(diagnostic.Span).Should().Be("5");
        diagnostic.Message.Should().Be("'contains' needs a string, a regular expression or a field reference, not a number");
    }

    [Theory]
    [InlineData("f|re|contains", "a.b", ".*a.b.*")]
    [InlineData("f|re|startswith", "ab", "ab.*")]
    [InlineData("f|re|startswith", "ab$", "ab$")]
    [InlineData("f|re|endswith", "ab", ".*ab")]
    [InlineData("f|re|endswith", "^ab", "^ab")]
    [InlineData("f|re|contains", ".*ab.*", ".*ab.*")]
    public void A_regular_expression_is_opened_where_it_is_not_anchored(string key, string value, string expected) =>
        Given.Value(key, value).Should().BeOfType<RegexValue>().Which.Pattern.Literal.Should().Be(expected);

    [Theory]
    [InlineData("f|fieldref", false, false)]
    [InlineData("f|fieldref|startswith", true, false)]
    [InlineData("f|fieldref|endswith", false, true)]
    [InlineData("f|fieldref|contains", true, true)]
    public void A_field_reference_remembers_where_the_other_value_may_stand(string key, bool starts, bool ends)
    {
        var reference = (FieldReferenceValue)Given.Value(key, "other");
        (reference.Field, reference.StartsWith, reference.EndsWith).Should().Be(("other", starts, ends));
    }

    [Theory]
    [InlineData("f|cased", "aB", "aB")]
    [InlineData("f|cased|contains", "aB", "*aB*")]
    [InlineData("f|contains|cased", "aB", "*aB*")]
    public void Cased_goes_before_or_behind_the_others(string key, string value, string expected)
    {
        var text = (StringValue)Given.Value(key, value);
        (text.Text.ToString(), text.Cased).Should().Be((expected, true));
    }

    [Fact]
    public void Case_does_not_count_by_default() => ((StringValue)Given.Value("f", "aB")).Cased.Should().BeFalse();

    [Fact]
    public void Case_counts_in_a_regular_expression_by_default() =>
        ((RegexValue)Given.Value("f|re", "aB")).Flags.Should().Be(RegexFlags.None);

    [Theory]
    [InlineData("-e", "-e /e \u2013e \u2014e \u2015e")]
    [InlineData("/e", "/e -e \u2013e \u2014e \u2015e")]
    [InlineData("a-b", "a-b")]
    [InlineData("a -", "a -")]
    [InlineData("--e", "--e -/e -\u2013e -\u2014e -\u2015e")]
    [InlineData("_-b", "_-b")]
    [InlineData("-_", "-_ /_ \u2013_ \u2014_ \u2015_")]
    public void Windash_makes_every_spelling_of_a_leading_dash(string written, string spellings) =>
        Texts("f|windash", $"'{written}'").Should().Equal(written == "a -" ? ["a -"] : spellings.Split(' '));

    /// <summary>docs/compatibility.md, difference 3: the specification lets all five dashes stand for one another in the rule too.</summary>
    [Theory]
    [InlineData('\u2013')]
    [InlineData('\u2014')]
    [InlineData('\u2015')]
    public void Decision_0_1_3_windash_knows_all_five_dashes_in_the_rule(char dash) =>
        Texts("f|windash", $"'{dash}e'").Should().BeEquivalentTo("-e", "/e", "\u2013e", "\u2014e", "\u2015e");

    [Theory]
    [InlineData("f|contains|windash")]
    [InlineData("f|windash|contains")]
    public void Windash_goes_before_or_behind_contains(string key) =>
        Texts(key, "' -e '").Should().Equal("* -e *", "* /e *", "* \u2013e *", "* \u2014e *", "* \u2015e *");

    [Fact]
    public void Windash_takes_the_product_of_several_dashes_and_stays_an_or_under_all()
    {
        DetectionItem item = Given.Item("f|all|windash", "['-a -b', '-c']");
        item.All.Should().BeTrue();
        item.Values.Should().AllBeOfType<ExpansionValue>();
        ((ExpansionValue)item.Values[0]).Values.Should().HaveCount(25);
        ((ExpansionValue)item.Values[1]).Values.Should().HaveCount(5);
    }

    [Fact]
    public void Windash_refuses_to_make_more_than_3125_spellings() =>
        Given.Codes("f|windash", "'-a -b -c -d -e -f'").Should().Equal("SIG0220");

    [Theory]
    [InlineData("%name%", "<name>")]
    [InlineData("a%name%b", "a|<name>|b")]
    [InlineData("%a%%b%", "<a>|<b>")]
    [InlineData("50%", "50%")]
    [InlineData("100% or 50%", "100% or 50%")]
    [InlineData(@"\%name\%", "%name%")]
    [InlineData("*%name%", "Many|<name>")]
    public void Expand_makes_placeholders(string written, string parts) => Parts((StringValue)Given.Value("f|expand", $"'{written}'")).Should().Be(parts);

    [Fact]
    public void Without_expand_percent_signs_are_text() => Parts((StringValue)Given.Value("f", "'%name%'")).Should().Be("%name%");

    [Fact]
    public void Expand_works_with_contains_and_in_regular_expressions()
    {
        Parts((StringValue)Given.Value("f|contains|expand", "'%x%'")).Should().Be("Many|<x>|Many");
        Parts((StringValue)Given.Value("f|expand|contains", "'%x%'")).Should().Be("Many|<x>|Many");
        ((RegexValue)Given.Value("f|re|expand", "'a%x%b'")).Pattern.HasPlaceholders.Should().BeTrue();
    }

    [Theory]
    [InlineData("f|all", "[a, b]", true, false)]
    [InlineData("f|all|contains", "[a, b]", true, false)]
    [InlineData("f|contains|all", "[a, b]", true, false)]
    [InlineData("f|neq", "[a, b]", false, true)]
    [InlineData("f|neq|neq", "a", false, true)]
    [InlineData("f|all|neq", "[a, b]", true, true)]
    [InlineData("|neq", "a", false, true)]
    public void All_and_neq_act_on_the_item_from_any_place(string key, string value, bool all, bool negated)
    {
        DetectionItem item = Given.Item(key, value);
        (item.All, item.Negated).Should().Be((all, negated));
    }

    /// <summary>docs/compatibility.md, difference 6: forbidden by the specification, harmless, and accepted by the Python reference.</summary>
    [Fact]
    public void Decision_0_1_6_all_on_a_single_value_has_no_effect() => Given.Codes("f|all", "a").Should().BeEmpty();

    private static string Parts(StringValue value) => string.Join('|', value.Text.Parts.Select(p => p.Kind switch
    {
        PartKind.Literal => p.Text,
        PartKind.Placeholder => $"<{p.Text}>",
        _ => p.Kind.ToString(),
    }));

    private static IEnumerable<string> Texts(string key, string value) => Given.Value(key, value) switch
    {
        ExpansionValue expansion => expansion.Values.Select(v => ((StringValue)v).Text.ToString()),
        var single => [((StringValue)single).Text.ToString()],
    };
}
