using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Sigma.Tests.CommandLine;

/// <summary>The records of <c>--json</c>: one a line, with the keys of docs/record.schema.json.</summary>
public sealed class JsonRecordTests : IDisposable
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository(), "docs", "record.schema.json"))));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Every_record_of_the_rule_pack_fits_the_schema()
    {
        folder.With("broken.yml", Rule.Broken).With("yaml.yml", "a: [\n");

        ProgramRun run = Sigmac.Run(
            folder, "convert", "-t", "es-qs,graylog,grep,logpoint,powershell,splunk,xpack-watcher", "--json", Path.Combine(Repository(), "rules"), ".");

        run.Lines.Should().NotBeEmpty().And.OnlyContain(line => Schema.Value.Evaluate(JsonDocument.Parse(line).RootElement, null).IsValid);
        run.Lines.Select(line => JsonNode.Parse(line)!["target"]!.GetValue<string>()).GroupBy(target => target)
            .Select(records => records.Count()).Distinct().Should().ContainSingle("every rule has a record for every target");
        run.Lines.Select(line => JsonNode.Parse(line)!["status"]!.GetValue<string>()).Should().Contain(["converted", "failed"]);
    }

    [Fact]
    public void The_keys_are_these_in_this_order()
    {
        folder.With("a.yml", Rule.Broken);

        JsonObject record = JsonNode.Parse(Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "a.yml").Output)!.AsObject();

        record.Select(key => key.Key).Should().Equal("path", "id", "title", "level", "tags", "target", "format", "status", "reason", "queries", "query", "diagnostics");
        record["diagnostics"]![0]!.AsObject().Select(key => key.Key).Should().Equal("code", "severity", "message", "line", "column", "hint");
        record.ToJsonString().Should().Be(JsonNode.Parse("""
            {"path":"a.yml","id":null,"title":"Broken","level":null,"tags":[],"target":"splunk","format":"default","status":"failed","reason":"error","queries":[],"query":null,
             "diagnostics":[{"code":"SIG0212","severity":"error","message":"unknown modifier 'endwith'","line":4,"column":11,"hint":"did you mean 'endswith'?"}]}
            """)!.ToJsonString());
    }

    /// <summary>A watch has several lines, and so can a value: only the list tells where a query ends.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("splunk", "default")]
    [InlineData("xpack-watcher", "json")]
    [InlineData("xpack-watcher", "curl")]
    [InlineData("es-qs", "default")]
    public void Every_condition_has_an_entry_in_queries(string target, string format)
    {
        folder.With("a.yml", """
            title: Three
            logsource: {product: linux}
            detection:
                a: {f: "x\ny"}
                b: {f: two}
                c: {f: three}
                condition: [a, b, c]

            """);

        JsonNode record = JsonNode.Parse(Sigmac.Run(folder, "convert", "-t", target, "-f", format, "--json", "a.yml").Output)!;

        string[] queries = [.. record["queries"]!.AsArray().Select(query => query!.GetValue<string>())];
        queries.Should().HaveCount(3);
        queries[0].Should().NotContain("two").And.NotContain("three");
        queries[1].Should().Contain("two").And.NotContain("three");
        queries[2].Should().Contain("three").And.NotContain("two");
        record["query"]!.GetValue<string>().Should().ContainAll(queries);
        Schema.Value.Evaluate(JsonDocument.Parse(record.ToJsonString()).RootElement, null).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_correlation_has_one_query()
    {
        folder.With("a.yml", Rule.For("a", "name: counted") + """
            ---
            title: Many
            correlation: {type: event_count, rules: [counted], group-by: [User], timespan: 5m, condition: {gte: 3}}

            """);

        string[] lines = Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "a.yml").Lines;

        JsonNode.Parse(lines[0])!["queries"]!.AsArray().Should().BeEmpty("the rule is only counted");
        JsonNode.Parse(lines[1])!["queries"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().Be(JsonNode.Parse(lines[1])!["query"]!.GetValue<string>());
    }

    [Fact]
    public void A_warning_under_strict_leaves_no_query()
    {
        folder.With("a.yml", Rule.For("a", "level: hihg"));

        JsonNode record = JsonNode.Parse(Sigmac.Run(folder, "convert", "-t", "splunk", "--strict", "--json", "a.yml").Output)!;

        record["status"]!.GetValue<string>().Should().Be("failed");
        record["queries"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public void What_the_rule_says_of_itself_is_in_the_record()
    {
        folder.With("a.yml", Rule.For("a", "id: 01234567-89ab-4def-8123-456789abcdef\nlevel: high\ntags: [attack.t1059, attack.execution]"));

        JsonNode record = JsonNode.Parse(Sigmac.Run(folder, "convert", "-t", "xpack-watcher", "-f", "json", "--json", "a.yml").Output)!;

        record["id"]!.GetValue<string>().Should().Be("01234567-89ab-4def-8123-456789abcdef");
        record["level"]!.GetValue<string>().Should().Be("high");
        record["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).Should().Equal("attack.t1059", "attack.execution");
        record["format"]!.GetValue<string>().Should().Be("json");
        JsonNode.Parse(record["query"]!.GetValue<string>()).Should().NotBeNull("a query of several lines comes through whole");
    }

    [Fact]
    public void Special_characters_come_through_a_round_trip()
    {
        const string Title = "Ünïcödé 検知 🎯 \u2028 \"quoted\" back\\slash <tag> & 'x'";
        folder.With("a.yml", Rule.For("a").Replace("The rule a", JsonSerializer.Serialize(Title)));

        string output = Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "a.yml").Output;

        JsonNode.Parse(output)!["title"]!.GetValue<string>().Should().Be(Title);
        output.Should().Contain("検知").And.Contain("<tag> & 'x'").And.EndWith("}\n");
        output.Count(character => character == '\n').Should().Be(1);
    }

    [Fact]
    public void A_finding_in_a_pipeline_names_that_file_in_its_message()
    {
        folder.With("a.yml", Rule.For("a")).With("p.yml", "name: p\ntransformations:\n  - type: add_condition\n    conditions: {\"x|re\": '(?<=a)b'}\n");

        JsonNode finding = JsonNode.Parse(Sigmac.Run(folder, "convert", "-t", "es-qs", "--unmapped", "ignore", "--json", "-p", "p.yml", "a.yml").Output)!["diagnostics"]!.AsArray()
            .Single(finding => (string)finding!["severity"]! == "error")!;

        finding["message"]!.GetValue<string>().Should().MatchRegex(@"^p\.yml:4:\d+: .*lookbehind");
        finding["line"].Should().BeNull();
    }

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sigma.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests has Sigma.sln in it.");
        }

        return folder.FullName;
    }
}
