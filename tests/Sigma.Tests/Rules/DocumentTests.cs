using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>Documents of a file: templates, several rules, broken ones, and kinds that are no rules (docs/compatibility.md, "Rules").</summary>
public sealed class DocumentTests
{
    private const string Body = "detection:\n  sel: {a: 1}\n  condition: sel\n";
    private const string Source = "logsource: {product: windows}\n";

    [Fact]
    public void A_global_document_is_merged_deeply_over_each_rule_and_its_values_win()
    {
        IReadOnlyList<ReadDocument> documents = Read(
            "action: global\ntitle: Template\nlogsource: {product: windows}\nlevel: high\n"
            + "---\ntitle: Own\nlogsource: {service: security, product: linux}\n" + Body
            + "---\n" + "logsource: {category: x}\n" + Body);
        documents.Should().HaveCount(2);
        SigmaRule first = Rule(documents[0]);
        (first.Metadata.Title, first.Metadata.Level, first.LogSource.Product, first.LogSource.Service)
            .Should().Be(("Template", Level.High, "windows", "security"));
        Rule(documents[1]).LogSource.Category.Should().Be("x");
    }

    [Fact]
    public void Reset_ends_the_template()
    {
        IReadOnlyList<ReadDocument> documents = Read(
            "action: global\nlevel: high\n---\ntitle: A\n" + Source + Body + "---\naction: reset\n---\ntitle: B\n" + Source + Body);
        documents.Select(d => d.Metadata.Level).Should().Equal(Level.High, null);
    }

    [Fact]
    public void A_later_global_replaces_the_earlier()
    {
        IReadOnlyList<ReadDocument> documents = Read(
            "action: global\nlevel: high\nauthor: X\n---\naction: global\nlevel: low\n---\ntitle: A\n" + Source + Body);
        documents.Should().ContainSingle().Which.Metadata.Should().BeEquivalentTo(new { Level = Level.Low, Author = (string?)null });
    }

    [Fact]
    public void Repeat_lays_the_document_over_the_rule_before()
    {
        IReadOnlyList<ReadDocument> documents = Read(
            "title: A\n" + Source + Body + "---\naction: repeat\ntitle: B\ndetection:\n  sel: {b: 2}\n---\naction: repeat\nlogsource: {service: x}\n");
        documents.Select(d => d.Metadata.Title).Should().Equal("A", "B", "B");
        ((AllOfDetection)Rule(documents[1]).Detections.Single().Body).Items.Cast<DetectionItem>().Select(i => i.Field).Should().Equal("a", "b");
        (Rule(documents[2]).LogSource.Product, Rule(documents[2]).LogSource.Service).Should().Be(("windows", "x"));
    }

    [Fact]
    public void A_broken_document_keeps_its_place_among_good_ones()
    {
        IReadOnlyList<ReadDocument> documents = Read("title: A\n" + Source + Body + "---\ntitle: [\n---\njust a text\n---\ntitle: B\n" + Source + Body);
        documents.Select(d => d.Document is not null).Should().Equal(true, false, false, true);
        documents[2].Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0201");
    }

    [Fact]
    public void Empty_documents_are_no_documents() =>
        Read("---\n---\ntitle: A\n" + Source + Body + "---\n# nothing\n").Should().ContainSingle().Which.Document.Should().NotBeNull();

    [Theory]
    [InlineData("action: repeat\ntitle: A\n", "SIG0206")]
    [InlineData("action: globl\ntitle: A\n", "SIG0205")]
    [InlineData("action: [global]\ntitle: A\n", "SIG0205")]
    [InlineData("action:\ntitle: A\n", "SIG0205")]
    public void An_action_that_makes_no_sense_is_an_error(string text, string code) =>
        Read(text + Source + Body).Should().ContainSingle().Which.Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be(code);

    [Fact]
    public void A_template_that_no_rule_follows_is_said()
    {
        ReadDocument document = Read("action: global\ntitle: A\n" + Source + Body).Should().ContainSingle().Subject;
        document.Document.Should().BeNull();
        document.Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0207");
    }

    [Fact]
    public void A_template_before_a_broken_rule_is_not_blamed() =>
        Read("action: global\ntitle: A\n---\ntitle: [\n").Should().ContainSingle().Which.Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0106");

    [Fact]
    public void The_template_does_not_reach_correlations_and_filters() =>
        Read("action: global\nlevel: high\n---\ntitle: A\ncorrelation: {}\n").Should().ContainSingle().Which.Metadata.Level.Should().BeNull();

    [Theory]
    [InlineData("title: A\n" + Body, "SIG0202")]
    [InlineData("title: A\n" + Source, "SIG0202")]
    [InlineData("title: A\nlogsource: {definition: x}\n" + Body, "SIG0204")]
    [InlineData("title: A\nlogsource: windows\n" + Body, "SIG0203")]
    [InlineData("title: A\nlogsource: {product: [windows]}\n" + Body, "SIG0203")]
    [InlineData("title: A\n" + Source + "detection: [a]\n", "SIG0203")]
    [InlineData("title: A\n" + Source + "detection: {sel: {a: 1}}\n", "SIG0202")]
    [InlineData("title: A\n" + Source + "detection: {condition: sel}\n", "SIG0209", "SIG0304")]
    [InlineData(Source + Body, "SIG0229")]
    [InlineData("[a]", "SIG0201")]
    [InlineData("text", "SIG0201")]
    public void What_is_missing_or_of_another_type_is_reported(string text, params string[] codes) =>
        Read(text).Should().ContainSingle().Which.Diagnostics.Select(d => d.Code.Id).Should().Equal(codes);

    private static IReadOnlyList<ReadDocument> Read(string text) => RuleReader.Read(new SourceText("a.yml", text));

    private static SigmaRule Rule(ReadDocument document) => document.Document.Should().BeOfType<SigmaRule>().Subject;
}
