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
        documents.Where(document => document.Document is SigmaRule).Should().ContainSingle().Which.Metadata.Should().BeEquivalentTo(new { Level = Level.Low, Author = (string?)null });
    }

    [Theory]
    [InlineData("action: global\nlevel: high\n---\naction: global\nlevel: low\n---\ntitle: A\n" + Source + Body, "SIG0207 1:9", "")]
    [InlineData("action: global\nlevel: high\n---\naction: reset\n---\ntitle: A\n" + Source + Body, "SIG0207 1:9", "")]
    [InlineData("action: global\nlevel: high\n---\ntitle: A\ncorrelation: {type: event_count, rules: a, timespan: 5m, condition: {gte: 2}}\n", "", "SIG0207 1:9")]
    [InlineData("action: global\nlevel: high\n---\ntitle: A\n" + Source + Body + "---\naction: global\nlevel: low\n---\naction: repeat\ntitle: B\n" + Source + Body, "", "")]
    public void A_template_that_no_rule_has_is_said(string text, params string[] findings) => Codes(text).Should().Equal(findings);

    [Theory]
    [InlineData("title: A\n" + Source + Body + "---\ntitle: [\n---\naction: repeat\ntitle: C\n", "", "SIG0106 7:8", "SIG0206 9:9")]
    [InlineData("title: A\n" + Source + Body + "---\n- title: B\n---\naction: repeat\ntitle: C\n---\naction: repeat\ntitle: D\n", "", "SIG0201 7:1", "SIG0206 9:9", "SIG0206 12:9")]
    [InlineData("title: A\ntitle: B\n" + Source + Body + "---\naction: repeat\nlevel: high\n", "SIG0107 2:1", "SIG0107 2:1")]
    [InlineData("action: global\nlevel: low\nlevel: high\n---\ntitle: A\n" + Source + Body, "SIG0107 3:1", "SIG0107 3:1")]
    [InlineData("action: golbal\ntitle: A\n" + Source + Body + "---\naction: repeat\ntitle: B\n", "SIG0205 1:9", "SIG0205 1:9")]
    public void What_is_wrong_with_a_document_is_wrong_with_what_is_made_of_it(string text, params string[] findings) => Codes(text).Should().Equal(findings);

    [Fact]
    public void A_rule_that_stands_in_the_document_of_a_reset_is_not_lost_in_silence() =>
        Codes("action: reset\ntitle: A\n" + Source + Body + "---\ntitle: B\n" + Source + Body).Should().Equal("SIG0265 2:1", "");

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
        Read("action: global\nlevel: high\n---\ntitle: A\ncorrelation: {}\n")[0].Metadata.Level.Should().BeNull();

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

    private static IEnumerable<string> Codes(string text) =>
        Read(text).Select(document => string.Join(", ", document.Diagnostics.Select(d => $"{d.Code.Id} {d.Span!.Value.Position.Line}:{d.Span!.Value.Position.Column}")));

    private static SigmaRule Rule(ReadDocument document) => document.Document.Should().BeOfType<SigmaRule>().Subject;
}
