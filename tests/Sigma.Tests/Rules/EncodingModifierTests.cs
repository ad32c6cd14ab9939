using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>base64, base64offset and the UTF-16 modifiers. The vectors were computed with Python's base64 module.</summary>
public sealed class EncodingModifierTests
{
    [Theory]
    [InlineData("f|base64", "foobar", "Zm9vYmFy")]
    [InlineData("f|base64", "a", "YQ==")]
    [InlineData("f|base64|base64", "a", "WVE9PQ==")]
    [InlineData("f|base64|contains", "foobar", "*Zm9vYmFy*")]
    [InlineData("f|wide|base64", "ping", "cABpAG4AZwA=")]
    [InlineData("f|utf16le|base64", "ping", "cABpAG4AZwA=")]
    [InlineData("f|utf16be|base64", "ping", "AHAAaQBuAGc=")]
    [InlineData("f|wide|base64", "é", "6QA=")]
    public void A_text_is_encoded(string key, string value, string expected) => Text(Given.Value(key, value)).Should().Be(expected);

    /// <summary>docs/compatibility.md, difference 1: the specification names it, the Python reference does not know it.</summary>
    [Fact]
    public void Decision_0_1_1_utf16le_is_wide() =>
        Text(Given.Value("f|utf16le", "ab")).Should().Be(Text(Given.Value("f|wide", "ab"))).And.Be("a\0b\0");

    /// <summary>docs/compatibility.md, difference 4: the bytes FF FE, not the character U+FEFF in UTF-8.</summary>
    [Fact]
    public void Decision_0_1_4_utf16_puts_the_bytes_ff_fe_in_front() =>
        Text(Given.Value("f|utf16|base64", "ping")).Should().Be("//5wAGkAbgBnAA==");

    /// <summary>docs/compatibility.md, defects of the reference implementation, "base64": an escaped wildcard is a plain character, and its backslash is none of the text.</summary>
    [Fact]
    public void Decision_0_2_base64_encodes_an_escaped_wildcard_as_the_character() =>
        Text(Given.Value("f|base64", @"'é\*'")).Should().Be("w6kq");

    [Theory]
    [InlineData("foobar", "Zm9vYmFy", "Zvb2Jhc", "mb29iYX")]
    [InlineData("/bin/bash", "L2Jpbi9iYXNo", "9iaW4vYmFza", "vYmluL2Jhc2")]
    [InlineData("ab", "YW", "Fi", "hY")]
    public void Base64offset_gives_what_is_certain_at_each_of_three_offsets(string value, string first, string second, string third) =>
        Forms(Given.Value("f|base64offset", value)).Should().Equal(first, second, third);

    /// <summary>docs/compatibility.md, defects of the reference implementation, "base64offset": counted in bytes; the Python reference counts characters and finds nothing, or all.</summary>
    [Theory]
    [InlineData("é", "w6", "Op", "Dq")]
    [InlineData("http://é", "aHR0cDovL8Op", "h0dHA6Ly/Dq", "odHRwOi8vw6")]
    public void Decision_0_2_base64offset_counts_bytes(string value, string first, string second, string third) =>
        Forms(Given.Value("f|base64offset", $"'{value}'")).Should().Equal(first, second, third);

    [Fact]
    public void Wide_and_base64offset_and_contains_go_together() =>
        Forms(Given.Value("f|wide|base64offset|contains", "ping")).Should().Equal("*cABpAG4AZw*", "*AAaQBuAGcA*", "*wAGkAbgBnA*");

    [Fact]
    public void Base64offset_of_one_byte_has_no_certain_character() => Given.Codes("f|base64offset", "a").Should().Equal("SIG0219");

    [Theory]
    [InlineData("f|base64")]
    [InlineData("f|base64offset")]
    public void A_wildcard_cannot_be_encoded(string key) => Given.Codes(key, "'a*'").Should().Equal("SIG0214");

    [Fact]
    public void A_wildcard_that_cannot_be_encoded_is_named() =>
        Given.Document(Given.Head + "detection:\n  s: {f|base64: 'a*'}\n  condition: s\n").Diagnostics.Should().ContainSingle().Which.Message.Should().Be("'base64' needs a string without wildcards, not a string with wildcards");

    [Fact]
    public void Wide_keeps_wildcards() => Text(Given.Value("f|wide", "'a*b'")).Should().Be("a\0*b\0");

    [Fact]
    public void Bytes_that_are_no_text_need_base64_behind_them() => Given.Codes("f|wide", "é").Should().Equal("SIG0221");

    [Fact]
    public void Windash_and_base64offset_multiply_and_stay_one_alternative()
    {
        var item = Given.Item("f|all|windash|base64offset|contains", "['-ab', cd]");
        item.Values.Select(v => ((ExpansionValue)v).Values.Length).Should().Equal(15, 3);
    }

    private static string Text(Value value) => ((StringValue)value).Text.ToString();

    private static IEnumerable<string> Forms(Value value) => ((ExpansionValue)value).Values.Select(Text);
}
