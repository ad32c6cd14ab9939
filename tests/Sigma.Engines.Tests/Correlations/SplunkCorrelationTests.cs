using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.Engines.Tests.Engines.Splunk;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Splunk's correlations over random series of events. A search looks at fixed stretches of time where the specification
/// means any window of that length. So each query is held to two things: it fires for exactly the stretches it should, and
/// where the bound is a lower one of a figure that further events cannot lessen (events, distinct values, rules, a sum of
/// numbers that are not negative), whatever it fires for, a window would fire for too: never more than the rule.
/// Other bounds and figures (an upper bound, an average, a middle value) promise no direction.
/// </summary>
public sealed class SplunkCorrelationTests
{
    private const int Runs = 200;

    [Theory]
    [InlineData("event_count", "gte: 3", true)]
    [InlineData("event_count", "gt: 1, lte: 3", false)]
    [InlineData("event_count", "eq: 2", false)]
    [InlineData("event_count", "neq: 2", false)]
    [InlineData("value_count", "field: Host, gte: 2", true)]
    [InlineData("value_count", "field: Host, lt: 2", false)]
    [InlineData("value_sum", "field: Size, gte: 50", true)]
    [InlineData("value_avg", "field: Size, gt: 20", false)]
    [InlineData("value_avg", "field: Size, lt: 12.5", false)]
    [InlineData("value_median", "field: Size, gte: 18", false)]
    [InlineData("value_percentile", "field: Size, percentile: 75, gte: 18", false)]
    [InlineData("value_percentile", "field: Size, percentile: 99.5, gte: 30", false)]
    [InlineData("value_percentile", "field: Size, percentile: 0, lte: 9", false)]
    [InlineData("value_percentile", "field: Size, percentile: 100, gte: 30", false)]
    public void Figures_fire_for_their_stretches(string type, string condition, bool neverMore)
    {
        var bounds = new Bounds(condition);
        foreach (var (byAccount, rules, query) in CorrelationQuery.Figures("splunk", type, condition))
        {
            EventSeries.Any.Sample(series =>
            {
                var fired = Fired(query, series, "_time", byAccount);
                var due = series.Stretches(10, byAccount, rules).Where(s => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, s.Events)));
                Rows(fired).Should().Be(Rows(due.Select(s => $"{s.Account} {s.Start}")), query);
                if (neverMore)
                {
                    var windows = series.Windows(10, byAccount, rules).Where(w => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, w.Events)));
                    Accounts(fired).Except(windows.Select(w => w.Account ?? "")).Should().BeEmpty("a window has what a stretch has");
                }
            }, iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
        }
    }

    [Theory]
    [InlineData("temporal", "rules: [failed, logon]", "failed logon", "")]
    [InlineData("temporal", "rules: [failed, logon, created]", "failed logon created", "")]
    [InlineData("temporal_ordered", "rules: [failed, logon]", "failed logon", "")]
    [InlineData("temporal_ordered", "rules: [failed, logon, created]", "failed logon created", "")]
    [InlineData("temporal", "condition: failed and logon and not created", "failed logon", "created")]
    [InlineData("temporal_ordered", "condition: failed and logon and not created", "failed logon", "created")]
    public void Rules_fire_together(string type, string which, string there, string absent)
    {
        var rules = there.Split(' ');
        string[] all = [.. rules, .. absent.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var ordered = type == "temporal_ordered";
        var query = CorrelationQuery.Of("splunk", $"type: {type}, {which}, group-by: Account, timespan: 15m");
        EventSeries.Any.Sample(series =>
        {
            var fired = Fired(query, series, "_time", byAccount: true);
            var due = series.Stretches(15, true, all).Where(s => EventSeries.AllThere(s.Events, ordered, rules) && !Any(s.Events, absent));
            Rows(fired).Should().Be(Rows(due.Select(s => $"{s.Account} {s.Start}")), query);
            if (absent.Length == 0)
            {
                var windows = series.Windows(15, true, all).Where(w => EventSeries.AllThere(w.Events, ordered, rules));
                Accounts(fired).Except(windows.Select(w => w.Account!)).Should().BeEmpty("a window has what a stretch has");
            }
        }, iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
    }

    [Fact]
    public void A_chain_counts_first_and_orders_then()
    {
        var query = CorrelationChain();
        EventSeries.Any.Sample(series =>
        {
            // The count's time is the beginning of its stretch of five minutes.
            var counts = series.Stretches(5, true, "failed").Where(s => s.Events.Count >= 2).ToList();
            var due = from s in series.Stretches(60, true, "failed", "logon")
                      let first = counts.Where(c => c.Account == s.Account && c.Start / 3600 * 3600 == s.Start).Select(c => (long?)c.Start).Min()
                      where first is not null && s.Events.Any(e => e.EventId == 4624 && EventSeries.Seconds(e) >= first)
                      select $"{s.Account} {s.Start}";
            Rows(Fired(query, series, "_time", byAccount: true)).Should().Be(Rows(due.Distinct()), query);
        }, iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
    }

    [Fact]
    public void Aliases_group_by_what_each_rule_calls_it()
    {
        var query = CorrelationQuery.Of("splunk",
            "type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h");
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y")),
            EngineEvent.Of(2, "Security", 4720, ("Account", "z"), ("Host", "x")),
            EngineEvent.Of(3, "Security", 4720, ("Account", "y"), ("Host", "q")),
        ];
        SplunkEngine.Run(query, events.Select(SplunkEngine.RowOf)).Select(row => row["who"]).Should().Equal("x");
    }

    private static string CorrelationChain() => CorrelationQuery.Of("splunk",
        "type: event_count, rules: failed, group-by: Account, timespan: 5m, condition: {gte: 2}}\nname: many\n---\ntitle: Chain\n" +
        "correlation: {type: temporal_ordered, rules: [many, logon], group-by: Account, timespan: 1h");

    private static string Rows(IEnumerable<string> rows) => string.Join('\n', rows.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Accounts(IEnumerable<string> rows) => rows.Select(row => row.Split(' ')[0]);

    private static bool Any(IReadOnlyList<EngineEvent> events, string rule) => rule.Length > 0 && EventSeries.AllThere(events, false, rule);

    private static IReadOnlyList<string> Fired(string query, EventSeries series, string time, bool byAccount) =>
        [.. SplunkEngine.Run(query, series.Events.Select(SplunkEngine.RowOf)).Select(row => $"{(byAccount ? row["Account"] : "")} {SearchRow.Text(row[time]!)}")];
}
