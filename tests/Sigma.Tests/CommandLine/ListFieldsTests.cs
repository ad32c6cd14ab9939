using System.Text.Json.Nodes;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac list fields</c>: what the queries of rules ask for after the pipelines.</summary>
public sealed class ListFieldsTests : IDisposable
{
    private const string Pipeline = """
        name: p
        complete: [fields, log_sources]
        allowed_backends: [splunk]
        transformations:
            - type: field_name_mapping
              mapping: {Image: process, NewProcessName: process, User: [user, account]}
            - type: add_condition
              conditions: {log: [one, two]}
              rule_conditions: [{type: logsource, service: known}]

        """;

    private readonly TemporaryFolder folder = new TemporaryFolder().With("p.yml", Pipeline)
        .With("rules/a.yml", "title: A\nname: a\nlogsource: {product: w, service: known}\ndetection: {s: {Image: x}, t: {Image: y, User: z}, condition: s or t}\n")
        .With("rules/b.yml", "title: B\nlogsource: {product: w, service: known}\ndetection: {s: {NewProcessName: x, Other: y}, condition: s}\n")
        .With("rules/c.yml", "title: C\nlogsource: {product: w, service: new}\ndetection: {s: {Image: x, Own|fieldref: Named}, condition: s | count(Counted) by User > 3}\n");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Logs_come_first_and_names_of_most_rules_first_beside_the_rules_own()
    {
        folder.With("one.yml", Pipeline.Replace("[user, account]", "user"));
        ProgramRun run = Sigmac.Run(folder, "list", "fields", "-t", "splunk", "-p", "one.yml", "rules");

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        run.Lines.Select(Cells).Should().Equal(
            "target|kind|rules|in queries|in rules|state",
            "splunk|log|2|log: one or two|w/known|mapped",
            "splunk|log|1|any log|w/new|unmapped",
            "splunk|field|3|process|Image, NewProcessName|mapped",
            "splunk|field|2|log|-|added",
            "splunk|field|2|user|User|mapped",
            "splunk|field|1|Counted|Counted|unmapped",
            "splunk|field|1|Named|Named|unmapped",
            "splunk|field|1|Other|Other|unmapped",
            "splunk|field|1|Own|Own|unmapped");
    }

    [Fact]
    public void A_field_that_becomes_several_is_asked_for_by_each_of_its_names()
    {
        ProgramRun run = List("rules/a.yml");

        run.Lines.Select(Cells).Should().Contain(["splunk|field|1|account|User|mapped", "splunk|field|1|user|User|mapped"]);
    }

    [Fact]
    public void Names_that_no_pipeline_speaks_about_are_as_written()
    {
        ProgramRun run = Sigmac.Run(folder, "list", "fields", "-t", "grep", "rules/b.yml");

        run.Lines.Select(Cells).Should().Equal(
            "target|kind|rules|in queries|in rules|state",
            "grep|log|1|any log|w/known|as-written",
            "grep|field|1|NewProcessName|NewProcessName|as-written",
            "grep|field|1|Other|Other|as-written");
    }

    [Fact]
    public void A_correlation_asks_for_what_its_rules_ask_for_and_for_what_it_counts()
    {
        folder.With("rules/d.yml", """
            title: D
            correlation:
                type: value_count
                rules: a
                group-by: [who, Host]
                timespan: 5m
                aliases:
                    who: {a: Image}
                condition: {field: Session, gte: 3}

            """);

        ProgramRun run = List("rules/a.yml", "rules/d.yml");

        run.Lines.Select(Cells).Should().Contain(["splunk|field|1|process|Image|mapped", "splunk|field|1|Host|Host|unmapped", "splunk|field|1|Session|Session|unmapped"])
            .And.NotContain(line => line.Contains("|who|", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_has_the_keys_and_words_of_the_schema()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "fields.schema.json")))!;
        ProgramRun run = Sigmac.Run(folder, "list", "fields", "-t", "splunk,grep", "-p", "p.yml", "--json", "rules");
        JsonNode[] records = [.. run.Lines.Select(line => JsonNode.Parse(line)!)];

        records.Should().OnlyContain(record => record.AsObject().Select(key => key.Key).SequenceEqual(schema["required"]!.AsArray().Select(key => (string)key!)));
        foreach (string key in (string[])["kind", "state"])
        {
            records.Select(record => (string)record[key]!).Distinct().Should().BeEquivalentTo(schema["properties"]![key]!["enum"]!.AsArray().Select(word => (string)word!));
        }

        records.Select(record => (string)record["target"]!).Distinct().Should().Equal("splunk", "grep");
        run.Lines[0].Should().Be("{\"target\":\"splunk\",\"kind\":\"log\",\"rules\":2,\"name\":\"log: one or two\",\"written\":[\"w/known\"],\"state\":\"mapped\"}");
    }

    [Fact]
    public void A_rule_that_fails_is_not_in_the_list_and_its_error_is_said()
    {
        folder.With("rules/broken.yml", Rule.Broken);

        ProgramRun run = List("rules/broken.yml", "rules/b.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("SIG0212");
        run.Output.Should().Contain("process").And.NotContain("linux");
    }

    [Fact]
    public void A_target_and_rules_are_needed()
    {
        Sigmac.Run(folder, "list", "fields", "rules").ExitCode.Should().Be(2);
        folder.With("empty/readme.md", "");
        Sigmac.Run(folder, "list", "fields", "-t", "grep", "empty").ExitCode.Should().Be(2);
    }

    [Fact]
    public void A_hostile_name_stays_text()
    {
        folder.With("rules/h.yml", "title: H\nlogsource: {product: \"p\\e[31m\", service: known}\ndetection: {s: {\"f\\e[2J\": x}, condition: s}\n");

        Sigmac.Run(folder, "list", "fields", "-t", "grep", "rules/h.yml").Output.Should().NotContain("\e");
    }

    private static string Cells(string line) => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Trim()));

    private ProgramRun List(params string[] rules) => Sigmac.Run(folder, ["list", "fields", "-t", "splunk", "-p", "p.yml", .. rules]);
}
