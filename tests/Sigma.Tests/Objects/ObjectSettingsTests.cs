using System.Text.Json.Nodes;
using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Objects;

/// <summary>docs/objects.md: what options and overrides set is what the system takes, or it is said.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class ObjectSettingsTests
{
    private const string Rule = "title: One\nid: 11111111-1111-4111-8111-111111111111\ndate: 2026-01-31\nlogsource: {category: test}\ndetection: {s: {f: x}, condition: s}\n";

    /// <summary>A blank behind a comma is no part of a name, and a name stands once.</summary>
    [Theory]
    [InlineData("lucene", "siem_rule_ndjson", "\"index\": [\"winlogbeat-*\", \"logs-*\"]")]
    [InlineData("lucene", "monitor_rule", "\"indices\": [\"winlogbeat-*\", \"logs-*\"]")]
    [InlineData("lucene", "elastalert", "index: \"winlogbeat-*,logs-*\"")]
    [InlineData("eql", "siem_rule_ndjson", "\"index\": [\"winlogbeat-*\", \"logs-*\"]")]
    [InlineData("esql", "default", "FROM winlogbeat-*,logs-* ")]
    [InlineData("opensearch-ppl", "default", "source=`winlogbeat-*,logs-*`")]
    public void Indices_are_a_list_of_names(string target, string format, string expected)
    {
        Convert(target, format, "", "-O", "index=winlogbeat-*, logs-* ,logs-*").Output.Should().Contain(expected);

        using var folder = new TemporaryFolder();
        folder.With("one.yml", Rule).With("p.yml", "name: p\npriority: 1\ntransformations: [{type: set_state, key: index, val: 'winlogbeat-*, logs-*'}]\n");
        Sigmac.Run(folder, "convert", "-q", "-t", target, "-f", format, "-p", "p.yml", "one.yml").Output.Should().Contain(expected);
    }

    [Theory]
    [InlineData("esql", "index=logs *")]
    [InlineData("esql", "fallback_index=")]
    [InlineData("opensearch-ppl", "index=a|b")]
    [InlineData("lucene", "index=a,,b")]
    [InlineData("eql", "index=a b")]
    [InlineData("xpack-watcher", "mail={{x}}")]
    [InlineData("xpack-watcher", "index=a b")]
    [InlineData("grep", "log='x")]
    public void A_value_that_an_option_does_not_take_is_a_mistake_of_the_command(string target, string option)
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(folder.With("one.yml", Rule), "convert", "--skip-unsupported", "-t", target, "-O", option, "one.yml");
        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Error.Should().Contain("SIG0706");
    }

    // OpenSearch, alerting API, "period": a number and MINUTES, HOURS or DAYS.
    [Theory]
    [InlineData("interval: 90s", 2, "120s", "it runs every 2m instead of every 90s")]
    [InlineData("interval: 15s", 1, "60s", "it runs every 1m instead of every 15s")]
    [InlineData("interval: 2m", 2, "120s", null)]
    [InlineData("interval: 90s, lookback: 100s", 2, "100s", "each run looks back 100s, and the next one comes after 2m")]
    public void A_monitor_looks_back_to_the_run_before(string settings, int minutes, string back, string? said)
    {
        ProgramRun run = Convert("lucene", "monitor_rule", settings);
        JsonNode monitor = JsonNode.Parse(run.Output)!;
        monitor["schedule"]!["period"]!.ToJsonString().Should().Be($"{{\"interval\":{minutes},\"unit\":\"MINUTES\"}}");
        string from = monitor["inputs"]![0]!["search"]!["query"]!["query"]!["bool"]!["filter"]![0]!["range"]!["@timestamp"]!["gte"]!.GetValue<string>();
        from.Should().Be("{{period_end}}||-" + (back == "100s" ? back : minutes + "m"));
        (said is null ? run.Error.Length == 0 || !run.Error.Contains("it runs every") : run.Error.Contains(said)).Should().BeTrue(run.Error);
    }

    [Fact]
    public void A_monitor_of_a_count_runs_within_each_timespan()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(
            folder.With("one.yml", Rule.Replace("title", "name: one\ntitle") + "---\ntitle: C\nid: 22222222-2222-4222-8222-222222222222\ncorrelation: {type: event_count, rules: [one], timespan: 150s, condition: {gte: 3}}\n"),
            "convert", "-t", "lucene", "-f", "monitor_rule", "one.yml");
        run.Output.Should().Contain("\"interval\": 2").And.Contain("||-150s");
    }

    // savedsearches.conf: disabled. contentctl, Detection_Abstract: enabled_by_default. Elasticsearch, create or update watch: active.
    [Theory]
    [InlineData("splunk", "savedsearches", "\ndisabled = 1\n", null)]
    [InlineData("splunk", "correlation_search", "\ndisabled = 1\n", null)]
    [InlineData("splunk", "contentctl", "\nenabled_by_default: false\n", null)]
    [InlineData("xpack-watcher", "curl", "?active=false", null)]
    [InlineData("xpack-watcher", "json", null, "that it is disabled is left out")]
    [InlineData("lucene", "siem_rule_ndjson", "\"enabled\": false", null)]
    [InlineData("lucene", "elastalert", "is_enabled: false", null)]
    [InlineData("lucene", "monitor_rule", "\"enabled\": false", null)]
    [InlineData("kql", "sentinel_arm", "\"enabled\": false", null)]
    [InlineData("kql", "sentinel_yaml", null, "that it is disabled is left out")]
    [InlineData("kql", "defender_xdr", "\"status\": \"disabled\"", null)]
    [InlineData("logscale", "alert", "enabled: false", null)]
    [InlineData("logql", "grafana", "isPaused: true", null)]
    [InlineData("logql", "ruler", null, "so the rule runs")]
    public void An_object_that_is_not_to_run_does_not_or_it_is_said(string target, string format, string? written, string? said)
    {
        string[] table = target == "kql" ? ["-O", "table=DeviceEvents"] : [];
        ProgramRun run = Convert(target, format, "enabled: false", table);
        if (written is not null)
        {
            run.Output.Should().Contain(written);
            Convert(target, format, "", table).Output.Should().NotContain(written);
        }
        else
        {
            run.Error.Should().Contain(said);
        }
    }

    /// <summary>What a format has no place for is said, whatever the format.</summary>
    [Theory]
    [InlineData("xpack-watcher", "curl", "interval, lookback, throttle, owner is left out: the format 'curl'")]
    [InlineData("xpack-watcher", "json", "interval, lookback, throttle, owner is left out: the format 'json'")]
    [InlineData("lucene", "kibana_ndjson", "interval, lookback, throttle, owner, enabled is left out")]
    [InlineData("sqlite", "view", "interval, lookback, throttle, owner, enabled is left out")]
    [InlineData("lucene", "siem_rule_ndjson", null)]
    [InlineData("splunk", "savedsearches", null)]
    [InlineData("lucene", "default", null)]
    public void A_setting_that_an_object_has_no_place_for_is_said(string target, string format, string? said)
    {
        string error = Convert(target, format, "interval: 1h, lookback: 2h, throttle: 3h, owner: a, enabled: false").Error;
        (said is null ? !error.Contains("of the override") : error.Contains("of the override, " + said)).Should().BeTrue(error);
    }

    [Fact]
    public void A_saved_search_has_what_an_override_sets()
    {
        ProgramRun run = Convert("splunk", "savedsearches", "interval: 10m, lookback: 20m, throttle: 1h, owner: a");
        run.Output.Should().Contain("cron_schedule = */10 * * * *\ndispatch.earliest_time = -20m\n").And.Contain("alert.suppress = 1\nalert.suppress.period = 1h\n");
        run.Error.Should().Contain("the owner is left out");
        Convert("splunk", "savedsearches", "interval: 7m").Error.Should().Contain("so the search runs as the option cron says");
    }

    [Fact]
    public void What_contentctl_does_not_take_is_said_once_and_nothing_else()
    {
        ProgramRun run = Convert("splunk", "contentctl", "interval: 7m, owner: a");
        run.Error.Should().Contain("of the override interval, owner is left out").And.NotContain("cron");
    }

    // azurerm_sentinel_alert_rule_scheduled: suppression_duration is PT5M to PT24H, and query_frequency is not larger.
    [Theory]
    [InlineData("interval: 12h, throttle: 5m", "PT12H", "PT12H", true, "alerts are suppressed for PT12H, not 5m")]
    [InlineData("throttle: 3d", "PT1H", "P1D", true, "alerts are suppressed for P1D, not 3d")]
    [InlineData("interval: 5m, throttle: 30s", "PT5M", "PT5M", true, "alerts are suppressed for PT5M, not 30s")]
    [InlineData("throttle: 6h", "PT1H", "PT6H", true, null)]
    [InlineData("interval: 2d, throttle: 1d", "P2D", "PT1H", false, "the throttle is left out")]
    [InlineData("interval: 1h", "PT1H", "PT1H", false, null)]
    public void Sentinel_suppresses_alerts_as_long_as_it_can(string settings, string frequency, string duration, bool isOn, string? said)
    {
        ProgramRun run = Convert("kql", "sentinel_arm", settings, "-O", "table=T");
        JsonNode properties = JsonNode.Parse(run.Output)!["resources"]![0]!["properties"]!;
        (properties["queryFrequency"]!.GetValue<string>(), properties["suppressionDuration"]!.GetValue<string>(), properties["suppressionEnabled"]!.GetValue<bool>())
            .Should().Be((frequency, duration, isOn));
        (said is null ? !run.Error.Contains("suppress") && !run.Error.Contains("throttle") : run.Error.Contains(said)).Should().BeTrue(run.Error);
    }

    // learn.microsoft.com, Syntax and expressions in ARM templates, Escape characters: [[test value] is [test value], and [test] value is itself.
    [Theory]
    [InlineData("[test value]", "[[test value]")]
    [InlineData("[test] value", "[test] value")]
    [InlineData("[", "[")]
    [InlineData("test]", "test]")]
    public void A_text_in_brackets_is_no_expression_of_a_template(string title, string expected)
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(folder.With("one.yml", Rule.Replace("title: One", $"title: '{title}'")), "convert", "-q", "-t", "kql", "-f", "sentinel_arm", "-O", "table=T", "one.yml");
        JsonNode.Parse(run.Output)!["resources"]![0]!["properties"]!["displayName"]!.GetValue<string>().Should().Be(expected);
    }

    // learn.microsoft.com, custom-detection-rules, rule frequency: the schedule decides how far back a run looks.
    [Fact]
    public void A_custom_detection_has_no_limits_of_Sentinel()
    {
        ProgramRun run = Convert("kql", "defender_xdr", "interval: 1m, lookback: 40d", "-O", "table=DeviceEvents");
        run.Output.Should().Contain("\"frequency\": \"PT1H\"");
        run.Error.Should().Contain("each run looks back 4 hours, as its schedule has it, not 40d").And.Contain("it runs every hour:").And.NotContain("14 days");
        Convert("kql", "sentinel_arm", "lookback: 40d", "-O", "table=T").Error.Should().Contain("a run looks back 14 days at most");
    }

    /// <summary>A $ would begin a field of the result.</summary>
    [Fact]
    public void The_owner_of_a_notable_event_is_no_field() =>
        Convert("splunk", "correlation_search", "owner: a$x$b").Output.Should().Contain("default_owner = a x b\n");

    /// <summary>A title that is cut is cut between two characters, and texts of .conf files have no marks of direction.</summary>
    [Fact]
    public void Texts_of_conf_files_are_whole_and_seen()
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", Rule.Replace("title: One", "title: " + string.Concat(Enumerable.Repeat("\U0001F600", 60)) + "\ndescription: \"a\\u202Eb\\u2066c\\u200Fd\\uFEFFe\""));
        string text = Sigmac.Run(folder, "convert", "-q", "-t", "splunk", "-f", "correlation_search", "one.yml").Output;
        text.Should().Contain("description = abcde\n").And.NotContain("\uFFFD").And.Contain("Threat - \U0001F600");
        text.Split('\n').Should().Contain(line => line.StartsWith('[') && line.Length <= 101);
    }

    /// <summary>The pipelines name the table of a log source, in all formats.</summary>
    [Theory]
    [InlineData("default", "SELECT * FROM \"lake\".\"win log\" WHERE ")]
    [InlineData("view", "AS SELECT * FROM \"lake\".\"win log\" WHERE ")]
    [InlineData("sweep", "FROM \"lake\".\"win log\"")]
    public void A_table_that_a_pipeline_names_is_searched(string format, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", Rule).With("p.yml", "name: p\npriority: 1\ntransformations: [{type: set_state, key: table, val: 'lake.win log'}]\n");
        Sigmac.Run(folder, "convert", "-q", "-t", "duckdb", "-f", format, "-p", "p.yml", "one.yml").Output.Should().Contain(expected).And.NotContain("events");
    }

    [Fact]
    public void Each_search_of_a_correlation_has_its_table()
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", Rule.Replace("title", "name: one\ntitle") + "---\n" + Rule.Replace("title: One", "name: two\ntitle: Two").Replace("1111", "3333").Replace("test", "other")
                + "---\ntitle: C\nid: 22222222-2222-4222-8222-222222222222\ncorrelation: {type: temporal, rules: [one, two], group-by: [g], timespan: 5m}\n")
            .With("p.yml", "name: p\npriority: 1\ntransformations:\n  - {type: set_state, key: table, val: first, rule_conditions: [{type: logsource, category: test}]}\n"
                + "  - {type: set_state, key: table, val: second, rule_conditions: [{type: logsource, category: other}]}\n");
        string text = Sigmac.Run(folder, "convert", "-q", "-t", "duckdb", "-p", "p.yml", "one.yml").Output;
        text.Should().Contain(" FROM \"first\" WHERE ").And.Contain(" FROM \"second\" WHERE ");
    }

    [Theory]
    [InlineData("splunk", "default", "| table")]
    [InlineData("lucene", "kibana_ndjson", "winlog.event_data.\"")]
    public void An_empty_name_of_a_field_is_said_and_left_out(string target, string format, string without)
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(folder.With("one.yml", Rule + "fields: ['']\n"), "convert", "-t", target, "-f", format, "one.yml");
        run.Output.Should().NotContain(without);
        run.Error.Should().Contain("SIG0208");
    }

    /// <summary>Converts the rule with an override.</summary>
    private static ProgramRun Convert(string target, string format, string settings, params string[] more)
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", Rule);
        if (settings.Length > 0)
        {
            folder.With(".sigmac.yml", $"overrides:\n  - set: {{{settings}}}\n");
        }

        return Sigmac.Run(folder, ["convert", "-v", "-t", target, "-f", format, .. more, "one.yml"]);
    }
}
