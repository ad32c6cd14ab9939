using Sigma.RegularExpressions;

namespace Sigma.Tests.RegularExpressions;

public class RegexWriterTests
{
    [Theory]
    [InlineData(@"(?i)\\(venv|python(.+)?)\\lib", @"(?i)\\(venv|python(.+)?)\\lib")]
    [InlineData(@"\s-[FTd]\s(?P<n>a)(?P=n)", @"\s-[FTd]\s(?P<n>a)(?P=n)")]
    [InlineData(@"a{,3}", "a{0,3}")]
    [InlineData(@"\u0041[\u00e9]", @"\x{41}[\x{E9}]")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("\\Qa\n*\\E", @"a\x0a\*")]
    [InlineData(@"\Qa\", @"a\\")]
    [InlineData(@"\Qa""b\E", @"a\""b")]
    [InlineData(@"\x4\Q1\E", @"\x4\x31")]
    [InlineData(@"(a)\1(?#c)2", @"(a)\1\x32")]
    [InlineData(@"[a\E-z]", @"[a\-z]")]
    [InlineData(@"(?x)a #\", "(?x)a  ")]
    [InlineData("(?x)a #b\nc", "(?x)a  c")]
    [InlineData(@"a(?#\)b(?C1)c", "abc")]
    [InlineData(@"a\c\[\c""]\ca", @"a\x1c[\x62]\ca")]
    [InlineData("(?u)a(?iu:b)", "a(?i:b)")]
    [InlineData("(?i-)a", "(?i-)a")]
    [InlineData(@"(a)\1(?u)2(?)", @"(a)\1(?:)2")]
    public void Pcre_keeps_the_text_but_for_what_it_cannot_read(string text, string expected) =>
        Text(text, RegexDialect.Pcre).Should().Be(expected);

    [Theory]
    [InlineData("abc", RegexFlags.IgnoreCase, "(?i)abc")]
    [InlineData("a|b", RegexFlags.IgnoreCase | RegexFlags.Multiline | RegexFlags.DotAll, "(?ims)a|b")]
    [InlineData("(?i)abc", RegexFlags.IgnoreCase, "(?i)abc")]
    [InlineData("(*UTF)abc", RegexFlags.DotAll, "(*UTF)(?s)abc")]
    public void Flags_beside_the_pattern_go_into_it(string text, RegexFlags flags, string expected) =>
        RegexWriter.Write(RegexParserTests.Read(text, flags), RegexDialect.Pcre).Text.Should().Be(expected);

    [Theory]
    [InlineData(@"\w+`(\w+|-|.)`[\w+|\s]", @"\w+`(\w+|-|.)`[\w+|\s]")]
    [InlineData("a++b*+c{2}+", "(?>a+)(?>b*)(?>c{2})")]
    [InlineData("(?>a|b)", "(?>a|b)")]
    [InlineData(@"\h\H\v\N", @"[\t\p{Zs}][^\t\p{Zs}][\n-\r\x85\u2028\u2029][^\n]")]
    [InlineData("[[:alpha:]_]", "[A-Za-z_]")]
    [InlineData("[[:^digit:]]", @"[\x00-/:-\uFFFF]")]
    [InlineData("(?P<n>a)(?P=n)", @"(?<n>a)\k<n>")]
    [InlineData(@"(?<n>a)(b)\2\1", @"(?<n>a)(b)\k<1>\k<n>")]
    [InlineData(@"(a)\1\g{-1}", @"(a)\1\k<1>")]
    [InlineData(@"\Qa.b\E*", @"a\.b*")]
    [InlineData(@"\x{41}\x4\012", @"A\x04\x0A")]
    [InlineData(@"\_\é", "_é")]
    [InlineData("[a-z-[x]]", @"[a-z-\[x]]")]
    [InlineData(@"a\Kb", "a(?:)b")]
    [InlineData(@"a\Kx", "ax")]
    [InlineData("a(?)", "a")]
    [InlineData("(?^i)a", "(?i-mnsx)a")]
    [InlineData("(?|a|b)", "(?:a|b)")]
    [InlineData("😀+", "(?:😀)+")]
    [InlineData(@"\pL\p{^Lu}", @"\p{L}\P{Lu}")]
    [InlineData("(?U)a+(*FAIL)", "a+(?!)")]
    [InlineData("a(?C1)b(?#c)", @"ab")]
    public void DotNet_says_the_same(string text, string expected) => Text(text, RegexDialect.DotNet).Should().Be(expected);

    [Theory]
    [InlineData("", ".*")]
    [InlineData("abc", ".*abc.*")]
    [InlineData("^abc$", "abc")]
    [InlineData(@"\Aabc\z", "abc")]
    [InlineData("^$", "()")]
    [InlineData("^", ".*")]
    [InlineData(".*abc.*", ".*abc.*")]
    [InlineData(".*", ".*")]
    [InlineData(".{1000,}", ".{1000,}")]
    [InlineData("(.){200,}", ".{200,}")]
    [InlineData("^a|b$", "a.*|.*b")]
    [InlineData("a|b", ".*(a|b).*")]
    [InlineData("(^a|b)c", "(a|.*b)c.*")]
    [InlineData(@"(^|\/)\.[^.\/]", @"(.*/)?\.[^./].*")]
    [InlineData("(a|$)", ".*(a.*)?")]
    [InlineData("(^a)?b", "(a|.*)b.*")]
    [InlineData("x?^a", "a.*")]
    [InlineData("a^b|c", ".*c.*")]
    [InlineData("a(?:b|)c", ".*ab?c.*")]
    [InlineData(@"\d\w\s\D\W", ".*[0-9][0-9A-Za-z_][^!-~\u00a0-\u2027\u202a-\U0010ffff][^0-9][^0-9A-Za-z_].*")]
    [InlineData(@"[\d.-][^\W_]", @".*[0-9.\-][0-9A-Za-z].*")]
    [InlineData("a+?b{2,3}?c{0,}", ".*a+b{2,3}c*.*")]
    [InlineData("(?:ab)(?<n>cd)", ".*(ab)(cd).*")]
    [InlineData("(?i)aB[x-z]é", ".*[aA][bB][X-Zx-z][éÉ].*")]
    [InlineData("a(?i:b)c", ".*a[bB]c.*")]
    [InlineData("(a(?i)b|c)d", ".*(a[bB]|[cC])d.*")]
    [InlineData("(?i)[a-zA-Z0-9]", ".*[A-Za-z0-9].*")]
    [InlineData("~&<>@#\"/-%", ".*\\~\\&\\<\\>\\@\\#\\\"/-%.*")]
    [InlineData(@"\n\t\x41\u00e9", ".*[^ -~\u00a0-\u2027\u202a-\U0010ffff][^ -~\u00a0-\u2027\u202a-\U0010ffff]Aé.*")]
    [InlineData(@"a[\r\n]", ".*a[^ -~\u00a0-\u2027\u202a-\U0010ffff].*")]
    [InlineData(@"a[^\r\n""]b", ".*a[^\"]b.*")]
    [InlineData(@"a[\x00-\x1f]", ".*a[^ -~\u00a0-\u2027\u202a-\U0010ffff].*")]
    [InlineData(@"a[^\x00-\x1f\x7f-\x9f\u2028\u2029]", ".*a[ -~\u00a0-\u2027\u202a-\U0010ffff].*")]
    [InlineData(@"a\Rb", ".*a([^ -~\u00a0-\u2027\u202a-\U0010ffff][^ -~\u00a0-\u2027\u202a-\U0010ffff]?)b.*")]
    [InlineData(@"[\s\S]*", ".*")]
    [InlineData(@"\bfoo\b", "(.*[^0-9A-Za-z_])?foo([^0-9A-Za-z_].*)?")]
    [InlineData(@"\B-a\b-", "(.*[^0-9A-Za-z_])?-a-.*")]
    [InlineData("(?m)^a$", "(.*[^ -~\u00a0-\u2027\u202a-\U0010ffff])?a([^ -~\u00a0-\u2027\u202a-\U0010ffff].*)?")]
    [InlineData("(?m)a$\nb", ".*a[^ -~\u00a0-\u2027\u202a-\U0010ffff]b.*")]
    [InlineData(@"a\Kb(?#c)", ".*ab.*")]
    public void Lucene_describes_the_whole_value(string text, string expected) =>
        Text(text, RegexDialect.Lucene).Should().Be(expected);

    [Theory]
    [InlineData(nameof(RegexDialect.Pcre), "(?<=a*)b", 0, 7)]
    [InlineData(nameof(RegexDialect.DotNet), "a(?R)?", 1, 4)]
    [InlineData(nameof(RegexDialect.DotNet), @"\X", 0, 2)]
    [InlineData(nameof(RegexDialect.DotNet), "(*SKIP)a", 0, 7)]
    [InlineData(nameof(RegexDialect.DotNet), @"\p{Greek}", 0, 9)]
    [InlineData(nameof(RegexDialect.DotNet), "(?|(a)|(b))", 0, 11)]
    [InlineData(nameof(RegexDialect.Lucene), "a(?=b)", 1, 5)]
    [InlineData(nameof(RegexDialect.Lucene), "a(?<!b)c", 1, 6)]
    [InlineData(nameof(RegexDialect.Lucene), @"(a)\1", 3, 2)]
    [InlineData(nameof(RegexDialect.Lucene), @"\p{L}", 0, 5)]
    [InlineData(nameof(RegexDialect.Lucene), @"(\.|\b){4}", 0, 10)]
    [InlineData(nameof(RegexDialect.Lucene), @"a?(^|b)", 2, 5)]
    [InlineData(nameof(RegexDialect.Lucene), "a^b", 0, 3)]
    [InlineData(nameof(RegexDialect.Lucene), @"[^\s\S]", 0, 7)]
    public void What_cannot_be_said_is_refused_with_its_place(string dialect, string text, int offset, int length)
    {
        var translation = RegexWriter.Write(RegexParserTests.Read(text), Enum.Parse<RegexDialect>(dialect));
        translation.Text.Should().BeNull();
        translation.Notes.Should().Contain(n => n.Effect == RegexEffect.Refused && n.Offset == offset && n.Length == length);
    }

    [Theory]
    [InlineData("a++b", nameof(RegexEffect.More))]
    [InlineData("(?>a|ab)c", nameof(RegexEffect.More))]
    [InlineData("(?m)a$.", nameof(RegexEffect.More))]
    [InlineData("a.b", nameof(RegexEffect.MoreAcrossLines))]
    public void What_Lucene_says_loosely_is_reported(string text, string effect) =>
        RegexWriter.Write(RegexParserTests.Read(text), RegexDialect.Lucene).Notes.Should().Contain(n => n.Effect == Enum.Parse<RegexEffect>(effect));

    [Fact]
    public void Lucene_escapes_the_slash_and_keeps_the_whitespace_shorthand_on_demand()
    {
        var pattern = RegexParserTests.Read(@"a/[/]\s[^\s/]");
        RegexWriter.Write(pattern, RegexDialect.Lucene, new RegexWriterOptions(EscapeSlash: true, WhitespaceShorthand: true)).Text
            .Should().Be(@".*a\/[\/]\s[^\s\/].*");
    }

    private static string? Text(string text, RegexDialect dialect) => RegexWriter.Write(RegexParserTests.Read(text), dialect).Text;
}
