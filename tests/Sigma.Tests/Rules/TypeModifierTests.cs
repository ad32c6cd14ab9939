using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>The modifiers that decide what kind of test a value is: re, cidr, comparisons, exists, fieldref, parts of dates.</summary>
public sealed class TypeModifierTests
{
    [Fact]
    public void The_table_has_the_33_names_of_the_reference_and_utf16le()
    {
        string[] names =
        [
            "contains", "startswith", "endswith", "all", "neq", "base64", "base64offset", "wide", "utf16le", "utf16be", "utf16", "windash", "re",
            "i", "ignorecase", "m", "multiline", "s", "dotall", "cased", "cidr", "lt", "lte", "gt", "gte", "exists", "fieldref", "expand",
            "minute", "hour", "day", "week", "month", "year",
        ];
        Modifiers.All.Select(m => m.Name).Should().BeEquivalentTo(names);
    }

    [Theory]
    [InlineData("f|re", @"'a\.b*\\'", @"a\.b*\\")]
    [InlineData("f|re", "5", "5")]
    [InlineData("f|re", "1.50", "1.50")]
    [InlineData("f|re", "true", "true")]
    [InlineData("f|re", "'%x%'", "%x%")]
    public void A_regular_expression_is_taken_letter_by_letter(string key, string value, string pattern) =>
        ((RegexValue)Given.Value(key, value)).Pattern.Literal.Should().Be(pattern);

    [Theory]
    [InlineData("f|re|i", RegexFlags.IgnoreCase)]
    [InlineData("f|re|ignorecase", RegexFlags.IgnoreCase)]
    [InlineData("f|re|m", RegexFlags.Multiline)]
    [InlineData("f|re|multiline", RegexFlags.Multiline)]
    [InlineData("f|re|s", RegexFlags.DotAll)]
    [InlineData("f|re|dotall", RegexFlags.DotAll)]
    [InlineData("f|re|i|m|s", RegexFlags.IgnoreCase | RegexFlags.Multiline | RegexFlags.DotAll)]
    public void Flags_follow_re_under_both_their_names(string key, RegexFlags flags) =>
        ((RegexValue)Given.Value(key, "a")).Flags.Should().Be(flags);

    [Fact]
    public void A_flag_without_re_is_refused() => Given.Codes("f|i", "a").Should().Equal("SIG0214");

    [Theory]
    [InlineData("'a('", "SIG0216")]
    [InlineData("'a{2'", null)]
    [InlineData("null", "SIG0211")]
    [InlineData("'[z-a]'", "SIG0216")]
    public void A_regular_expression_must_be_one(string value, string? code) =>
        Given.Codes("f|re", value).Should().Equal(code is null ? [] : [code]);

    [Fact]
    public void A_broken_regular_expression_is_marked_where_it_breaks()
    {
        var diagnostic = Given.Detection("sel:\n  f|re: 'ab(cd'\ncondition: sel\n").Diagnostics.Should().ContainSingle().Subject;
        Given.Place(diagnostic.Span).Should().Be("6:14");
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("192.168.1.1", "192.168.1.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("fe80::/10", "fe80::/10")]
    public void A_network_may_be_a_bare_address(string written, string network) =>
        ((CidrValue)Given.Value("f|cidr", $"'{written}'")).Network.ToString().Should().Be(network);

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("2001:db8::1/32")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0/16")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("[::1]/128")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%1")]
    [InlineData("example.org")]
    [InlineData("")]
    public void What_is_no_network_is_refused(string written) => Given.Codes("f|cidr", $"'{written}'").Should().Equal("SIG0217");

    [Theory]
    [InlineData("f|cidr", "'10.*'")]
    [InlineData("f|cidr", "10")]
    [InlineData("f|gte", "'5'")]
    [InlineData("f|gte", "true")]
    [InlineData("f|lt|gt", "5")]
    [InlineData("f|exists", "'true'")]
    [InlineData("f|exists", "1")]
    [InlineData("f|exists", "'yes'")]
    [InlineData("f|fieldref", "'a*'")]
    [InlineData("f|fieldref", "5")]
    [InlineData("f|fieldref", "''")]
    [InlineData("f|hour", "'5'")]
    [InlineData("f|hour", "1.5")]
    [InlineData("f|hour|gte|lt", "5")]
    public void Values_of_another_type_are_refused(string key, string value) =>
        Given.Codes(key, value).Where(code => code != "SIG0225").Should().Equal("SIG0214");

    [Theory]
    [InlineData("f|lt", "5", Comparison.Less, "5")]
    [InlineData("f|lte", "-1.50", Comparison.LessOrEqual, "-1.5")]
    [InlineData("f|gt", "0x10", Comparison.Greater, "16")]
    [InlineData("f|gte", "1e3", Comparison.GreaterOrEqual, "1000")]
    public void Comparisons_hold_a_canonical_number(string key, string value, Comparison comparison, string number)
    {
        var compare = (CompareValue)Given.Value(key, value);
        (compare.Comparison, compare.Number).Should().Be((comparison, number));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Exists_takes_a_boolean(string value, bool exists) => ((ExistsValue)Given.Value("f|exists", value)).Exists.Should().Be(exists);

    [Theory]
    [InlineData("f|minute", "59", TimePart.Minute, Comparison.Equal)]
    [InlineData("f|hour|gte", "18", TimePart.Hour, Comparison.GreaterOrEqual)]
    [InlineData("f|day|lt", "31", TimePart.Day, Comparison.Less)]
    [InlineData("f|week", "53", TimePart.Week, Comparison.Equal)]
    [InlineData("f|month|gt", "1", TimePart.Month, Comparison.Greater)]
    [InlineData("f|year|lte", "2026", TimePart.Year, Comparison.LessOrEqual)]
    public void A_part_of_a_date_is_compared(string key, string value, TimePart part, Comparison comparison)
    {
        var time = (TimePartValue)Given.Value(key, value);
        (time.Part, time.Comparison, time.Number).Should().Be((part, comparison, value));
    }

    /// <summary>docs/compatibility.md, defects of the reference implementation, "parts of a date": a list stays a list of parts of a date.</summary>
    [Fact]
    public void Decision_0_2_a_list_of_time_parts_stays_time_parts() =>
        Given.Item("f|year", "[2024, 2025]").Values.Should().AllBeOfType<TimePartValue>();

    [Theory]
    [InlineData("f|minute", "[0, 59]")]
    [InlineData("f|hour", "[0, 23]")]
    [InlineData("f|day", "[1, 31]")]
    [InlineData("f|week", "[1, 53]")]
    [InlineData("f|month", "[1, 12]")]
    [InlineData("f|year", "[0, 9999]")]
    public void The_first_and_the_last_part_that_dates_have_are_taken(string key, string values) => Given.Codes(key, values).Should().BeEmpty();

    [Theory]
    [InlineData("f|minute", "60")]
    [InlineData("f|hour", "24")]
    [InlineData("f|day", "0")]
    [InlineData("f|week", "54")]
    [InlineData("f|month", "13")]
    public void A_part_that_no_date_has_is_warned_of(string key, string value) => Given.Codes(key, value).Should().Equal("SIG0218");

    [Theory]
    [InlineData("f|contains|re")]
    [InlineData("f|contains|cidr")]
    [InlineData("f|contains|exists")]
    [InlineData("f|contains|fieldref")]
    [InlineData("f|lt|hour")]
    public void What_decides_the_type_comes_first(string key) => Given.Codes(key, "a").Should().Contain("SIG0213");

    [Theory]
    [InlineData("f|all|re", "[a, b]")]
    [InlineData("f|neq|cidr", "10.0.0.0/8")]
    [InlineData("f|re|all", "[a, b]")]
    public void All_and_neq_may_come_before_it(string key, string value) => Given.Codes(key, value).Should().BeEmpty();

    [Theory]
    [InlineData("|cidr", "10.0.0.0/8")]
    [InlineData("|exists", "true")]
    [InlineData("|fieldref", "a")]
    [InlineData("|gte", "5")]
    [InlineData("|hour", "5")]
    [InlineData("|fieldref", "[a, b, c]")]
    public void Keywords_have_no_field_to_test(string key, string value) => Given.Codes(key, value).Should().Equal("SIG0215");

    [Fact]
    public void An_unknown_modifier_is_marked_in_the_key_with_a_suggestion()
    {
        var diagnostic = Given.Detection("sel:\n  f|all|endwith: a\ncondition: sel\n").Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code.Id, Given.Text(diagnostic.Span), diagnostic.Hint).Should().Be(("SIG0212", "endwith", "did you mean 'endswith'?"));
    }

    [Theory]
    [InlineData("f|Contains")]
    [InlineData("f|")]
    [InlineData("f||contains")]
    public void Modifier_names_are_exact(string key) => Given.Codes(key, "a").Should().Equal("SIG0212");
}
