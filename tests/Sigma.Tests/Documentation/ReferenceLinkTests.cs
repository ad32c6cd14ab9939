using Sigma.Documentation;

namespace Sigma.Tests.Documentation;

/// <summary>A reference becomes a link only where its scheme is one of a page or a mail, whatever it is written like.</summary>
public sealed class ReferenceLinkTests
{
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("&#x6A;avascript:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("java&Tab;script:alert(1)")]
    [InlineData("java&NewLine;script:alert(1)")]
    [InlineData("%6Aavascript:alert(1)")]
    [InlineData("javascript%3Aalert(1)")]
    [InlineData("java\u0001script:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("\u00adjavascript:alert(1)")]
    [InlineData("\u202ejavascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("&amp;#106;avascript:alert(1)")]
    [InlineData("//evil.example/x")]
    public void No_other_scheme_becomes_a_link(string reference) => Markdown.Reference(reference).Should().NotContain("](");

    [Theory]
    [InlineData("https://example.org/a?b=1&c=2", "[https://example.org/a?b=1&c=2](https://example.org/a?b=1&c=2)")]
    [InlineData("HTTPS://example.org", "[HTTPS://example.org](HTTPS://example.org)")]
    [InlineData("mailto:a@example.org", "[mailto:a@example.org](mailto:a@example.org)")]
    [InlineData("docs/page.md", "[docs/page.md](docs/page.md)")]
    [InlineData("sha256=01a461ad", "[sha256=01a461ad](sha256=01a461ad)")]
    public void What_is_known_does(string reference, string markdown) => Markdown.Reference(reference).Should().Be(markdown);

    [Fact]
    public void An_entity_in_an_address_stays_what_is_written() =>
        Markdown.Reference("https://example.org/?a&quot;b").Should().EndWith("(https://example.org/?a&amp;quot;b)");

    [Fact]
    public void What_turns_the_direction_shows() => Markdown.Cell("a\u202eb\u2066c").Should().Be("a\\u{202e}b\\u{2066}c");
}
