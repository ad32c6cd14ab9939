namespace Sigma.Tests.CommandLine;

/// <summary>Formats that write one text for all rules, by the format <c>sweep</c> of the SQL targets.</summary>
public sealed class SweepTests : IDisposable
{
    private const string Correlation = "title: c\ncorrelation: {type: event_count, rules: [a], timespan: 5m, condition: {gte: 3}}\n";

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", OfLog("a", "process", "{f: 1, g: x}"))
        .With("rules/b.yml", OfLog("b", "process", "{f: 1, g: y}"))
        .With("rules/c.yml", OfLog("c", "dns", "{q: z}"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_source_is_one_statement_and_what_all_its_rules_require_stands_once()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "clickhouse", "-f", "sweep", "-O", "event=id", "rules");

        run.Error.Should().Be("sigmac: 3 rules, 3 converted, 0 failed\n");
        run.Output.Should().Be("""
            -- process: 2 rules
            SELECT
              ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'][sigma_hit] AS rule,
              ['a', 'b'][sigma_hit] AS title,
              ['medium', 'medium'][sigma_hit] AS level, sigma_time AS time, sigma_event AS event
            FROM (SELECT sigma_time, sigma_event, arrayJoin(sigma_hits) AS sigma_hit FROM (SELECT `timestamp` AS sigma_time, `id` AS sigma_event, arrayFilter(sigma_h -> sigma_h > 0, [
              if(lowerUTF8(toString(`g`)) = lowerUTF8('x'), 1, 0),
              if(lowerUTF8(toString(`g`)) = lowerUTF8('y'), 2, 0)
            ]) AS sigma_hits FROM events WHERE toString(`f`) = '1' AND notEmpty(sigma_hits)) AS sigma_lists) AS sigma_found;

            -- dns: 1 rule
            SELECT
              ['00000000-0000-0000-0000-00000000000c'][sigma_hit] AS rule,
              ['c'][sigma_hit] AS title,
              ['medium'][sigma_hit] AS level, sigma_time AS time, sigma_event AS event
            FROM (SELECT sigma_time, sigma_event, arrayJoin(sigma_hits) AS sigma_hit FROM (SELECT `timestamp` AS sigma_time, `id` AS sigma_event, arrayFilter(sigma_h -> sigma_h > 0, [
              if(true, 1, 0)
            ]) AS sigma_hits FROM events WHERE lowerUTF8(toString(`q`)) = lowerUTF8('z') AND notEmpty(sigma_hits)) AS sigma_lists) AS sigma_found;

            """);
    }

    [Fact]
    public void A_rule_that_cannot_be_written_is_refused_and_the_others_stay()
    {
        folder.With("rules/d.yml", OfLog("d", "process", "{h|re: '(?=x)y'}")).With("rules/e.yml", Correlation);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "rules/b.yml", "rules/d.yml");
        ProgramRun counted = Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "--skip-unsupported", "rules");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/d.yml:5:23: error SIG0604").And.EndWith("2 rules, 1 converted, 0 failed, 1 unsupported\n");
        run.Output.Should().StartWith("-- process: 1 rule\n").And.Contain("'b'").And.NotContain("'d'");
        counted.ExitCode.Should().Be(0);
        counted.Error.Should().Contain("rules/e.yml:2:14: warning SIG0606").And.Contain("the format 'sweep' has no event_count");
    }

    [Fact]
    public void Without_a_rule_there_is_no_script()
    {
        folder.With("only/d.yml", OfLog("d", "process", "{h|re: '(?=x)y'}"));

        Sigmac.Run(folder, "convert", "-q", "-t", "duckdb", "-f", "sweep", "only").Output.Should().BeEmpty();
    }

    [Fact]
    public void Statements_are_cut_where_an_option_says()
    {
        Statements("-O", "statement_rules=1").Should().Equal("-- process: 1 rule", "-- process: 1 rule", "-- dns: 1 rule");
        Statements("-O", "statement_bytes=400").Should().Equal("-- process: 1 rule", "-- process: 1 rule", "-- dns: 1 rule");
        Statements("-O", "statement_bytes=900").Should().Equal("-- process: 2 rules", "-- dns: 1 rule");
        Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "-O", "statement_rules=x", "rules").Error.Should().Contain("SIG0706");
    }

    [Fact]
    public void A_rule_that_is_longer_than_a_statement_may_be_is_refused()
    {
        folder.With("rules/long.yml", OfLog("l", "dns", $"{{q: {new string('x', 500)}}}"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "-O", "statement_bytes=500", "rules");

        run.Error.Should().Contain("rules/long.yml:5").And.MatchRegex("error SIG0601: DuckDB cannot express this rule: its conditions have 5\\d\\d bytes, and a statement has at most 500\n");
        run.Output.Should().Contain("-- dns: 1 rule\n").And.NotContain("xxx");
    }

    [Fact]
    public void A_pipeline_names_the_table_of_a_log_source()
    {
        folder.With("p.yml", "name: p\ntransformations:\n  - {type: set_state, key: table, val: 'lake.a\"b', rule_conditions: [{type: logsource, category: dns}]}\n");

        string output = Sigmac.Run(folder, "convert", "-t", "postgres", "-f", "sweep", "-p", "p.yml", "-O", "into=hits", "rules").Output;

        output.Should().Contain(" FROM events AS sigma_row WHERE ").And.Contain(" FROM \"lake\".\"a\"\"b\" AS sigma_row WHERE ").And.Contain("\nINSERT INTO hits\nSELECT\n");
    }

    [Fact]
    public void Texts_of_rules_stay_in_their_quotes_and_comments()
    {
        folder.With("hostile/a.yml", "title: \"x'; DROP TABLE events; --\\n\\\\\"\nid: \"1'\\\\\"\nlogsource: {category: \"a\\n; DROP TABLE events\"}\ndetection: {s: {f: x}, condition: s}\n");

        string output = Sigmac.Run(folder, "convert", "-q", "-t", "duckdb", "-f", "sweep", "hostile").Output;

        output.Should().StartWith("-- a-DROP-TABLE-events: 1 rule\nSELECT\n  ['1''\\'][sigma_hit] AS rule,\n  ['x''; DROP TABLE events; -- \\'][sigma_hit] AS title,\n");
        output.Count(c => c == ';').Should().Be(3);
    }

    [Fact]
    public void Several_conditions_of_a_rule_are_one()
    {
        folder.With("two/a.yml", "title: a\nlogsource: {category: x}\ndetection: {s: {f: 1, g: x}, t: {f: 1, h: y}, condition: [s, t]}\n");

        Sigmac.Run(folder, "convert", "-q", "-t", "sqlite", "-f", "sweep", "two").Output.Should()
            .Contain("  json_array(CASE WHEN (lower(CAST(`g` AS TEXT)) = lower('x') OR lower(CAST(`h` AS TEXT)) = lower('y')) THEN 1 END)\n")
            .And.Contain(" FROM events WHERE CAST(`f` AS TEXT) = '1') ");
    }

    [Fact]
    public void With_records_each_rule_is_a_text_of_its_own_and_pipelines_act_on_what_they_can()
    {
        folder.With("p.yml", "name: p\ntransformations: []\npostprocessing:\n  - {type: embed, prefix: '/* one */'}\nfinalizers:\n  - {type: concat, prefix: '/* all */'}\n");

        ProgramRun records = Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "-p", "p.yml", "--json", "rules");
        ProgramRun script = Sigmac.Run(folder, "convert", "-t", "duckdb", "-f", "sweep", "-p", "p.yml", "rules");

        records.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3).And.OnlyContain(line => line.Contains("\"query\":\"/* one */-- ", StringComparison.Ordinal));
        script.Output.Should().StartWith("/* all */-- process: 2 rules\n").And.NotContain("/* one */");
        script.Error.Should().Contain("sigmac: the postprocessing for duckdb is skipped, because the format 'sweep' writes one text with all rules\n");
    }

    private IEnumerable<string> Statements(params string[] options) =>
        Sigmac.Run(folder, ["convert", "-q", "-t", "duckdb", "-f", "sweep", .. options, "rules"]).Output.Split('\n').Where(line => line.StartsWith("--", StringComparison.Ordinal));

    private static string OfLog(string title, string category, string detection) =>
        $"title: {title}\nid: 00000000-0000-0000-0000-00000000000{title}\nname: {title}\nlogsource: {{category: {category}}}\ndetection: {{s: {detection}, condition: s}}\n";
}
