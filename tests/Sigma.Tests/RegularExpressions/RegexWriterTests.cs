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
    [InlineData(@"^a.b\d+?$", @"^a.b\d+\n?\z")]
    [InlineData("(?<n>a|b)(c)", "(?:a|b)(?:c)")]
    [InlineData("(?i)a(?-i)b(?s).", "(?i)a(?-i)b(?s:.)")]
    [InlineData("(?x) a #c\n b", "ab")]
    [InlineData("(?m)^a$", "(?m:^)a(?m:$)")]
    [InlineData(@"\Qa.b\E\h", @"a\.b[\t \x{a0}\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]", true)]
    [InlineData(@"[a&&b[:digit:]\-~]", @"[a\&\&b0-9\-\~]")]
    [InlineData(@"a{,3}\x{1F600}+\e", @"a{0,3}(?:😀)+\x1b")]
    [InlineData(@"a\Kb\R", @"ab(?:\r\n|[\n-\r\x{85}\u2028-\u2029])", true)]
    [InlineData(@"a\xa0\x7f", @"a\x{a0}\x7f")]
    [InlineData("foo(?i)bar|baz", "foo(?i:bar)|(?i)baz")]
    [InlineData("(a(?i)b|c|d)e", "(?:a(?i:b)|(?i)c|d)e")]
    [InlineData("(?i)a(?-i)b(?i)c|d", "(?i)a(?-i:b(?i:c))|(?i)d")]
    [InlineData("(?i)a|b(?-i)c", "(?i)a|b(?-i)c")]
    public void Re2_is_given_what_it_reads(string text, string expected, bool blanks = false)
    {
        string? written = Text(text, RegexDialect.Re2);

        (blanks ? written!.Replace("\u1680", @"\u1680").Replace("\u180e", @"\u180e").Replace("\u2000-\u200a", @"\u2000-\u200a").Replace("\u202f", @"\u202f").Replace("\u205f", @"\u205f").Replace("\u3000", @"\u3000")
            .Replace(@"\x{2028}", @"\u2028").Replace(@"\x{2029}", @"\u2029") : written).Should().Be(expected);
    }

    [Theory]
    [InlineData(@"^a.b(?=c)(?>d)e++\1(f)$", @"(?d)^a.b(?=c)(?>d)e++(?:\1)(f)$")]
    [InlineData("ab", "ab")]
    [InlineData("(?i)ä[b]", "(?iu)ä[b]")]
    [InlineData(@"(?m)^\s*$", @"(?d)(?:^|(?m:^))\s*(?m:$)")]
    [InlineData("(?m)^a$", "(?d)(?m:^)a(?m:$)")]
    [InlineData(@"\R\s", @"(?>\r\n|[\n-\r\x85\x{2028}-\x{2029}])\s")]
    [InlineData("(?i)[a-ü]", "(?iu)[a-ü]")]
    public void Java_keeps_what_RE2_lacks(string text, string expected) => Text(text, RegexDialect.Java).Should().Be(expected);

    [Theory]
    [InlineData("a.b", @"a[^\n]b")]
    [InlineData("(?i)a|b", "(?i)(?:a|b)")]
    [InlineData("a+?", "a+")]
    [InlineData(@"\W[\d_]", "[^0-9A-Z_a-z][0-9_]")]
    [InlineData(@"x\\", @"x\x5c")]
    [InlineData("^a$", @"\Aa\n?\z")]
    [InlineData("", "(?:)")]
    public void LogScale_is_given_what_both_its_engines_read_alike(string text, string expected) => Text(text, RegexDialect.LogScale).Should().Be(expected);

    [Theory]
    [InlineData(@"^a.b(?!c)\b(d)\1$", @"^a[^\n]b(?!c)\y(d)(?:\1)(?=\n?\Z)")]
    [InlineData(@"(?is)a.\x41", @"(?i)a.A")]
    [InlineData(@"[\S]\cA", "[\\u0001-\\u0008\\u000e-\\u001f!-\ud7ff\ue000-\U0010ffff]\\u0001")]
    [InlineData("(?m)^a$", @"(?:^|(?<=\n))a(?=\n|\Z)")]
    [InlineData("a{300}b{300,}c{2,600}d{,256}", "(?:a{255}a{45})(?:b{255}b{45,})(?:c{2,255}c{0,255}c{0,90})(?:d{0,255}d?)")]
    public void Postgres_is_given_what_it_reads(string text, string expected) => Text(text, RegexDialect.Postgres).Should().Be(expected);

    [Theory]
    [InlineData("Re2", "a$", "(?s:.*)(?:a\\n?\\z)(?s:.*)")]
    [InlineData("Re2", "(?i)a|b", "(?s:.*)(?:(?i)a|b)(?s:.*)")]
    [InlineData("Postgres", "a", ".*(?:a).*")]
    public void An_engine_that_compares_whole_values_is_told_that_anything_may_stand_around(string dialect, string text, string expected) =>
        RegexWriter.Write(RegexParserTests.Read(text), Enum.Parse<RegexDialect>(dialect), new RegexWriterOptions(Whole: true)).Text.Should().Be(expected.Replace("\\\\", "\\"));

    [Theory]
    [InlineData("Re2", "a(?=b)", "no lookahead")]
    [InlineData("Re2", @"(a)\1", "references")]
    [InlineData("Re2", "a++", "possessive")]
    [InlineData("Re2", "(?>a)", "atomic")]
    [InlineData("Re2", "a{1001}", "at most 1000")]
    [InlineData("Re2", "(?:a{100}){100}", "at most 1000")]
    [InlineData("Re2", @"a$\n", "no $ that")]
    [InlineData("Re2", @"\p{Greek}", "general categories")]
    [InlineData("Re2", "(?(1)a|b)(c)", "conditions")]
    [InlineData("Java", "(?<=a*)b", "fixed length")]
    [InlineData("Postgres", "a{2041}", "at most 2040")]
    [InlineData("Postgres", @"(a)\1{256}", "at most 255")]
    [InlineData("Postgres", "a(?i)b", "ignore case in only a part")]
    [InlineData("Postgres", @"\p{L}", "no Unicode properties")]
    [InlineData("LogScale", "(?m)^a", "where a line begins")]
    [InlineData("LogScale", "a(?=b)", "look")]
    public void What_an_engine_lacks_is_refused(string dialect, string text, string reason) =>
        RegexWriter.Write(RegexParserTests.Read(text), Enum.Parse<RegexDialect>(dialect)).Should().Match<RegexTranslation>(
            written => written.Text == null && written.Notes.Any(note => note.Effect == RegexEffect.Refused && note.Message.Contains(reason)));

    [Theory]
    [InlineData("a++b", nameof(RegexEffect.More))]
    [InlineData("(?>a|ab)c", nameof(RegexEffect.More))]
    [InlineData("(?m)a$.", nameof(RegexEffect.More))]
    [InlineData("a.b", nameof(RegexEffect.MoreAcrossLines))]
    public void What_Lucene_says_loosely_is_reported(string text, string effect) =>
        RegexWriter.Write(RegexParserTests.Read(text), RegexDialect.Lucene).Notes.Should().Contain(n => n.Effect == Enum.Parse<RegexEffect>(effect));

    /// <summary>PCRE's <c>$</c> also stands before a line break that ends the value (pcre2pattern, "Circumflex and dollar").</summary>
    [Theory]
    [InlineData("foo$", true)]
    [InlineData("^foo$", true)]
    [InlineData(@"foo\Z", true)]
    [InlineData("foo.$", true)]
    [InlineData("(foo$|bar)", true)]
    [InlineData(@"foo\d+$", true)]
    [InlineData("fo[o]($)", true)]
    [InlineData(@"foo$\n?", true)]
    [InlineData(@"foo\z", false)]
    [InlineData(@"foo$\z", false)]
    [InlineData("^foo", false)]
    [InlineData("$", false)]
    [InlineData("foo.*$", false)]
    [InlineData(@"foo(?:[^\\])+$", false)]
    [InlineData(@"foo\s*$", false)]
    [InlineData("(?m)foo$", false)]
    public void The_end_of_a_value_in_Lucene_is_the_very_end(string text, bool isNarrower) =>
        RegexWriter.Write(RegexParserTests.Read(text), RegexDialect.Lucene).Notes.Count(note => note.Effect is RegexEffect.FewerBeforeLastBreak).Should().Be(isNarrower ? 1 : 0);

    [Fact]
    public void Lucene_escapes_the_slash_and_keeps_the_whitespace_shorthand_on_demand()
    {
        var pattern = RegexParserTests.Read(@"a/[/]\s[^\s/]");
        RegexWriter.Write(pattern, RegexDialect.Lucene, new RegexWriterOptions(EscapeSlash: true, WhitespaceShorthand: true)).Text
            .Should().Be(@".*a\/[\/]\s[^\s\/].*");
    }

    private static string? Text(string text, RegexDialect dialect) => RegexWriter.Write(RegexParserTests.Read(text), dialect).Text;
}
