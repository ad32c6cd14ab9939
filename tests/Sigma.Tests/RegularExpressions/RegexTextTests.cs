using System.Text.RegularExpressions;
using CsCheck;
using Sigma.RegularExpressions;

namespace Sigma.Tests.RegularExpressions;

public class RegexTextTests
{
    [Theory]
    [InlineData(nameof(RegexDialect.Pcre), @"C:\a b*?[x]{1}(y)|^$.#-/""'", @"C:\\a b\*\?\[x\]\{1\}\(y\)\|\^\$\.#-/""'")]
    [InlineData(nameof(RegexDialect.DotNet), "a+b #", @"a\+b #")]
    [InlineData(nameof(RegexDialect.Lucene), "a\"#@&<>~.b", "a\\\"\\#\\@\\&\\<\\>\\~\\.b")]
    [InlineData(nameof(RegexDialect.Lucene), "", "")]
    public void Only_metacharacters_get_a_backslash(string dialect, string literal, string expected) =>
        RegexText.Escape(literal, Enum.Parse<RegexDialect>(dialect)).Should().Be(expected);

    [Fact]
    public void An_escaped_text_matches_itself_only() => Gen.String.Sample(literal =>
    {
        var match = Regex.Match(literal, RegexText.Escape(literal, RegexDialect.DotNet), RegexOptions.CultureInvariant);
        return match.Success && match.Length == literal.Length
            && RegexPattern.TryParse(RegexText.Escape(literal, RegexDialect.Pcre), RegexFlags.None, out _, out _);
    });

    [Theory]
    [InlineData("abc", true, true, ".*abc.*")]
    [InlineData("abc", true, false, ".*abc")]
    [InlineData("abc", false, true, "abc.*")]
    [InlineData("^abc", true, true, "^abc.*")]
    [InlineData("abc$", true, true, ".*abc$")]
    [InlineData(@"abc\$", false, true, @"abc\$.*")]
    [InlineData(".*abc.*", true, true, ".*abc.*")]
    [InlineData("(^abc)", true, true, "(^abc).*")]
    [InlineData("a|b", true, true, ".*(?:a|b).*")]
    [InlineData("^a|b", true, true, "(?:^a|b).*")]
    [InlineData("(?i)abc", true, true, "(?i).*abc.*")]
    [InlineData("", true, true, ".*.*")]
    [InlineData(@"\Qab", false, true, @"(?:\Qab\E).*")]
    [InlineData("(?x)a #b", false, true, "(?x)(?:a #b\n).*")]
    public void String_modifiers_add_what_is_missing(string text, bool atStart, bool atEnd, string expected) =>
        RegexText.Widen(RegexParserTests.Read(text), atStart, atEnd).Should().Be(expected);
}
