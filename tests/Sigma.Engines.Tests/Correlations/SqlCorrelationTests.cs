using System.Globalization;
using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Sql;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Correlations of the SQL targets over random series of events. Their windows move, as those of the specification do: a statement
/// has to find exactly the events at which a window ends that fulfils the condition.
/// </summary>
public sealed class SqlCorrelationTests(ITestOutputHelper log)
{
    private static readonly Dictionary<string, Func<string, string, IReadOnlyList<EngineEvent>, IEnumerable<object?[]>>> Engines = new()
    {
        ["duckdb"] = DuckDbEngine.Run,
        ["sqlite"] = SqliteEngine.Run,
        ["postgres"] = NodeSqlEngine.Postgres.Run,
        ["clickhouse"] = NodeSqlEngine.ClickHouse.Run,
    };

    public static TheoryData<string> Targets => [.. Engines.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Figures_are_those_of_moving_windows(string target)
    {
        if (Missing(target))
        {
            return;
        }

        foreach (var (type, condition) in new[]
        {
            ("event_count", "gte: 3"), ("event_count", "gt: 1, lte: 3"), ("event_count", "eq: 2"), ("event_count", "neq: 2"), ("value_count", "field: Host, gte: 2"),
            ("value_count", "field: Host, lt: 2"), ("value_sum", "field: Size, gte: 50"), ("value_avg", "field: Size, gt: 20"), ("value_avg", "field: Size, lt: 12.5"),
            ("value_median", "field: Size, gte: 18"), ("value_percentile", "field: Size, percentile: 75, gte: 18"), ("value_percentile", "field: Size, percentile: 0, lte: 9"),
            ("value_percentile", "field: Size, percentile: 99.5, gte: 30"), ("value_percentile", "field: Size, percentile: 100, gte: 30"),
        })
        {
            if (target == "sqlite" && (type is "value_median" or "value_percentile"))
            {
                continue;
            }

            var bounds = new Bounds(condition);
            foreach (var (byAccount, rules, query) in CorrelationQuery.Figures(target, type, condition))
            {
                Check(target, query, series => series.MovingWindows(10, byAccount, rules)
                    .Where(w => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, w.Events))).Select(w => w.Last));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Rules_fire_together_in_moving_windows(string target)
    {
        if (Missing(target))
        {
            return;
        }

        foreach (var (type, which, there, absent) in new[]
        {
            ("temporal", "rules: [failed, logon]", "failed logon", ""), ("temporal", "rules: [failed, logon, created]", "failed logon created", ""),
            ("temporal", "condition: failed and logon and not created", "failed logon", "created"),
            ("temporal_ordered", "rules: [failed, logon]", "failed logon", ""), ("temporal_ordered", "rules: [failed, logon, created]", "failed logon created", ""),
            ("temporal_ordered", "condition: failed and logon and not created", "failed logon", "created"),
        })
        {
            var rules = there.Split(' ');
            string[] all = [.. rules, .. absent.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            var query = CorrelationQuery.Of(target, $"type: {type}, {which}, group-by: Account, timespan: 15m");
            Check(target, query, series => series.MovingWindows(15, true, all)
                .Where(w => type == "temporal" ? EventSeries.AllThere(w.Events, false, rules) : EventSeries.HasRow(w.Events, w.Last, absent, rules))
                .Where(w => absent.Length == 0 || !EventSeries.AllThere(w.Events, false, absent)).Select(w => w.Last));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_chain_counts_first_and_orders_then(string target)
    {
        if (Missing(target))
        {
            return;
        }

        var query = CorrelationQuery.Of(target,
            "type: event_count, rules: failed, group-by: Account, timespan: 5m, condition: {gte: 2}}\nname: many\n---\ntitle: Chain\n" +
            "correlation: {type: temporal_ordered, rules: [many, logon], group-by: Account, timespan: 1h");
        Check(target, query, series =>
        {
            var many = series.MovingWindows(5, true, "failed").Where(w => w.Events.Count >= 2).Select(w => w.Last).ToList();
            return series.MovingWindows(60, true, "failed", "logon").Where(w => w.Last.EventId == 4624)
                .Where(w => many.Exists(m => m.Data["Account"] == w.Last.Data["Account"] && EventSeries.Seconds(m) < EventSeries.Seconds(w.Last) && EventSeries.Seconds(m) >= EventSeries.Seconds(w.Last) - 3600))
                .Select(w => w.Last);
        });
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Aliases_group_by_what_each_rule_calls_it(string target)
    {
        if (Missing(target))
        {
            return;
        }

        var query = CorrelationQuery.Of(target, "type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h");
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y")),
            EngineEvent.Of(2, "Security", 4720, ("Account", "z"), ("Host", "x")),
            EngineEvent.Of(3, "Security", 4720, ("Account", "y"), ("Host", "q")),
        ];
        Engines[target](query, "who", events).Select(row => row[0]).Should().Equal("x", "x");
    }

    private static void Check(string target, string query, Func<EventSeries, IEnumerable<EngineEvent>> due) =>
        EventSeries.Any.Sample(
            series => Rows(Engines[target](query, target is "clickhouse" or "sqlite" ? "`Account`, sigma_time" : "\"Account\", sigma_time", series.Events)
                .Select(row => $"{row[0]} {Convert.ToInt64(row[1], CultureInfo.InvariantCulture) / (target == "clickhouse" ? 1_000 : 1_000_000)}"))
                .Should().Be(Rows(due(series).Select(e => $"{e.Data["Account"]} {EventSeries.Seconds(e)}")), query),
            iter: target is "sqlite" ? 60 : 15, threads: 1, seed: "0N0XIzNsQ0O2");

    private static string Rows(IEnumerable<string> rows) => string.Join('\n', rows.Order(StringComparer.Ordinal));

    private bool Missing(string target)
    {
        var missing = target is "postgres" or "clickhouse" ? NeedsSentence.For(Needs.SqlEngines) : null;
        log.WriteLine(missing ?? target);
        return missing is not null;
    }
}
