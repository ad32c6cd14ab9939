using System.Text.Json;
using System.Xml.Linq;
using Sigma.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>
/// S12: a character that turns the direction of writing, U+202E, or is not seen stands in nothing that a person opens. Texts show its code; JSON
/// has its escape, and means the same.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class UnseenTextTests : IDisposable
{
    private const string Rule =
        "title: \"Evil \u202eexe.txt\"\nid: 5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11\ndescription: \"d\u202ed\"\nauthor: \"a\u202ea\"\nreferences: [\"https://example.org/\u202ex\"]\n"
        + "falsepositives: [\"fp \u202ex\"]\ntags: [attack.execution, attack.t1059, \"detection.\u202ex\"]\nlevel: high\nlogsource: {category: process_creation, product: windows}\n"
        + "detection: {s: {\"CommandLine|contains\": \"ab\u202ecd\"}, condition: s}\n";

    private const string Events = "{\"CommandLine\":\"x ab\u202ecd\",\"Image\":\"C:\\\\a\u202etxt.exe\",\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Computer\":\"h\u202eX\"}\n";

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("r.yml", Rule)
        .With("e.ndjson", Events)
        .With("r.tests.yml", "tests:\n- name: \"case \u202ex\"\n  event: {CommandLine: \"\u202e\"}\n  matches: 1\n");

    public void Dispose() => folder.Dispose();

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("match -f table -r r.yml e.ndjson")]
    [InlineData("match -f csv -r r.yml e.ndjson")]
    [InlineData("match -f csv --spreadsheet-safe -r r.yml e.ndjson")]
    [InlineData("match -f timeline -r r.yml e.ndjson")]
    [InlineData("match -f summary -r r.yml e.ndjson")]
    [InlineData("match -f html -r r.yml e.ndjson")]
    [InlineData("doc --findings show -t splunk,kql,grep,lucene r.yml")]
    [InlineData("check -f text r.yml")]
    [InlineData("check -f github r.yml")]
    [InlineData("test r.yml")]
    [InlineData("test --junit - r.yml")]
    [InlineData("check -f junit r.yml")]
    [InlineData("explain -t splunk r.yml")]
    [InlineData("coverage -f markdown r.yml")]
    [InlineData("list fields -t splunk r.yml")]
    [InlineData("fit -r r.yml e.ndjson")]
    public void A_text_shows_it(string command)
    {
        ProgramRun run = Sigmac.Run(folder, command.Replace("--junit -", "--junit junit.xml").Split(' '));

        (run.Output + run.Error + (File.Exists(folder["junit.xml"]) ? folder.Read("junit.xml") : "")).Should().NotContain("\u202e").And.NotBeEmpty();
        if (command.StartsWith("match", StringComparison.Ordinal) || command.StartsWith("doc", StringComparison.Ordinal) || command.Contains("--junit"))
        {
            (run.Output + (File.Exists(folder["junit.xml"]) ? folder.Read("junit.xml") : "")).Should().Contain("202e");
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("convert --json -t splunk r.yml", true)]
    [InlineData("match -f ndjson --with-event -r r.yml e.ndjson", true)]
    [InlineData("explain --json -t splunk r.yml", true)]
    [InlineData("test --json r.yml", true)]
    [InlineData("sample r.yml", true)]
    [InlineData("sample --json r.yml", true)]
    [InlineData("coverage -f json r.yml", true)]
    [InlineData("coverage -f navigator r.yml", true)]
    [InlineData("check -f json r.yml", true)]
    [InlineData("check -f sarif r.yml", true)]
    [InlineData("check -f gitlab r.yml", true)]
    [InlineData("list fields --json -t splunk r.yml", false)]
    [InlineData("fit -f json -r r.yml e.ndjson", true)]
    public void Json_escapes_it_and_means_the_same(string command, bool hasIt)
    {
        ProgramRun run = Sigmac.Run(folder, command.Split(' '));

        run.Output.Should().NotContain("\u202e").And.NotBeEmpty(run.Error);
        string[] texts = [.. (command.StartsWith("co", StringComparison.Ordinal) && !command.StartsWith("convert", StringComparison.Ordinal)) || command.StartsWith("check", StringComparison.Ordinal) ? [run.Output] : run.Lines];
        foreach (string text in texts)
        {
            using var json = JsonDocument.Parse(text);
        }

        texts.Any(text => text.Contains("\\u202e")).Should().Be(hasIt);
    }

    [Fact]
    public void A_page_says_that_its_query_has_such_characters()
    {
        Sigmac.Run(folder, "doc", "-t", "splunk", "r.yml").Output.Should().Contain("CommandLine=\"*ab\\u{202e}cd*\"").And.Contain("* The query has characters that are not seen");
        Sigmac.Run(folder.With("p.yml", CommandLine.Rule.For("a")), "doc", "-t", "splunk", "p.yml").Output.Should().NotContain("not seen");
        Sigmac.Run(folder, "convert", "-t", "splunk", "r.yml").Output.Should().Contain("*ab\u202ecd*", "a query is what it is");
    }

    [Fact]
    public void A_report_for_a_system_is_well_formed()
    {
        Sigmac.Run(folder, "test", "--junit", "j.xml", "r.yml");

        XDocument.Parse(folder.Read("j.xml")).Descendants("testcase").Single().Attribute("name")!.Value.Should().Be("case \\u{202e}x");
    }

    [Theory]
    [InlineData("a\u001b[2Jb", "a\\u{1b}[2Jb")]
    [InlineData("a\rb\u0008\u0007\0", "a\\u{d}b\\u{8}\\u{7}\\u{0}")]
    [InlineData("a\u009b2J\u007f\u202e", "a\\u{9b}2J\\u{7f}\\u{202e}")]
    [InlineData("a\tb\nc\r\nd é", "a\tb\nc\r\nd é")]
    public void What_a_terminal_obeys_is_shown_in_a_cell(string text, string shown)
    {
        UnseenCharacters.ShownWithControls(text).Should().Be(shown);
        folder.With("c.yml", "title: T\nlogsource: {category: test}\ndetection: {s: {f|exists: true}, condition: s}\n")
            .With("c.ndjson", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["f"] = text }) + "\n");

        Sigmac.Run(folder, "match", "-f", "csv", "-r", "c.yml", "c.ndjson").Output.Should().Contain("f=" + shown);
    }

    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("é\n日本\t\ud83d\ude00", "é\n日本\t\ud83d\ude00", "é\n日本\t\ud83d\ude00")]
    [InlineData("a\u202eb\u200bc", "a\\u{202e}b\\u{200b}c", "a\\u202eb\\u200bc")]
    [InlineData("\udb40\udc41é", "\\u{e0041}é", "\\udb40\\udc41é")]
    [InlineData("\ud83dé\u2028", "\ud83dé\\u{2028}", "\ud83dé\\u2028")]
    public void Only_what_is_not_seen_is_written_otherwise(string text, string shown, string json)
    {
        UnseenCharacters.Shown(text).Should().Be(shown);
        UnseenCharacters.InJson(text).Should().Be(json);
        if (!text.Contains('\ud83d') || text.Contains('\ude00'))
        {
            UnseenCharacters.InJson(System.Text.Encoding.UTF8.GetBytes(text)).ToArray().Should().Equal(System.Text.Encoding.UTF8.GetBytes(json));
        }
    }
}
