using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Json.Schema;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac match</c>: inputs, outputs, exit codes.</summary>
public sealed class MatchTests : IDisposable
{
    private const string RuleText = "title: Whoami\nid: 11111111-2222-4333-8444-555555555555\nlevel: high\ntags: [attack.t1033]\nlogsource: {category: test}\ndetection:\n  sel:\n    Image|endswith: '\\whoami.exe'\n  condition: sel\n";

    private const string Hit = """{"@timestamp":"2026-01-02T03:04:05Z","Image":"C:\\whoami.exe"}""";
    private const string Miss = """{"Image":"C:\\other.exe"}""";

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "match.schema.json"))));

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", RuleText);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pipe_gets_a_record_a_match()
    {
        folder.With("e.ndjson", Miss + "\n" + Hit + "\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "--with-event", "e.ndjson");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().Equal(
            """{"rule":{"path":"rule.yml","id":"11111111-2222-4333-8444-555555555555","title":"Whoami","level":"high","tags":["attack.t1033"]},"time":"2026-01-02T03:04:05Z","file":"e.ndjson","line":2,"fields":{"Image":"C:\\whoami.exe"},"event":{"@timestamp":"2026-01-02T03:04:05Z","Image":"C:\\whoami.exe"}}""");
        run.Lines.Should().OnlyContain(line => Schema.Value.Evaluate(JsonDocument.Parse(line).RootElement, null).IsValid);
        run.Error.Should().Be("sigmac: 2 events, 2 with an unknown log source; 1 rule; 1 match of 1 rule\n");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", true)]
    [InlineData("c", false)]
    public void A_name_that_an_event_has_twice_has_both_values_and_is_copied_as_it_came(string value, bool hit)
    {
        folder.With("e.ndjson", """{"Image":"a","Image":"b"}""" + "\n").With("r.yml", RuleText.Replace("\\whoami.exe", value));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "r.yml", "--with-event", "e.ndjson");

        run.Lines.Select(line => line[line.IndexOf("fields\"", StringComparison.Ordinal)..])
            .Should().Equal(hit ? [$$$"""fields":{"Image":"{{{value}}}"},"event":{"Image":"a","Image":"b"}}"""] : []);
    }

    [Theory]
    [InlineData("{product: windows, category: process_creation}", "2 matches of 2 rules")]
    [InlineData("{product: linux, service: cron}", "2 rules without an event of their log source")]
    public void Rules_of_one_file_that_are_called_the_same_are_counted_apart(string source, string counted)
    {
        string rule = $"title: Same\nlogsource: {source}\ndetection: {{s: {{Image|endswith: '.exe'}}, condition: s}}\n";
        folder.With("same.yml", $"{rule}---\n{rule}").With("e.ndjson", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Image":"C:\\a.exe"}""" + "\n");

        Sigmac.Run(folder, "match", "-r", "same.yml", "e.ndjson").Error.Should().Contain(counted);
    }

    [Fact]
    public void A_correlations_record_fits_the_schema()
    {
        folder.With("c.yml", RuleText.Replace("title: Whoami", "title: Whoami\nname: whoami") + "---\ntitle: C\ncorrelation: {type: event_count, rules: whoami, group-by: Image, timespan: 1h, condition: {gte: 2}}\n")
            .With("e.ndjson", Hit + "\n" + Hit + "\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "c.yml", "e.ndjson");

        run.Lines.Should().ContainSingle().Which.Should().EndWith(
            ""","time":"2026-01-02T03:04:05Z","file":"e.ndjson","line":2,"fields":{"Image":"C:\\whoami.exe"},"correlation":{"type":"event_count","value":2,"events":2,"from":"2026-01-02T03:04:05Z"}}""");
        run.Lines.Should().OnlyContain(line => Schema.Value.Evaluate(JsonDocument.Parse(line).RootElement, null).IsValid);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("a line each", Miss + "\n" + Hit + "\r\n\n" + Hit, "2 4")]
    [InlineData("an array", "[\n" + Miss + ",\n" + Hit + ",\n" + Hit + "\n]\n", "3 4")]
    [InlineData("an array on a line", "[" + Hit + "," + Hit + "]", "1 1")]
    [InlineData("one after another", "{\n\"Image\":\n\"C:\\\\whoami.exe\"}\n" + Hit + Miss + "{\n\"Image\":\"C:\\\\whoami.exe\"\n}", "1 4 4")]
    [InlineData("one object", Hit, "1")]
    [InlineData("a mark first", "\uFEFF" + Hit + "\n" + Hit + "\n", "1 2")]
    [InlineData("columns", "time,Image\n1,C:\\other.exe\n2,\"C:\\whoami.exe\"\n3,\"C:\\a\n\\whoami.exe\"\n", "3 4")]
    [InlineData("columns with semicolons", "time;Image\n1;C:\\whoami.exe\n", "2")]
    public void A_format_is_told_by_what_it_begins_with(string name, string content, string lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        folder.With("plain", bytes).With("packed", packed.ToArray());

        foreach (ProgramRun run in (ProgramRun[])[Sigmac.Run(folder, "match", "-r", "rule.yml", "plain"), Sigmac.Run(folder, packed.ToArray(), ["match", "-r", "rule.yml", "-"])])
        {
            string.Join(' ', run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("line").GetInt64())).Should().Be(lines, name);
            run.Error.Should().NotContain("broken");
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData(Hit + "\n{\"a\": \n" + Hit + "\n", 2, "2:")]
    [InlineData(Hit + "\n[1]\nnull\n" + Hit + "\n", 2, "2:", "3:")]
    [InlineData("{\"a\":\"b\n" + Hit + "\n", 1, "1:")]
    [InlineData("[\n" + Hit + ",\n{\"a\": x},\n" + Hit + "]", 2, "3:")]
    [InlineData("{\n\"a\": \"b\n}\n" + Hit, 1, "1:")]
    [InlineData("Image,b\nC:\\whoami.exe,1\nx\nC:\\whoami.exe,2\n", 2, "3:")]
    public void A_broken_event_is_reported_and_stops_nothing(string content, int matches, params string[] places)
    {
        folder.With("e", content);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "e");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().HaveCount(matches);
        foreach (string place in places)
        {
            run.Error.Should().Contain($"e:{place} warning SIG0841: skipped an invalid event: ");
        }

        run.Error.Should().Contain($" {places.Length} broken");
    }

    [Fact]
    public void Events_longer_than_a_buffer_are_read()
    {
        string blank = new(' ', 700_000);
        folder.With("e", "{\"x\":\"" + blank + "\",\"Image\":\"C:\\\\whoami.exe\"}\n" + Hit + "\n").With("a", "[{\n\"x\":\"" + blank + "\",\"Image\":\"C:\\\\whoami.exe\"}," + Hit + "]");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "e", "a");

        run.Lines.Should().HaveCount(4);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_match_is_written_before_more_events_are_waited_for()
    {
        folder.With("hit", Hit + "\n").With("miss", Miss + "\n");

        // The second event comes only once the match of the first was read.
        ProgramRun run = Sigmac.Shell(folder, "mkfifo in out; sigmac match -r rule.yml - < in > out & exec 3> in; exec 4< out; cat hit >&3; read -r line <&4; cat miss >&3; exec 3>&-; echo \"$line\"; wait");

        run.Lines.Should().ContainSingle().Which.Should().Contain("\"title\":\"Whoami\"");
        run.Error.Should().Contain("sigmac: 2 events, 2 with an unknown log source; 1 rule; 1 match");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Threads_do_not_change_the_output()
    {
        folder.With("e", string.Concat(Enumerable.Range(0, 20_000).Select(i => i % 7 == 0 ? $"{{\"n\":{i},\"Image\":\"C:\\\\whoami.exe\"}}\n" : Miss + "\n")));

        ProgramRun one = Sigmac.Run(folder, "match", "-r", "rule.yml", "-j", "1", "e");
        ProgramRun four = Sigmac.Run(folder, "match", "-r", "rule.yml", "-j", "4", "e");

        one.Lines.Should().HaveCount(2_858);
        four.Output.Should().Be(one.Output);
    }

    [Fact]
    public void A_table_keeps_control_characters_from_the_terminal()
    {
        folder.With("e", """{"@timestamp":"2026-01-02T03:04:05Z","Image":"\u001b[31m\u202e\r\n\\whoami.exe"}""");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-f", "table", "e");

        run.Lines.Should().HaveCount(2);
        run.Lines[0].Should().StartWith("TIME");
        run.Lines[1].Should().StartWith("2026-01-02 03:04:05.000  high           ").And.Contain("  Whoami ").And.EndWith(@"Image=\u{1b}[31m\u{202e}\u{d}\u{a}\whoami.exe");
    }

    [Fact]
    public void Columns_have_a_row_of_names()
    {
        folder.With("e", Hit.Replace("C:", "C,\\\""));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-f", "csv", "e");

        run.Lines.Should().Equal(
            "time,level,title,id,rule,file,line,fields,correlation,host,channel,provider,event_id,record",
            "2026-01-02T03:04:05.0000000Z,high,Whoami,11111111-2222-4333-8444-555555555555,rule.yml,e,1,\"Image=C,\"\"\\whoami.exe\",,,,,,");
    }

    [Fact]
    public void Explain_shows_each_test()
    {
        folder.With("e", Miss + "\n" + Hit);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "--explain", "e");

        run.Lines.Should().Equal(
            "e:1: no match: Whoami",
            @"  - Image = '*\whoami.exe'   [line 8]   Image: 'C:\other.exe'",
            "e:2: match: Whoami",
            @"  + Image = '*\whoami.exe'   [line 8]   Image: 'C:\whoami.exe'");
        Sigmac.Run(folder.With("two.yml", RuleText), "match", "-r", "rule.yml", "-r", "two.yml", "--explain", "e").Error.Should().Contain("SIG0842: --explain needs one rule, not 2");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData(0, "match", "-r", "rule.yml", "e")]
    [InlineData(1, "match", "-r", "rule.yml", "--fail-on-match", "e")]
    [InlineData(0, "match", "-r", "rule.yml", "--fail-on-match", "--time-field", "t", "miss")]
    [InlineData(2, "match", "-r", "rule.yml", "nothing")]
    [InlineData(2, "match", "-r", "nothing", "e")]
    [InlineData(2, "match", "e")]
    [InlineData(2, "match", "-r", "rule.yml", "-f", "xml", "e")]
    [InlineData(2, "match", "-r", "rule.yml", "--level", "higher", "e")]
    [InlineData(2, "match", "-r", "rule.yml", "--level", "critical", "e")]
    [InlineData(2, "match", "-r", "-", "-")]
    [InlineData(1, "match", "-r", "rule.yml", "-r", "broken.yml", "e")]
    [InlineData(2, "match", "-r", "broken.yml", "e")]
    [InlineData(1, "match", "-r", "rule.yml", "bad.gz")]
    public void An_exit_code_can_be_trusted(int code, params string[] arguments)
    {
        folder.With("e", Hit).With("miss", Miss).With("broken.yml", Rule.Broken).With("bad.gz", [0x1F, 0x8B, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8]);

        Sigmac.Run(folder, arguments).ExitCode.Should().Be(code);
    }

    [Fact]
    public void Folders_are_searched_for_events()
    {
        folder.With("logs/a.json", Hit).With("logs/b/c.ndjson", Hit).With("logs/e.txt", Hit).With("logs/readme.txt", "Dear reader.\n");

        Sigmac.Run(folder, "match", "-r", "rule.yml", "logs").Lines.Should().HaveCount(3);
    }

    [Fact]
    public void Pipelines_rename_the_fields()
    {
        folder.With("p.yml", "name: p\npriority: 10\ntransformations:\n  - type: field_name_mapping\n    mapping: {Image: process.executable}\n").With("e", """{"process":{"executable":"C:\\whoami.exe"}}""");

        Sigmac.Run(folder, "match", "-r", "rule.yml", "-p", "p.yml", "e").Lines.Should().ContainSingle().Which.Should().Contain("\"fields\":{\"process.executable\"");
    }
}
