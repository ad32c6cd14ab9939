using System.Text.Json;
using Sigma.Cli;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Tests.Logs;

namespace Sigma.Tests.CommandLine;

/// <summary>Events of several files are one story: correlations count them in the order of their times, and matches can be written so.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class TimelineTests : IDisposable
{
    private const string Rules = """
        title: Logon
        name: logon
        level: low
        logsource: {product: windows, service: security}
        detection: {s: {EventID: 4624}, condition: s}
        ---
        title: Service
        name: service
        level: high
        logsource: {product: windows, service: system}
        detection: {s: {EventID: 7045}, condition: s}
        ---
        title: Logon, then a service
        level: critical
        correlation: {type: temporal_ordered, rules: [logon, service], group-by: [Computer], timespan: 10m, generate: true}
        """;

    // The file that is named first has what happened last.
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules.yml", Rules)
        .With("a-system.ndjson", SystemLog("03:05:00", "c1") + SystemLog("03:55:00", "c2"))
        .With("b-security.ndjson", Security("03:00:00", "c1") + Security("03:59:00", "c2") + Security("03:59:01", "c2"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Correlations_count_over_files_in_the_order_of_times()
    {
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "a-system.ndjson", "b-security.ndjson");

        run.Lines.Where(line => line.Contains("then a service")).Should().ContainSingle().Which.Should()
            .Contain("\"Computer\":\"c1\"").And.Contain("\"time\":\"2026-01-02T03:05:00Z\"").And.Contain("\"file\":\"a-system.ndjson\"").And.Contain("\"from\":\"2026-01-02T03:00:00Z\"");
        Sigmac.Run(folder, "match", "-r", "rules.yml", "b-security.ndjson", "a-system.ndjson").Lines.Count(line => line.Contains("then a service")).Should().Be(1);
    }

    [Fact]
    public void Matches_are_sorted_on_demand()
    {
        Times("match", "-r", "rules.yml", "a-system.ndjson", "b-security.ndjson").Should().NotBeInAscendingOrder();
        string[] sorted = Times("match", "-r", "rules.yml", "--sort", "a-system.ndjson", "b-security.ndjson");
        sorted.Should().HaveCount(6).And.BeInAscendingOrder();
    }

    [Fact]
    public void A_time_span_bounds_the_matches()
    {
        Times("match", "-r", "rules.yml", "--from", "2026-01-02T03:30:00Z", "b-security.ndjson").Should().Equal("2026-01-02T03:59:00Z", "2026-01-02T03:59:01Z");
        Times("match", "-r", "rules.yml", "--to", "2026-01-02 03:59:01", "b-security.ndjson").Should().Equal("2026-01-02T03:00:00Z", "2026-01-02T03:59:00Z");
        ProgramRun none = Sigmac.Run(folder, "match", "-r", "rules.yml", "--from", "2026-01-02", "--to", "2026-01-02", "b-security.ndjson");
        none.ExitCode.Should().Be(2);
        none.Error.Should().Contain("no time is from --from on and before --to");

        ProgramRun wrong = Sigmac.Run(folder, "match", "-r", "rules.yml", "--from", "yesterday", "b-security.ndjson");
        wrong.ExitCode.Should().Be(2);
        wrong.Error.Should().Contain("--from takes a time such as 2026-01-02T03:04:05Z, not 'yesterday'");
    }

    [Fact]
    public void A_timeline_is_in_order_and_folds_repeats()
    {
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "-f", "timeline", "a-system.ndjson", "b-security.ndjson");

        string[][] lines = [.. run.Lines.Select(line => System.Text.RegularExpressions.Regex.Split(line, " {2,}"))];
        lines[0].Should().Equal("TIME", "LEVEL", "HOST", "CHANNEL", "PROVIDER", "EVENT", "RECORD", "RULE", "DETAILS");
        lines.Skip(1).Select(line => (line[0], line[2], line[7])).Should().Equal(
            ("2026-01-02 03:00:00.000", "c1", "Logon"),
            ("2026-01-02 03:05:00.000", "c1", "Service"),
            ("2026-01-02 03:05:00.000", "-", "Logon, then a service"),
            ("2026-01-02 03:55:00.000", "c2", "Service"),
            ("2026-01-02 03:59:00.000", "c2", "Logon"));
        run.Lines[^1].Should().EndWith("EventID=4624 (and 1 more like it, until 03:59:01)");
    }

    [Fact]
    public void A_summary_counts_by_rule_level_host_and_hour()
    {
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "-f", "summary", "a-system.ndjson", "b-security.ndjson");

        run.Output.Should().Be("""
            HITS      PER DAY   LEVEL          HOSTS  FIRST                LAST                 RULE
            3         3         low            2      2026-01-02 03:00:00  2026-01-02 03:59:01  Logon
            2         2         high           2      2026-01-02 03:05:00  2026-01-02 03:55:00  Service
            1         1         critical       -      2026-01-02 03:05:00  2026-01-02 03:05:00  Logon, then a service

            HITS      HOST                CHANNEL                       PROVIDER                      EVENT  RECORDS          RULE
            2         c2                  Security                      -                             4624   -                Logon
            1         c1                  Security                      -                             4624   -                Logon
            1         c1                  System                        -                             7045   -                Service
            1         c2                  System                        -                             7045   -                Service
            1         without a place

            HITS      LEVEL
            3         low
            2         high
            1         critical

            HITS      HOST
            3         c2
            2         c1
            1         without a host

            HITS      HOUR (UTC)
            6         2026-01-02 03:00

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_rows_of_a_summary_add_up_to_all_hits()
    {
        folder.With("r.yml", "title: T\nlogsource: {category: test}\ndetection: {s: {k: v}, condition: s}\n")
            .With("e.ndjson", """
                {"k":"v","Computer":"c1","time":"2026-01-02T03:00:00Z"}
                {"k":"v"}
                {"k":"v","time":"2026-01-02T03:00:01Z"}

                """);

        string[] tables = Sigmac.Run(folder, "match", "-r", "r.yml", "-f", "summary", "e.ndjson").Output.Split("\n\n");

        tables.Should().HaveCount(5).And.AllSatisfy(table => table.Split('\n').Skip(1).Where(row => row.Length > 0).Sum(row => int.Parse(row.Split(' ')[0])).Should().Be(3, table));
        tables[^1].Should().EndWith("1         without a time\n");
    }

    /// <summary>Two rules that match each of many events take turns, and still have one line each.</summary>
    [Theory]
    [InlineData("table")]
    [InlineData("timeline")]
    public void Repeats_are_folded_though_others_come_between(string format)
    {
        folder.With("two.yml", Rules.Split("---")[0] + "---\n" + Rules.Split("---")[0].Replace("title: Logon", "title: Again").Replace("name: logon", "name: again"))
            .With("noise.ndjson", string.Concat(Enumerable.Range(0, 50).Select(i => Security($"03:{i:00}:00", "c1"))) + Security("04:30:00", "c1") + Security("04:31:00", "c2"));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "two.yml", "-f", format, "noise.ndjson");

        run.Lines.Where(line => line.Contains("Logon")).Select(line => (line[..19], System.Text.RegularExpressions.Regex.Split(line, " {2,}")[^1])).Should().Equal(
            ("2026-01-02 03:00:00", format == "table" ? "50 × EventID=4624" : "EventID=4624 (and 49 more like it, until 03:49:00)"),
            ("2026-01-02 04:30:00", "EventID=4624"),
            ("2026-01-02 04:31:00", "EventID=4624"));
        run.Lines.Count(line => line.Contains("Again")).Should().Be(3);
        Sigmac.Run(folder, "match", "-r", "two.yml", "-f", "ndjson", "noise.ndjson").Lines.Should().HaveCount(104, "records are never folded");
        Sigmac.Run(folder, "match", "-r", "two.yml", "-f", "csv", "noise.ndjson").Lines.Should().HaveCount(105, "nor are rows");
    }

    [Theory]
    [InlineData("table")]
    [InlineData("timeline")]
    [InlineData("summary")]
    public void Host_channel_provider_event_and_record_are_shown(string format)
    {
        folder.With("a.evtx", WindowsRecords.Processes(new EvtxWriter(), 5, "x").ToArray())
            .With("p.yml", "title: P\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine: x}, condition: s}\n");

        string[] lines = Sigmac.Run(folder, "match", "-r", "p.yml", "-f", format, "a.evtx").Lines;
        int names = Array.FindIndex(lines, line => line.Contains("CHANNEL"));
        string row = lines[names + 1];
        foreach ((string name, string value) in (IEnumerable<(string, string)>)
            [("HOST", "WS01.example.com"), ("CHANNEL", "Microsoft-Windows-Sysmon/Operational"), ("PROVIDER", "Microsoft-Windows-Sysmon"), ("EVENT", "1"), ("RECORD", "5")])
        {
            int at = lines[names].IndexOf(name, StringComparison.Ordinal);
            // A table has columns of one width, which longer names leave at their start.
            (format == "table" && name == "CHANNEL" ? row[at..].TrimStart('…') : row[Math.Min(at, row.Length)..]).Should().NotBeEmpty();
            row.Should().Contain(format == "table" && value.Length > 28 ? "…" + value[^27..] : value);
        }
    }

    /// <summary>A terminal of each width has all that fits, and no line is wider.</summary>
    [Theory]
    [InlineData(100, "TIME                 LEVEL     HOST          EVENT  RULE                            MATCHED")]
    [InlineData(160, "TIME                 LEVEL          HOST             CHANNEL             EVENT  RECORD    RULE                                MATCHED")]
    public void A_narrow_terminal_has_fewer_columns(int width, string names)
    {
        using var output = new MemoryStream();
        using (var table = new TableMatchWriter(output, width))
        {
            var rule = new MatchedRule(new Metadata { Title = new string('t', 60), Level = Level.Informational }, "r.yml");
            for (int i = 0; i < 3; i++)
            {
                table.Write(new RuleMatch(rule, DateTimeOffset.UnixEpoch, i + 1, [new MatchedField("f", new string('v', 300))]), new string('p', 80), null);
            }
        }

        string[] lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        lines[0].Should().Be(names);
        lines.Should().HaveCount(2).And.OnlyContain(line => line.Length <= width);
        lines[1].Should().Contain("3 × f=v").And.EndWith("…");
    }

    [Fact]
    public void Noise_is_a_failure_on_demand()
    {
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "--max-hits", "2", "-f", "summary", "a-system.ndjson", "b-security.ndjson");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules.yml: error SIG0856: the rule 'Logon' matches 3 times, and --max-hits allows 2").And.NotContain("'Service'");
        Sigmac.Run(folder, "match", "-r", "rules.yml", "--max-hits", "3", "a-system.ndjson", "b-security.ndjson").ExitCode.Should().Be(0);
        Sigmac.Run(folder, "match", "-r", "rules.yml", "--max-hits", "-1", "a-system.ndjson").ExitCode.Should().Be(2);
        Sigmac.Run(folder, "match", "-r", "rules.yml", "--max-hits", "0", "a-system.ndjson", "b-security.ndjson").Error.Should().Contain("the rule 'Logon, then a service' matches once, and --max-hits allows 0");
    }

    [Fact]
    public void Records_tell_where_an_event_is_from()
    {
        folder.With("a.evtx", WindowsRecords.Processes(new EvtxWriter(), 5, "x").ToArray())
            .With("p.yml", "title: P\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine: x}, condition: s}\n");

        using JsonDocument record = JsonDocument.Parse(Sigmac.Run(folder, "match", "-r", "p.yml", "a.evtx").Output);
        record.RootElement.GetProperty("origin").GetRawText().Should().Be(
            "{\"computer\":\"WS01.example.com\",\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"provider\":\"Microsoft-Windows-Sysmon\",\"event_id\":\"1\",\"record\":\"5\"}");
    }

    /// <summary>Files that are sorted are merged, so that much more than fits in memory is in order, and counted so; a file that is not is said.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sorted_files_are_merged_in_little_memory(bool sorted)
    {
        // A megabyte is some two thousand events; each file has thirty thousand, an hour's, and one batch of it a few thousand.
        string[] Times(int offset) => [.. Enumerable.Range(0, 30_000).Select(i => $"0{3 + (i / 15_000)}:{i / 250 % 60:00}:{((i * 2) + offset) / 9 % 55:00}")];
        string[] first = [.. Times(0).Order(StringComparer.Ordinal)], second = [.. Times(1).Order(StringComparer.Ordinal)];
        if (!sorted)
        {
            Array.Reverse(second);
        }

        folder.With("one.ndjson", string.Concat(first.Select(time => Security(time, "c3")))).With("two.ndjson", string.Concat(second.Select(time => SystemLog(time, "c4"))));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "--sort", "--correlation-memory", "4", "one.ndjson", "two.ndjson");

        string[] times = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement).Where(record => record.TryGetProperty("origin", out _)).Select(record => record.GetProperty("time").GetString()!)];
        times.Should().HaveCount(60_000);
        if (sorted)
        {
            run.Error.Should().NotContain("SIG0855");
            times.Should().BeInAscendingOrder(StringComparer.Ordinal);
        }
        else
        {
            run.Error.Should().Contain("warning SIG0855: not all events are in the order of their times: more matched than fit in 4 MB");
        }
    }

    [Fact]
    public void What_does_not_fit_in_memory_is_said()
    {
        // A megabyte is some two thousand events.
        folder.With("many.ndjson", string.Concat(Enumerable.Range(0, 2_500).Select(i => Security($"03:00:{i % 60:00}", "c1"))));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rules.yml", "--correlation-memory", "1", "many.ndjson", "a-system.ndjson");

        run.Error.Should().Contain("warning SIG0855: not all events are in the order of their times: more matched than fit in 1 MB");
        run.Lines.Count(line => line.Contains("\"Logon\"")).Should().Be(2_500);
    }

    private static string SystemLog(string time, string computer) => $$"""{"EventID":7045,"Channel":"System","Computer":"{{computer}}","@timestamp":"2026-01-02T{{time}}Z"}""" + "\n";

    private static string Security(string time, string computer) => $$"""{"EventID":4624,"Channel":"Security","Computer":"{{computer}}","@timestamp":"2026-01-02T{{time}}Z"}""" + "\n";

    private string[] Times(params string[] arguments) => [.. Sigmac.Run(folder, arguments).Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("time").GetString()!)];
}
