using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Sigma.Compilation;
using Sigma.Tests.Backends;
using Sigma.Tests.Schemas;
using Sigma.Text;
using Sigma.Yaml;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Objects;

/// <summary>
/// The objects that people deploy are what the vendors' documentation describes: every one is validated against a schema that was
/// written from it (Objects/Schemas), whatever the rule's texts are.
/// </summary>
public sealed class ObjectFormatTests
{
    private const string Head = "id: 5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11\n";
    private const string Detection = "logsource: {category: test}\ndetection: {s: {f: x}, condition: s}\n";

    public static TheoryData<string> Formats => ["dsl_lucene", "kibana_ndjson", "siem_rule_ndjson", "elastalert", "monitor_rule", "contentctl", "esql siem_rule_ndjson", "eql siem_rule_ndjson", "sentinel_yaml", "sentinel_arm", "defender_xdr", "ruler", "grafana", "logscale alert"];

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_rule_of_the_pack_makes_a_valid_object(string format)
    {
        CompilerTarget target = Target(format);
        var compiler = new Compiler([target]);
        string[] made =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "rules"), "*.yml", SearchOption.AllDirectories).Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal))
                .SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _)))
                .SelectMany(conversion => conversion.Queries),
        ];
        made.Should().HaveCountGreaterThan(50);
        made.Should().AllSatisfy(text => Validate(format, text));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Formats))]
    public void Texts_of_a_rule_are_data_in_every_object(string format)
    {
        foreach (string text in (string[])["\"}, {\"rule_id\": \"x", "a\nb: c", "{{#ctx}}{{x}}", "\u2028\u202e\u0000", "日本 \ud83d\ude00", "- *a &b !c %d @e `f", "\\", "'", "#", "~", "null", " ", "true"])
        {
            string yaml = Quoted(text);
            string rule = $"title: {yaml}\nid: {yaml}\ndate: 2026-01-31\ndescription: {yaml}\nauthor: {yaml}\nlicense: {yaml}\ntags: [{yaml}]\nreferences: [{yaml}]\nfalsepositives: [{yaml}]\nfields: [{yaml}]\n"
                + $"logsource: {{category: test}}\ndetection: {{s: {{f: {Quoted("x" + text.Replace("{", "", StringComparison.Ordinal))}}}, condition: s}}\n";
            Conversion conversion = new Compiler([Target(format)]).Convert(new SourceText("a.yml", rule)).Single();
            if (conversion.Query is { } made)
            {
                Validate(format, made);
            }
            else
            {
                conversion.Diagnostics.Should().Contain(finding => finding.Severity == Severity.Error);
            }
        }
    }

    [Fact]
    public void A_detection_rule_has_what_the_rule_says()
    {
        JsonNode made = Made("siem_rule_ndjson", "title: T\n" + Head
            + "description: D\nlevel: high\nauthor: One, Two\nlicense: MIT\nreferences: [https://example.org/a]\nfalsepositives: [Backups]\n"
            + "tags: [attack.execution, attack.t1059.001, cve.2020-1]\n" + Detection);
        made["rule_id"]!.GetValue<string>().Should().Be("5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11");
        (made["severity"]!.GetValue<string>(), made["risk_score"]!.GetValue<int>()).Should().Be(("high", 73));
        (made["interval"]!.GetValue<string>(), made["from"]!.GetValue<string>()).Should().Be(("5m", "now-6m"), "a run looks back further than to the one before it");
        Texts(made["author"]).Should().Equal("One", "Two");
        Texts(made["references"]).Should().Equal("https://example.org/a");
        Texts(made["false_positives"]).Should().Equal("Backups");
        Texts(made["tags"]).Should().Equal("attack.execution", "attack.t1059.001", "cve.2020-1");
        made["threat"]!.ToJsonString().Should().Be(JsonNode.Parse("""
            [{"framework": "MITRE ATT&CK", "tactic": {"id": "TA0002", "name": "Execution", "reference": "https://attack.mitre.org/tactics/TA0002/"},
              "technique": [{"id": "T1059", "name": "Command and Scripting Interpreter", "reference": "https://attack.mitre.org/techniques/T1059/",
                "subtechnique": [{"id": "T1059.001", "name": "PowerShell", "reference": "https://attack.mitre.org/techniques/T1059/001/"}]}]}]
            """)!.ToJsonString());
    }

    [Theory]
    [InlineData("informational", "low", 1, "5")]
    [InlineData("low", "low", 21, "4")]
    [InlineData("medium", "medium", 47, "3")]
    [InlineData("high", "high", 73, "2")]
    [InlineData("critical", "critical", 99, "1")]
    public void The_level_is_the_severity(string level, string severity, int risk, string trigger)
    {
        string rule = $"title: T\nlevel: {level}\n{Head}{Detection}";
        JsonNode made = Made("siem_rule_ndjson", rule);
        (made["severity"]!.GetValue<string>(), made["risk_score"]!.GetValue<int>()).Should().Be((severity, risk));
        Made("monitor_rule", rule)["triggers"]![0]!["severity"]!.GetValue<string>().Should().Be(trigger);
    }

    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 10}", """{"field":["User"],"value":10}""")]
    [InlineData("type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gt: 10}", """{"field":[],"value":11}""")]
    [InlineData("type: value_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {field: Port, gte: 3}", """{"field":["User"],"value":1,"cardinality":[{"field":"Port","value":3}]}""")]
    public void Elastic_counts_by_a_threshold(string body, string threshold)
    {
        Conversion conversion = Correlate("lucene", body, "siem_rule_ndjson");
        JsonNode made = JsonNode.Parse(conversion.Query!)!;
        made["threshold"]!.ToJsonString().Should().Be(threshold);
        (made["type"]!.GetValue<string>(), made["from"]!.GetValue<string>()).Should().Be(("threshold", "now-5m"));
        Warnings(conversion).Should().ContainSingle().Which.Should().StartWith("SIG0608", "its runs are fixed, and the rule's window moves");
        Validate("siem_rule_ndjson", conversion.Query!);
    }

    [Theory]
    [InlineData("siem_rule_ndjson", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {lt: 10}")]
    [InlineData("siem_rule_ndjson", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10, lt: 20}")]
    [InlineData("siem_rule_ndjson", "type: event_count\nrules: rule_a\ngroup-by: [a, b, c, d]\ntimespan: 5m\ncondition: {gte: 10}")]
    [InlineData("siem_rule_ndjson", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 1.5}")]
    [InlineData("siem_rule_ndjson", "type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: A, gte: 10}")]
    [InlineData("elastalert", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {eq: 10}")]
    [InlineData("elastalert", "type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: A, gte: 10}")]
    [InlineData("elastalert", "type: value_median\nrules: rule_a\ntimespan: 5m\ncondition: {field: A, gt: 10}")]
    [InlineData("monitor_rule", "type: temporal\nrules: [rule_a, rule_b]\ntimespan: 5m")]
    [InlineData("dsl_lucene", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}")]
    [InlineData("kibana_ndjson", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}")]
    public void What_an_object_cannot_count_is_refused(string format, string body) =>
        ErrorsOf(Correlate("lucene", body, format)).Should().Equal("SIG0606 2.yml:3:5");

    [Theory]
    [InlineData("esql", "type: temporal\nrules: [rule_a, rule_b]\ngroup-by: [User]\ntimespan: 5m", "now-5m")]
    [InlineData("esql", "type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: A, gte: 10}", "now-5m")]
    [InlineData("eql", "type: temporal_ordered\nrules: [rule_a, rule_b]\ngroup-by: [User]\ntimespan: 5m", "now-10m")]
    [InlineData("eql", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}", "now-10m")]
    public void Rules_of_Elastic_count_in_their_languages(string target, string body, string from)
    {
        Conversion conversion = Correlate(target, body, "siem_rule_ndjson");
        JsonNode made = JsonNode.Parse(conversion.Query!)!;
        (made["type"]!.GetValue<string>(), made["language"]!.GetValue<string>(), made["from"]!.GetValue<string>()).Should().Be((target, target, from));
        Validate("siem_rule_ndjson", conversion.Query!);
    }

    // ElastAlert 2 fires at num_events, above max_cardinality and max_threshold, below min_cardinality and min_threshold.
    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {gt: 10}", "num_events", 11)]
    [InlineData("type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}", "num_events", 10)]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, gte: 10}", "max_cardinality", 9)]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, gt: 10}", "max_cardinality", 10)]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, lt: 10}", "min_cardinality", 10)]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, lte: 10}", "min_cardinality", 11)]
    [InlineData("type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, gt: 10}", "max_threshold", 10)]
    [InlineData("type: value_avg\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, lt: 10}", "min_threshold", 10)]
    public void ElastAlert_counts_by_its_types(string body, string key, int value)
    {
        string text = Correlate("lucene", body, "elastalert").Query!;
        Validate("elastalert", text);
        JsonNode made = FromYaml(text);
        made[key]!.GetValue<decimal>().Should().Be(value);
        (made["timeframe"] ?? made["buffer_time"])!["seconds"]!.GetValue<decimal>().Should().Be(300);
    }

    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10, lt: 20}", "ctx.results[0].hits.total.value >= 10 && ctx.results[0].hits.total.value < 20", null)]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 10}", "ctx.results[0].aggregations.by.buckets.size() > 0", "params.value >= 10")]
    [InlineData("type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, gt: 10}", "ctx.results[0].aggregations.figure.value != null && ctx.results[0].aggregations.figure.value > 10", null)]
    public void OpenSearch_counts_by_its_trigger(string body, string condition, string? script)
    {
        string text = Correlate("lucene", body, "monitor_rule").Query!;
        Validate("monitor_rule", text);
        JsonNode made = JsonNode.Parse(text)!;
        made["triggers"]![0]!["condition"]!["script"]!["source"]!.GetValue<string>().Should().Be(condition);
        JsonNode search = made["inputs"]![0]!["search"]!["query"]!;
        (search["aggs"]?["by"]?["aggs"]!["selected"]!["bucket_selector"]!["script"]!.GetValue<string>()).Should().Be(script);
        search["query"]!["bool"]!["filter"]![0]!["range"]!["@timestamp"]!["gte"]!.GetValue<string>().Should().Be("{{period_end}}||-5m");
    }

    [Fact]
    public void An_object_keeps_its_id()
    {
        const string Twice = "title: T\nlogsource: {category: test}\ndetection: {s: {f: x}, t: {f: y}, condition: [s, t]}\n";
        string[] Ids(string rule) => [.. new Compiler([Repository.Target("lucene", "siem_rule_ndjson")]).Convert(new SourceText("a.yml", rule)).Single().Queries.Select(text => JsonNode.Parse(text)!["rule_id"]!.GetValue<string>())];

        Ids("title: T\n" + Head.ToUpperInvariant().Replace("ID:", "id:") + Detection).Should().Equal("5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11");
        Ids("title: T\n" + Detection).Should().Equal(Ids("title: T\ndescription: another\nlogsource: {category: other}\ndetection: {s: {g: y}, condition: s}\n"));
        Ids("title: T\n" + Detection).Should().NotEqual(Ids("title: U\n" + Detection));
        Ids("title: T\nid: my-rule\n" + Detection).Should().Equal(Ids("title: U\nid: my-rule\n" + Detection));
        Ids(Twice).Should().OnlyHaveUniqueItems().And.HaveCount(2);
        Ids(Twice).Should().Equal(Ids(Twice));
    }

    [Fact]
    public void A_retired_technique_is_what_it_became_and_a_technique_without_its_tactic_brings_it()
    {
        // T1086 is T1059.001 since 2020, which serves Execution.
        JsonNode threat = Made("siem_rule_ndjson", "title: T\n" + Head + "tags: [attack.t1086]\n" + Detection)["threat"]!;
        threat.AsArray().Should().ContainSingle();
        threat[0]!["tactic"]!["name"]!.GetValue<string>().Should().Be("Execution");
        threat[0]!["technique"]![0]!["subtechnique"]![0]!["id"]!.GetValue<string>().Should().Be("T1059.001");
    }

    [Fact]
    public void A_correlation_search_has_its_notable_event_and_its_risk()
    {
        string text = new Compiler([Repository.Target("splunk", "correlation_search")]).Convert(new SourceText("a.yml", "title: " + new string('T', 120) + "\n" + Head
            + "level: high\ntags: [attack.execution, attack.t1059.001]\ndescription: costs $5$\n" + Detection)).Single().Query!;
        string[] lines = text.TrimEnd('\n').Split('\n');
        lines[0].Should().StartWith("[Threat - TTT").And.EndWith("T - Rule]");
        lines[0].Length.Should().Be(99 + 2, "Enterprise Security clones a search under a longer name");
        lines[1..].Select(line => line.Split(" = ")[0]).Should().OnlyHaveUniqueItems();
        lines.Should().Contain(
        [
            "action.correlationsearch.enabled = 1", "action.notable = 1", "action.notable.param.severity = high", "action.notable.param.security_domain = threat", "action.risk = 1",
            """action.correlationsearch.annotations = {"mitre_attack": ["T1059.001"]}""",
            """action.risk.param._risk = [{"risk_object_field": "dest", "risk_object_type": "system", "risk_score": 73}]""",
            "action.notable.param.rule_description = costs  5",
        ]);
    }

    [Fact]
    public void A_rule_of_Sentinel_has_what_the_rule_says()
    {
        const string Rule = "title: '[T]'\n" + Head + "description: D\nlevel: critical\ntags: [attack.execution, attack.t1059.001, attack.stealth]\n"
            + "logsource: {product: windows, category: process_creation}\ndetection: {s: {Image: a}, condition: s}\n";
        FromYaml(new Compiler([Target("sentinel_yaml")]).Convert(new SourceText("a.yml", Rule)).Single().Query!).ToJsonString().Should().Be(JsonNode.Parse("""
            {"id": "5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11", "name": "[T]", "description": "D", "severity": "High", "requiredDataConnectors": [],
             "queryFrequency": "1h", "queryPeriod": "1h", "triggerOperator": "gt", "triggerThreshold": 0,
             "tactics": ["Execution", "DefenseEvasion"], "relevantTechniques": ["T1059.001"],
             "query": "DeviceProcessEvents\n| where (ActionType =~ \"ProcessCreated\" and FolderPath =~ \"a\")\n",
             "entityMappings": [{"entityType": "Host", "fieldMappings": [{"identifier": "FullName", "columnName": "DeviceName"}]},
               {"entityType": "Account", "fieldMappings": [{"identifier": "Name", "columnName": "InitiatingProcessAccountName"}]}],
             "version": "1.0.0", "kind": "Scheduled"}
            """)!.ToJsonString());

        JsonNode properties = Made("sentinel_arm", Rule)["resources"]![0]!["properties"]!;
        properties["displayName"]!.GetValue<string>().Should().Be("[[T]", "a single bracket begins an expression of the template");
        (properties["queryFrequency"]!.GetValue<string>(), properties["severity"]!.GetValue<string>()).Should().Be(("PT1H", "High"));
        Texts(properties["techniques"]).Should().Equal("T1059");

        JsonNode detection = Made("defender_xdr", Rule);
        detection["id"]!.GetValue<string>().Should().Be("5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11");
        detection["detectionAction"]!["alertTemplate"]!["tactics"]!.ToJsonString().Should().Be(
            """[{"tactic":"Execution","techniques":[{"technique":"T1059.001"}]},{"tactic":"DefenseEvasion","techniques":[]}]""");
    }

    [Fact]
    public void A_query_that_Sentinel_would_not_take_is_refused()
    {
        string many = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"'a long value with the number {i}'"));
        new Compiler([Target("sentinel_arm")]).Convert(new SourceText("a.yml", "title: T\n" + Head + $"logsource: {{category: test}}\ndetection: {{s: {{f: [{many}]}}, condition: s}}\n"))
            .Single().Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0618" && finding.Message.Contains("10,000 characters"));
    }

    [Fact]
    public void A_count_without_events_is_no_custom_detection() =>
        ErrorsOf(Correlate("kql", "type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: A, gte: 3}", "defender_xdr")).Should().Equal("SIG0606 2.yml:3:5");

    [Fact]
    public void A_count_is_an_aggregate_alert_that_looks_back_over_its_timespan()
    {
        Conversion conversion = Correlate("logscale", "type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 10}", "alert");
        JsonNode made = FromYaml(conversion.Query!);
        (made["kind"]!.GetValue<string>(), made["spec"]!["searchIntervalSeconds"]!.ToString(), made["spec"]!["throttleTimeSeconds"]!.ToString()).Should().Be(("HumioAggregateAlert", "300", "300"));
        Validate("logscale alert", conversion.Query!);
    }

    [Fact]
    public void A_detection_of_contentctl_needs_a_date() =>
        new Compiler([Repository.Target("splunk", "contentctl")]).Convert(new SourceText("a.yml", "title: T\n" + Head + Detection)).Single().Diagnostics
            .Should().Contain(finding => finding.Code.Id == "SIG0601" && finding.Message.Contains("date"));

    /// <summary>The target of a format; where several have one of the name, it stands in front.</summary>
    private static CompilerTarget Target(string format) => format.Split(' ') is [var target, var name] ? Repository.Target(target, name)
        : format is "sentinel_yaml" or "sentinel_arm" or "defender_xdr"
        ? Repository.Target("kql", format, ("table", "MyEvents"))
        : Repository.Target(format == "contentctl" ? "splunk" : format is "ruler" or "grafana" ? "logql" : "lucene", format);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(item => item!.GetValue<string>());

    private static JsonNode Made(string format, string rule)
    {
        string made = new Compiler([Target(format)]).Convert(new SourceText("a.yml", rule)).Single().Query!;
        Validate(format, made);
        return JsonNode.Parse(made)!;
    }

    private static JsonNode FromYaml(string text) => EditorSchema.ToJson(YamlReader.Read(new SourceText("a.yml", text)).Single().Root!)!;

    /// <summary>Checks an object; one that stands on a line has to stay on it.</summary>
    private static void Validate(string format, string text)
    {
        if (format.EndsWith("ndjson", StringComparison.Ordinal))
        {
            text.TrimEnd('\n').Should().NotContain("\n");
        }

        JsonNode made = format is "elastalert" or "contentctl" or "sentinel_yaml" or "ruler" or "grafana" or "logscale alert" ? FromYaml(text) : JsonNode.Parse(text)!;
        EvaluationResults result = Schemas[format[(format.IndexOf(' ') + 1)..]].Evaluate(JsonSerializer.SerializeToElement(made), new EvaluationOptions { OutputFormat = OutputFormat.List });
        result.IsValid.Should().BeTrue("{0}: {1}", string.Join("; ", (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"))), text);
    }

    private static readonly Dictionary<string, JsonSchema> Schemas = Directory.GetFiles(Path.Combine(Repository.Root, "tests/Sigma.Tests/Objects/Schemas"), "*.schema.json")
        .ToDictionary(file => Path.GetFileName(file)[..^".schema.json".Length], file => JsonSchema.FromText(File.ReadAllText(file)));
}
