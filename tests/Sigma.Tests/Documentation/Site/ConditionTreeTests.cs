using System.Net;
using System.Text.RegularExpressions;
using Sigma.Documentation.Site;

namespace Sigma.Tests.Documentation.Site;

/// <summary>The tree says what the condition says, in the drawing and in words.</summary>
public sealed partial class ConditionTreeTests
{
    [Fact]
    public void Names_fields_and_values_stand_under_what_ties_them()
    {
        Words("""
            sel: {Image|endswith: ['\a.exe', '\b.exe'], User: root}
            not_this: {CommandLine|contains: x}
            condition: sel and not not_this
            """).Should().Be("all of( sel: all of( Image ends with any of( \\a.exe \\b.exe ) User is root ) not( not_this ( CommandLine contains x ) ) )");
    }

    [Theory]
    [InlineData("F: a", "F is a")]
    [InlineData("F: 'a*'", "F starts with a")]
    [InlineData("F|contains: a", "F contains a")]
    [InlineData("F: a*b", "F is like a*b")]
    [InlineData("F|contains: 'a*b'", "F is like *a*b*")]
    [InlineData("F|contains: 'a\\*b'", "F contains a*b")]
    [InlineData("F: '*'", "F has any value")]
    [InlineData("F: ''", "F is the empty text")]
    [InlineData("F: null", "F is empty or absent")]
    [InlineData("F|exists: false", "F does not exist")]
    [InlineData("F|gte: 5", "F ≥ 5")]
    [InlineData("F|re|i: 'a.b'", "F matches /a.b/i")]
    [InlineData("F|cidr: 10.0.0.0/8", "F is in 10.0.0.0/8")]
    [InlineData("F|cased: A", "F is, case counting A")]
    [InlineData("F|fieldref: G", "F equals the field G")]
    [InlineData("F|hour|lt: 6", "F hour < 6")]
    [InlineData("F|neq: a", "not( F is a )")]
    [InlineData("F|contains|all: [a, b]", "F contains all of( a b )")]
    [InlineData("F: [a, 'b*']", "F any of( is a starts with b )")]
    public void A_test_is_said_in_words(string item, string words) =>
        Words($"sel:\n  {item}\ncondition: sel").Should().Be($"sel ( {words} )");

    [Fact]
    public void A_selector_shows_what_it_selects() =>
        Words("s_1: {A: x}\ns_2: {B: y}\nother: {C: z}\ncondition: 1 of s_* or all of them")
            .Should().StartWith("any of( 1 of s_*: any of( s_1 ( A is x ) s_2 ( B is y ) ) all of them: all of( s_1 ");

    [Fact]
    public void Keywords_are_anywhere() =>
        Words("words: [alpha, beta]\ncondition: words").Should().Be("words ( anywhere any of( alpha beta ) )");

    [Fact]
    public void A_count_stands_over_what_it_counts() =>
        Words("sel: {A: x}\ntimeframe: 5m\ncondition: sel | count(User) by Host > 3")
            .Should().Be("number of different User by Host > 3 within 5m ( sel ( A is x ) )");

    [Fact]
    public void A_long_list_is_cut_and_says_so() =>
        Words($"sel:\n  A: [{string.Join(", ", Enumerable.Range(0, 500).Select(n => $"v{n}"))}]\ncondition: sel").Should().EndWith("v59 and 440 more ) )");

    [Fact]
    public void The_drawing_has_the_same_texts_and_no_markup_of_the_rules()
    {
        TreeNode tree = Tree("'<b>':\n  Image|endswith: ['</text><script>', '&b.exe']\ncondition: 1 of *");
        string drawing = TreeDrawing.Draw(tree).Markup;
        drawing.Should().Contain("&lt;/text&gt;&lt;script&gt;").And.Contain("&amp;b.exe").And.Contain(">&lt;b&gt;<").And.NotContain("<script").And.NotContain("<b>");
        System.Xml.Linq.XElement.Parse(drawing).Descendants().Select(element => element.Name.LocalName).Distinct().Should().BeSubsetOf(["path", "g", "rect", "text", "tspan", "circle"]);
    }

    private static TreeNode Tree(string detection) => ConditionTree.Of(Given.Rule(detection + "\n"), _ => null)[0];

    /// <summary>The lists in one line: brackets for a list, a blank between items.</summary>
    private static string Words(string detection)
    {
        string list = TreeDrawing.List(Tree(detection)).Markup;
        string text = Tag().Replace(list.Replace("<ul>", "( ").Replace("</ul>", ") ").Replace("<li>", "").Replace("</li>", " "), "");
        return Blanks().Replace(WebUtility.HtmlDecode(text), " ").Replace("of (", "of(").Replace("not (", "not(").Trim()[2..^2];
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
