using Sigma.Documentation;

namespace Sigma.Tests.Documentation;

/// <summary>
/// A rule's text is shown as it is. Expected from CommonMark 0.31 (sections 2.4 backslash escapes, 2.5 entities, 6.1 code
/// spans, 6.2 emphasis, 6.3 links, 6.6 raw HTML) and GitHub's tables, where a pipe ends the cell unless it is escaped.
/// </summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("a|b", @"a\|b")]
    [InlineData("a `code` b", @"a \`code\` b")]
    [InlineData("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>")]
    [InlineData("a <b", "a &lt;b")]
    [InlineData("1 < 2 > 1", "1 < 2 > 1")]
    [InlineData("AT&amp;T & co", "AT&amp;amp;T & co")]
    [InlineData("*.exe", "*.exe")]
    [InlineData("**bold**", @"\*\*bold\*\*")]
    [InlineData("snake_case_name", "snake_case_name")]
    [InlineData("_emphasis_", @"\_emphasis\_")]
    [InlineData("~~struck~~", @"\~\~struck\~\~")]
    [InlineData("[text](address)", @"\[text](address)")]
    [InlineData("Software[Wow6432Node]", "Software[Wow6432Node]")]
    [InlineData(@"C:\Windows\System32", @"C:\Windows\System32")]
    [InlineData(@"C:\$Recycle.Bin", @"C:\\$Recycle.Bin")]
    [InlineData(@"C:\", @"C:\\")]
    [InlineData("one\ntwo\r\n  three\n", "one<br>two<br>three")]
    [InlineData("[", @"\[")]
    [InlineData("](javascript:x)", @"\](javascript:x)")]
    [InlineData("a[0]", "a[0]")]
    [InlineData("[a[b]", @"\[a[b]")]
    [InlineData("\\\u0001", @"\\\u{1}")]
    [InlineData("*\n*", @"\*<br>\*")]
    [InlineData("~a\nb~", @"\~a<br>b\~")]
    [InlineData("_a\nb_", @"\_a<br>b\_")]
    [InlineData("a*b\nc", "a*b<br>c")]
    [InlineData("http://x.example/a", "http://x.example/a")]
    [InlineData("http://x.example/a|b", @"http://x.example/a\|b")]
    [InlineData("see http://x.example/a]", @"see http&#58;//x.example/a\]")]
    [InlineData("HTTPS://x.example/*a*", @"HTTPS&#58;//x.example/\*a\*")]
    [InlineData("www.x.example/`a", @"www&#46;x.example/\`a")]
    [InlineData("http://a.example http://b.example/]", @"http://a.example http&#58;//b.example/\]")]
    [InlineData("  ends  ", "ends")]
    [InlineData(null, "")]
    public void Text_in_a_cell_is_no_markup(string? text, string cell) => Markdown.Cell(text).Should().Be(cell);

    [Theory]
    [InlineData("a\rb", "a\nb")]
    [InlineData("a\r\nb\r", "a\nb\n")]
    [InlineData("<\r>", "&lt;\n&gt;")]
    public void A_line_end_stays_one_in_HTML(string text, string html) => Sigma.Documentation.Site.HtmlEscaping.Escaped(text).Should().Be(html);

    [Theory]
    [InlineData("https://example.org/a?b=c&d", "[https://example.org/a?b=c&d](https://example.org/a?b=c&d)")]
    [InlineData("https://example.org/x(v=ws.11)", "[https://example.org/x(v=ws.11)](https://example.org/x(v=ws.11))")]
    [InlineData("https://example.org/x)y", "[https://example.org/x)y](https://example.org/x%29y)")]
    [InlineData("https://example.org/a|b", @"[https://example.org/a\|b](https://example.org/a%7Cb)")]
    [InlineData("https://example.org/ (a title)", "[https://example.org/ (a title)](https://example.org/ (a title))")]
    [InlineData("https://example.org/\u202eb", "[https://example.org/\\u{202e}b](https://example.org/%E2%80%AEb)")]
    [InlineData("See https://example.org/a.", "[See https://example.org/a.](https://example.org/a)")]
    [InlineData("Internal research", "Internal research")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)")]
    [InlineData("MITRE", "[MITRE](MITRE)")]
    [InlineData("", "")]
    public void A_reference_is_a_link_where_it_has_an_address(string text, string link) => Markdown.Reference(text).Should().Be(link);

    [Theory]
    [InlineData("no backticks", "```")]
    [InlineData("``two``", "```")]
    [InlineData("a\n```\nb", "````")]
    [InlineData("`````", "``````")]
    public void A_fence_is_longer_than_any_in_the_text(string text, string fence) => Markdown.Fence(text).Should().Be(fence);

    [Fact]
    public void A_hostile_rule_stays_within_its_cells_and_fences()
    {
        string page = Documented.Page("""
            title: 'A | B <img src=x onerror=alert(1)>'
            description: "one\n| two | three |"
            author: '`whoami`'
            references: ['javascript:alert(1)', 'https://a.example/x|y']
            falsepositives: ['</li></ul> | x']
            tags: ['custom.<b>|']
            logsource: {category: application}
            # ```
            detection: {s: {f: '`````'}, condition: s}
            """);

        string[] lines = page.Split('\n');
        string[] table = [.. lines.TakeWhile(line => line.Length > 0)];
        table.Should().OnlyContain(line => System.Text.RegularExpressions.Regex.Matches(line, @"(?<!\\)\|").Count == 3);
        string.Join('\n', table).Should().NotContain("<img").And.NotContain("](javascript:").And.NotContain("</li></ul> |  |");
        lines.Where(line => line.StartsWith("``", StringComparison.Ordinal)).Should().Equal("``````", "``````", "``````", "``````");
    }

    [Theory]
    [InlineData("](javascript:alert(1))", @"\](javascript:alert(1))")]
    [InlineData("[x](y)", @"\[x\](y)")]
    [InlineData("a]b[c", @"a\]b\[c")]
    [InlineData("plain", "plain")]
    public void The_text_of_a_link_does_not_end_it(string text, string written) => Markdown.LinkText(text).Should().Be(written);

    [Fact]
    public void An_enrichment_is_one_link() => Documented.Page(
        "title: T\nenrichment: ['](javascript:alert(1))']\nlogsource: {category: test}\ndetection: {s: {A: b}, condition: s}\n")
        .Should().Contain(@"<li>[\](javascript:alert(1))](../Enrichments/%5D%28javascript%3Aalert%281%29%29.md)</li>");
}
