using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Sigma.Documentation.Site;

namespace Sigma.Tests.Documentation.Site;

/// <summary>Colours are added to YAML, and nothing else happens to it.</summary>
public sealed partial class YamlHighlighterTests
{
    private static readonly string[] Pieces = [" ", "\n", "'", "\"", "|", ">", "#", ":", "-", "[", "]", "{", "}", ",", "&", "*", "!", "<", "a", "\\", "\t", "  "];

    [Theory]
    [InlineData("title: x", "<span class=\"k\">title</span><span class=\"p\">:</span> x")]
    [InlineData("id: 12", "<span class=\"k\">id</span><span class=\"p\">:</span> <span class=\"n\">12</span>")]
    [InlineData("- a # b", "<span class=\"p\">-</span> a <span class=\"c\"># b</span>")]
    [InlineData("a#b: c#d", "<span class=\"k\">a#b</span><span class=\"p\">:</span> c#d")]
    [InlineData("Image|endswith: '\\x.exe'", "<span class=\"k\">Image</span><span class=\"m\">|endswith</span><span class=\"p\">:</span> <span class=\"s\">&#39;\\x.exe&#39;</span>")]
    [InlineData("'|re': \"a\\\"b\"", "<span class=\"k\">&#39;</span><span class=\"m\">|re&#39;</span><span class=\"p\">:</span> <span class=\"s\">&quot;a\\&quot;b&quot;</span>")]
    [InlineData("a: [x, {b: true}]", "<span class=\"k\">a</span><span class=\"p\">:</span> <span class=\"p\">[</span>x<span class=\"p\">,</span> <span class=\"p\">{</span><span class=\"k\">b</span><span class=\"p\">:</span> <span class=\"n\">true</span><span class=\"p\">}</span><span class=\"p\">]</span>")]
    [InlineData("url: http://x/y", "<span class=\"k\">url</span><span class=\"p\">:</span> http://x/y")]
    [InlineData("---", "<span class=\"p\">---</span>")]
    [InlineData("a: don't", "<span class=\"k\">a</span><span class=\"p\">:</span> don&#39;t")]
    public void A_line_is_coloured(string line, string coloured) =>
        Colour(line).Should().Be($"<span class=\"l\" data-n=\"1\">{coloured}</span>\n");

    [Fact]
    public void A_block_is_text_whatever_it_looks_like() =>
        Colour("a: |\n  b: c # d\n\n  'e\nf: g").Should().Contain("<span class=\"b\">b: c # d</span>").And.Contain("<span class=\"b\">&#39;e</span>").And.Contain("<span class=\"k\">f</span>");

    [Fact]
    public void A_text_in_quotes_goes_on_over_lines() =>
        Colour("a: 'b\n  c: d'\ne: f").Should().Contain("<span class=\"s\">c: d&#39;</span>").And.Contain("<span class=\"k\">e</span>");

    [Fact]
    public void A_marked_line_can_be_linked_to() =>
        YamlHighlighter.Colour("a\nb", 7, new HashSet<int> { 8 }, new HashSet<int> { 8 }).Markup.Should().Contain("<span class=\"l mark\" id=\"L8\" data-n=\"8\">b</span>");

    [Fact]
    public void Our_rules_lose_nothing()
    {
        foreach ((string path, string text) in SampleSite.Pack.Concat(HostileRule.Files))
        {
            PlainOf(Colour(text)).Should().Be(text.TrimEnd('\n') + "\n", path);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void No_text_is_lost_or_left_as_markup() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 40]
            .Sample(parts =>
            {
                string text = string.Concat(parts);
                string coloured = Colour(text);
                Assert.Equal(text.Length == 0 || text.EndsWith('\n') ? text : text + "\n", PlainOf(coloured));
            });

    private static string Colour(string text) => YamlHighlighter.Colour(text, 1, new HashSet<int>(), new HashSet<int>()).Markup;

    private static string PlainOf(string coloured) => WebUtility.HtmlDecode(Tag().Replace(coloured, ""));

    [GeneratedRegex("<span class=\"[a-z ]+\"(?: id=\"L\\d+\")?(?: data-n=\"\\d+\")?>|</span>")]
    private static partial Regex Tag();
}
