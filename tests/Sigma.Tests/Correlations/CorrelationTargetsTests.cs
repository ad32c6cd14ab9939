using System.Text.Json.Nodes;
using Sigma.Backends;
using Sigma.Compilation;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>What the other targets make of correlations, from the vendors' pages, and what they refuse.</summary>
public class CorrelationTargetsTests
{
    private const string Temporal = "type: temporal\nrules: [rule_a, rule_b]\ntimespan: 5m";

    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("grep")]
    [InlineData("lucene")]
    public void Query_strings_have_no_correlation(string target)
    {
        foreach (var type in (string[])["event_count", "value_count", "value_sum", "value_avg", "value_median", "temporal", "temporal_ordered"])
        {
            var condition = type.StartsWith("temporal", StringComparison.Ordinal) ? "" : type == "event_count" ? "\ncondition: {gte: 1}" : "\ncondition: {field: A, gte: 1}";
            ErrorsOf(Correlate(target, $"type: {type}\nrules: rule_a\ntimespan: 5m{condition}")).Should().Equal("SIG0606 2.yml:3:5");
        }
    }

    /// <summary>In ANSI mode, which Spark 4 has on, CAST of a text that is not a time ends the statement; TRY_CAST gives NULL (sql-ref-ansi-compliance).</summary>
    [Fact]
    public void Spark_leaves_out_events_whose_time_is_none() => Query("spark", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 2}")
        .Should().Contain("unix_micros(TRY_CAST(`timestamp` AS TIMESTAMP)) AS sigma_time").And.Contain("WHERE sigma_time IS NOT NULL");

    /// <summary>comp has an alias for each figure, which no example of its page names as the field that it is made from.</summary>
    [Fact]
    public void XQL_names_its_figures_otherwise_than_the_fields() =>
        Query("cortex-xql", Temporal + "\ngroup-by: Computer").Should().Contain("comp max(sigma_1) as sigma_any_1, max(sigma_2) as sigma_any_2 by").And.EndWith("filter sigma_any_1 = 1 and sigma_any_2 = 1");

    [Theory]
    [InlineData("xpack-watcher")]
    [InlineData("powershell")]
    [InlineData("logpoint")]
    public void Temporal_types_are_for_languages_that_join_searches(string target) =>
        ErrorsOf(Correlate(target, Temporal)).Should().Equal("SIG0606 2.yml:3:5");

    /// <summary>docs/correlations.md: a warning says that a watch looks back over the timespan whenever it runs, also for the older form of a count.</summary>
    [Fact]
    public void A_watch_says_which_events_it_does_not_count_together()
    {
        const string Said = "the Elasticsearch Watcher query selects other events than the rule: it counts over the last 5m each time it runs; events that no run has together are not counted together";

        Correlate("xpack-watcher", "type: event_count\nrules: rule_a\ngroup-by: User\ntimespan: 5m\ncondition: {gte: 10}", "json").Diagnostics
            .Where(finding => finding.Code.Id == "SIG0608").Select(finding => finding.Message).Should().Equal(Said);
        Of(Target("xpack-watcher", "json"), """
            title: Older
            logsource: {product: windows}
            detection: {s: {EventID: 1}, timeframe: 5m, condition: s | count() by User > 10}
            """)[0].Diagnostics.Where(finding => finding.Code.Id == "SIG0608").Select(finding => finding.Message).Should().Equal(Said);
    }

    /// <summary>A field that the rules call otherwise has the value of the first rule that finds the event, so the event counts for no other one.</summary>
    [Theory]
    [InlineData("esql", "sigma_rule = CASE(TO_LOWER(Kind) == \"a\", 1, TO_LOWER(Kind) == \"b\", 2) | STATS `rule_rule_a` = MAX(CASE(sigma_rule == 1, 1, 0)), `rule_rule_b` = MAX(CASE(sigma_rule == 2, 1, 0))")]
    [InlineData("opensearch-ppl", "`sigma_rule` = case(ilike(`Kind`, 'a'), 1, ilike(`Kind`, 'b'), 2) | eval `rule_rule_a` = case(`sigma_rule` = 1, 1 else 0), `rule_rule_b` = case(`sigma_rule` = 2, 1 else 0)")]
    public void An_event_of_several_rules_with_aliases_counts_for_the_first(string target, string flags) =>
        Query(target, "type: temporal\nrules: [rule_a, rule_b]\naliases: {who: {rule_a: User, rule_b: Account}}\ngroup-by: who\ntimespan: 5m").Should().Contain(flags);

    /// <summary>Where each rule has a search, the rows of a union do not tell which of them are one event.</summary>
    [Theory]
    [InlineData("duckdb", "type: event_count", "{gte: 2}", true)]
    [InlineData("sqlite", "type: value_sum", "{gte: 2, field: Size}", true)]
    [InlineData("splunk", "type: event_count", "{gte: 2}", true)]
    [InlineData("duckdb", "type: value_count", "{gte: 2, field: Size}", false)]
    [InlineData("splunk", "type: value_count", "{gte: 2, field: Size}", false)]
    public void An_event_that_counts_for_each_rule_is_said(string target, string type, string condition, bool said)
    {
        string body = $"{type}\nrules: [rule_a, rule_b]\ngroup-by: who\ntimespan: 5m\ncondition: {condition}";
        const string Aliases = "\naliases: {who: {rule_a: User, rule_b: Account}}";

        CountedAgain(Correlate(target, body + Aliases)).Should().Be(said ? 1 : 0);
        CountedAgain(Correlate(target, body.Replace("who", "User"))).Should().Be(0, "one search has each event once");
    }

    [Theory]
    [InlineData("rule_b", 1)]
    [InlineData("rule_c", 0)]
    public void Kql_says_it_of_searches_in_one_table(string other, int notes)
    {
        const string Tables = """
            name: tables
            priority: 1
            transformations:
            - {type: set_state, key: table, val: One, rule_conditions: [{type: logsource, product: one}]}
            - {type: set_state, key: table, val: Two, rule_conditions: [{type: logsource, product: two}]}
            """;
        string body = $"type: event_count\nrules: [rule_a, {other}]\naliases: {{who: {{rule_a: User, {other}: Account}}}}\ngroup-by: who\ntimespan: 5m\ncondition: {{gte: 2}}";

        CountedAgain(Correlate("kql", body, null, Tables)).Should().Be(notes);
    }

    private static int CountedAgain(Conversion conversion) => conversion.Diagnostics.Count(d => d.Code.Id == "SIG0609" && d.Message.EndsWith("counts once for each of them", StringComparison.Ordinal));

    /// <summary>A query that is not there selects nothing.</summary>
    [Theory]
    [InlineData("cortex-xql", "type: event_count\nrules: rule_a\ntimespan: 90s\ncondition: {gte: 2}")]
    [InlineData("opensearch-ppl", "type: temporal\ntimespan: 5m\ncondition: rule_a and not rule_b")]
    [InlineData("sentinelone", "type: value_percentile\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 2, field: Size, percentile: 99.5}")]
    public void A_refusal_has_no_warning_about_the_query(string target, string body)
    {
        Conversion conversion = Correlate(target, body);

        conversion.Query.Should().BeNull();
        ErrorsOf(conversion).Should().NotBeEmpty();
        Warnings(conversion).Should().BeEmpty();
    }

    [Theory]
    [InlineData("xpack-watcher")]
    [InlineData("powershell")]
    [InlineData("logpoint")]
    public void Aliases_and_chains_are_for_languages_that_join_searches(string target)
    {
        ErrorsOf(Correlate(target, "type: event_count\nrules: rule_a\naliases: {who: {rule_a: A}}\ngroup-by: who\ntimespan: 5m\ncondition: {gte: 1}"))
            .Should().Equal("SIG0606 2.yml:3:5");
        ErrorsOf(Of(Target(target), Base, """
            title: Many
            name: many
            correlation: {type: event_count, rules: rule_a, timespan: 5m, condition: {gte: 10}}
            """, Document("type: event_count\nrules: many\ntimespan: 5m\ncondition: {gte: 1}"))[^1]).Should().Equal("SIG0606 3.yml:3:5");
    }

    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User, process]\ntimespan: 5m\ncondition: {gte: 10, lt: 20}",
        """Kind="a" | chart count() as event_count by User, "process" | search event_count >= 10 event_count < 20""")]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, eq: 3}",
        """Kind="a" | chart distinct_count(Port) as value_count | search value_count = 3""")]
    [InlineData("type: value_avg\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, gt: 1.5}",
        """Kind="a" | chart avg(Bytes) as value_avg | search value_avg > 1.5""")]
    public void LogPoint_counts_by_chart(string body, string query)
    {
        Query("logpoint", body).Should().Be(query);
        Warnings(Correlate("logpoint", body)).Should().ContainSingle().Which.Should().StartWith("SIG0608");
    }

    [Theory]
    [InlineData("type: value_median\nrules: rule_a\ntimespan: 5m\ncondition: {field: Port, eq: 3}")]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: [Port, Host], eq: 3}")]
    public void LogPoint_has_no_percentiles_and_counts_one_field(string body) =>
        ErrorsOf(Correlate("logpoint", body)).Should().ContainSingle().Which.Should().StartWith("SIG0606");

    [Fact]
    public void The_watch_leaves_out_the_groups_that_do_not_meet_the_bounds()
    {
        var watch = Watch("type: event_count\nrules: rule_a\ngroup-by: User\ntimespan: 15m\ncondition: {gte: 10, lt: 20}");
        Text(watch["trigger"]).Should().Be("""{"schedule":{"interval":"15m"}}""");
        Text(Body(watch)["query"]!["bool"]!["filter"]).Should().Be("""{"range":{"timestamp":{"gte":"now-15m/m"}}}""");
        Text(Body(watch)["aggs"]).Should().Be(
            """{"by":{"terms":{"field":"User.keyword","size":10000},"aggs":{"selected":{"bucket_selector":{"buckets_path":{"value":"_count"},"script":"""
            + "\"params.value >= 10 && params.value < 20\"}}}}}");
        Text(watch["condition"]).Should().Be(
            """{"array_compare":{"ctx.payload.aggregations.by.buckets":{"path":"doc_count","gte":{"value":1,"quantifier":"some"}}}}""");
    }

    [Fact]
    public void The_watch_groups_by_several_fields_and_asks_for_a_percentile()
    {
        var watch = Watch("type: value_percentile\nrules: rule_a\ngroup-by: [User, Host]\ntimespan: 1M\ncondition: {field: Bytes, percentile: 99.5, neq: 1.5}");
        Text(watch["trigger"]).Should().Be("""{"schedule":{"interval":"2629746s"}}""");
        Text(Body(watch)["aggs"]).Should().Be(
            """{"by":{"multi_terms":{"terms":[{"field":"User.keyword"},{"field":"Host.keyword"}],"size":10000},"aggs":{"agg":"""
            + """{"percentiles":{"field":"Bytes","percents":[99.5],"keyed":false}},"selected":"""
            + """{"bucket_selector":{"buckets_path":{"value":"agg[99.5]"},"script":"params.value != 1.5"}}}}}""");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("type: event_count\nCONDITION: {gt: 3}", null, """{"compare":{"ctx.payload.hits.total":{"gt":3}}}""")]
    [InlineData("type: event_count\nCONDITION: {gt: 3, lte: 9}", null,
        """{"script":{"lang":"painless","source":"def value = ctx.payload.hits.total; return value != null && value > 3 && value <= 9"}}""")]
    [InlineData("type: value_count\nCONDITION: {field: A, eq: 3}", """{"agg":{"cardinality":{"field":"A.keyword"}}}""",
        """{"compare":{"ctx.payload.aggregations.agg.value":{"eq":3}}}""")]
    [InlineData("type: value_median\nCONDITION: {field: A, lt: 3}", """{"agg":{"percentiles":{"field":"A","percents":[50],"keyed":false}}}""",
        """{"compare":{"ctx.payload.aggregations.agg.values.0.value":{"lt":3}}}""")]
    [InlineData("type: value_avg\nCONDITION: {field: A, lt: 3, gt: 1}", """{"agg":{"avg":{"field":"A"}}}""",
        """{"script":{"lang":"painless","source":"def value = ctx.payload.aggregations.agg.value; return value != null && value < 3 && value > 1"}}""")]
    public void The_watch_without_groups_compares_its_one_figure(string body, string? aggregation, string condition)
    {
        var watch = Watch(body.Replace("CONDITION", "rules: rule_a\ntimespan: 5m\ncondition"));
        Text(Body(watch)["aggs"]).Should().Be(aggregation ?? "null");
        Text(watch["condition"]).Should().Be(condition);
    }

    [Fact]
    public void The_watch_counts_one_field() =>
        ErrorsOf(Correlate("xpack-watcher", "type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: [Port, Host], eq: 3}", "json"))
            .Should().ContainSingle().Which.Should().StartWith("SIG0606");

    [Fact]
    public void PowerShell_reads_the_logs_of_all_rules_and_tests_each_in_its_own()
    {
        const string Logs = """
            name: test
            transformations:
              - {type: add_condition, conditions: {LogName: Security}, rule_conditions: [{type: logsource, product: one}]}
              - {type: add_condition, conditions: {LogName: System}, rule_conditions: [{type: logsource, product: two}]}
            """;
        const string Body = "type: event_count\nrules: [rule_a, rule_c]\ntimespan: 5m\ncondition: {gte: 10}";
        Query("powershell", Body, pipeline: Logs).Should().StartWith(
            """Get-WinEvent -LogName Security,System | where {(($_.LogName -eq 'Security' -and $_.message -match "Kind.*a") -or ($_.LogName -eq 'System' -and""");
        Query("powershell", Body, "eventdata", Logs).Should().StartWith("Get-WinEvent -FilterHashtable @{LogName='Security','System'} | where { ")
            .And.Contain(@"($_.LogName -match '^Security\z' -and $d['Kind'] -match '^a\z')");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("eventdata")]
    public void PowerShell_groups_by_fields_and_stretches_of_time(string format) =>
        Query("powershell", "type: event_count\nrules: rule_a\ngroup-by: [User, O'Neil]\ntimespan: 5m\ncondition: {gte: 10, lt: 20}", format).Should().EndWith(
            " if ($null -ne $d['User'] -and $null -ne $d['O''Neil']) { [pscustomobject]@{G0=$d['User']; G1=$d['O''Neil']; "
            + "Window=[math]::Floor($_.TimeCreated.ToUniversalTime().Ticks / 3000000000)} } } | group G0,G1,Window"
            + " | foreach { [pscustomobject]@{WindowStart=[datetime]::new([long]$_.Group[0].Window * 3000000000, 'Utc'); "
            + "'User'=$_.Group[0].G0; 'O''Neil'=$_.Group[0].G1; event_count=$_.Count} }"
            + " | where { $_.event_count -ge 10 -and $_.event_count -lt 20 } | sort WindowStart");

    [Fact]
    public void The_tables_say_which_target_has_which_type()
    {
        var catalog = new BackendCatalog();
        var matrix = catalog.Names.Where(name => name is not ("lucene" or "kql" or "secops")).ToDictionary(
            name => name,
            name => catalog.Read(name, new Dictionary<string, string>(), [])!.Formats.Where(format => format.Name is not ("sweep" or "data_model")).Select(format => string.Join(' ', format.Correlations.Keys.Order())).Distinct().Single());

        // One script for all rules has only those that select events, and so has a search over a data model.
        catalog.Names.SelectMany(name => catalog.Read(name, new Dictionary<string, string>(), [])!.Formats).Where(format => format.Name is "sweep" or "data_model").Should().NotBeEmpty().And.OnlyContain(format => format.Correlations.Count == 0);
        const string Counts = "event_count value_avg value_count value_max value_min value_sum";
        const string All = "event_count value_avg value_count value_max value_median value_min value_percentile value_sum";
        matrix.Should().Contain(new Dictionary<string, string>
        {
            ["cortex-xql"] = "event_count temporal value_avg value_count value_max value_min value_sum",
            ["eql"] = "event_count temporal_ordered",
            ["es-qs"] = "",
            ["esql"] = "event_count temporal value_avg value_count value_max value_median value_min value_percentile value_sum",
            ["graylog"] = "",
            ["grep"] = "",
            ["logpoint"] = Counts,
            ["opensearch-ppl"] = "event_count temporal value_avg value_count value_max value_median value_min value_percentile value_sum",
            ["powershell"] = All,
            ["sentinelone"] = All,
            ["splunk"] = "event_count temporal temporal_ordered value_avg value_count value_max value_median value_min value_percentile value_sum",
            ["xpack-watcher"] = All,
        });

        const string Each = "event_count temporal temporal_ordered value_avg value_count value_max value_median value_min value_percentile value_sum";
        catalog.Read("kql", new Dictionary<string, string>(), [])!.Formats.ToDictionary(format => format.Name, format => string.Join(' ', format.Correlations.Keys.Order())).Should().Equal(new Dictionary<string, string>
        {
            ["default"] = Each,
            ["sentinel_yaml"] = Each,
            ["sentinel_arm"] = Each,
            ["defender_xdr"] = "event_count",
        });

        // A search finds events, and a rule can count.
        catalog.Read("secops", new Dictionary<string, string>(), [])!.Formats.ToDictionary(format => format.Name, format => string.Join(' ', format.Correlations.Keys.Order())).Should().Equal(new Dictionary<string, string>
        {
            ["default"] = "",
            ["rule"] = "event_count temporal temporal_ordered value_count value_max value_min value_sum",
        });

        // A query string cannot count, and objects around it can.
        catalog.Read("lucene", new Dictionary<string, string>(), [])!.Formats.ToDictionary(format => format.Name, format => string.Join(' ', format.Correlations.Keys.Order())).Should().Equal(new Dictionary<string, string>
        {
            ["default"] = "",
            ["dsl_lucene"] = "",
            ["kibana_ndjson"] = "",
            ["siem_rule_ndjson"] = "event_count value_count",
            ["elastalert"] = Counts,
            ["monitor_rule"] = Counts,
        });
    }

    /// <summary>There is no query that could select other events.</summary>
    [Theory]
    [InlineData("cortex-xql", "type: event_count\nrules: rule_a\ntimespan: 90s\ncondition: {gte: 2}")]
    [InlineData("cortex-xql", "type: event_count\nrules: rule_a\ntimespan: 1M\ncondition: {gte: 2}")]
    [InlineData("opensearch-ppl", "type: temporal\nrules: [rule_a, rule_b]\ngroup-by: User\ntimespan: 5m\ncondition: rule_a or rule_b")]
    [InlineData("sentinelone", "type: value_percentile\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, gte: 10, percentile: 99.5}")]
    public void A_refused_correlation_warns_of_no_query(string target, string body)
    {
        Conversion conversion = Correlate(target, body);

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().NotBeEmpty().And.NotContain(finding => finding.Code.Id == "SIG0608");
    }

    private static JsonNode Watch(string body) => JsonNode.Parse(Query("xpack-watcher", body, "json"))!;

    private static JsonNode Body(JsonNode watch) => watch["input"]!["search"]!["request"]!["body"]!;

    private static string Text(JsonNode? node) => node?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
}
