using CsCheck;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Eql;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Correlations of ES|QL, which count in fixed stretches, and of EQL, whose sequences move, over random series of events. The fields have the names
/// of the Elastic Common Schema.
/// </summary>
public sealed class ElasticCorrelationTests
{
    private const int Runs = 200;
    private const string Seed = "0N0XIzNsQ0O2";
    private const string Account = "winlog.event_data.Account";

    [Theory]
    [InlineData("event_count", "gte: 3")]
    [InlineData("event_count", "gt: 1, lte: 3")]
    [InlineData("event_count", "eq: 2")]
    [InlineData("event_count", "neq: 2")]
    [InlineData("value_count", "field: Host, gte: 2")]
    [InlineData("value_count", "field: Host, lt: 2")]
    [InlineData("value_sum", "field: Size, gte: 50")]
    [InlineData("value_avg", "field: Size, lt: 12.5")]
    [InlineData("value_median", "field: Size, gt: 20")]
    [InlineData("value_percentile", "field: Size, percentile: 75, gte: 30")]
    public void Figures_of_ESQL_fire_for_fixed_stretches(string type, string condition)
    {
        var bounds = new Bounds(condition);
        foreach (var (byAccount, rules, query) in CorrelationQuery.Figures("esql", type, condition))
        {
            EventSeries.Any.Sample(
                series => Fired(query, series, byAccount).Should().Equal(
                    Sorted(series.Stretches(10, byAccount, rules).Where(s => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, s.Events))).Select(s => $"{s.Account} {s.Start}")),
                    query),
                iter: Runs,
                threads: 1,
                seed: Seed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(", condition: failed and not logon")]
    [InlineData(", condition: {gte: 1}")]
    public void Temporal_of_ESQL_fires_for_fixed_stretches(string condition)
    {
        var query = CorrelationQuery.Of("esql", $"type: temporal, rules: [failed, logon], group-by: Account, timespan: 10m{condition}");
        EventSeries.Any.Sample(
            series => Fired(query, series, true).Should().Equal(
                Sorted(series.Stretches(10, true, "failed", "logon")
                    .Where(s => (s.Events.Any(e => e.EventId == 4625), s.Events.Any(e => e.EventId == 4624)) is var (failed, logon)
                        && (condition.Length == 0 ? failed && logon : condition.Contains("not") ? failed && !logon : failed || logon))
                    .Select(s => $"{s.Account} {s.Start}")),
                query),
            iter: Runs,
            threads: 1,
            seed: Seed);
    }

    [Fact]
    public void Aliases_of_ESQL_group_by_what_each_rule_calls_it()
    {
        var query = CorrelationQuery.Of("esql", "type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h");
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y")),
            EngineEvent.Of(2, "Security", 4720, ("Account", "z"), ("Host", "x")),
            EngineEvent.Of(3, "Security", 4720, ("Account", "y"), ("Host", "q")),
        ];
        EsqlEngine.Run(query, events.Select(Named)).Select(row => row["who"]).Should().Equal("x");

        // CASE takes values of one type, and the fields of two rules may have two.
        query.Should().MatchRegex(@"TO_STRING\([\w.]*Account\)").And.MatchRegex(@"TO_STRING\([\w.]*Host\)");
    }

    /// <summary>One event is no two rules that match for one account, where they call its field otherwise.</summary>
    [Fact]
    public void An_event_of_two_rules_is_not_both_of_them_for_the_account_of_one()
    {
        var documents = RuleReader.Read(new SourceText("rule.yml", """
            title: A
            name: a
            logsource: {product: windows, service: security}
            detection: {s: {EventID: 4625}, condition: s}
            ---
            title: B
            name: b
            logsource: {product: windows, service: security}
            detection: {s: {Host: '*'}, condition: s}
            ---
            title: Both
            correlation: {type: temporal, rules: [a, b], aliases: {who: {a: Account, b: Host}}, group-by: who, timespan: 1h}
            """));
        var query = new Compiler([OwnTarget.Of("esql")]).Convert(documents, RuleSet.Link(documents)).Last().Query!;

        EsqlEngine.Run(query, [Named(EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y")))]).Should().BeEmpty();
        EsqlEngine.Run(query, [Named(EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y"))), Named(EngineEvent.Of(2, "Security", 1, ("Host", "x")))])
            .Select(row => row["who"]).Should().Equal("x");
    }

    [Theory]
    [InlineData(2, "gte: 2")]
    [InlineData(4, "gt: 3")]
    public void Runs_of_EQL_end_where_the_moving_window_has_so_many_events(int least, string condition)
    {
        foreach (var byAccount in new[] { true, false })
        {
            var query = CorrelationQuery.Of("eql", $"type: event_count, rules: failed, {(byAccount ? "group-by: Account, " : "")}timespan: 20m, condition: {{{condition}}}");
            Distinct.Sample(
                series => EqlEngine.Ends(query, series.Events.Select(Named)).Should().BeEquivalentTo(
                    series.MovingWindows(20, byAccount, "failed").Where(w => w.Events.Count >= least).Select(w => w.Last.RecordId), query),
                iter: Runs,
                threads: 1,
                seed: Seed);
        }
    }

    [Fact]
    public void Sequences_of_EQL_end_where_rules_match_in_order_and_find_the_first_of_each_group()
    {
        string[] rules = ["failed", "logon", "created"];
        var query = CorrelationQuery.Of("eql", "type: temporal_ordered, rules: [failed, logon, created], group-by: Account, timespan: 60m");
        var found = 0;
        Distinct.Sample(
            series =>
            {
                var due = series.MovingWindows(60, true, rules).Where(w => EventSeries.EndsRow(w.Events, w.Last, rules)).Select(w => w.Last).ToList();
                var ends = EqlEngine.Ends(query, series.Events.Select(Named));
                found += ends.Count;
                ends.Should().BeSubsetOf(due.Select(e => e.RecordId), query);
                foreach (var group in due.GroupBy(e => e.Data["Account"]))
                {
                    ends.Should().Contain(group.OrderBy(e => e.Time).First().RecordId);
                }
            },
            iter: Runs,
            threads: 1,
            seed: Seed);
        found.Should().BeGreaterThan(20);
    }

    [Theory]
    [InlineData("esql", "type: temporal_ordered, rules: [failed, logon], timespan: 1h")]
    [InlineData("eql", "type: temporal, rules: [failed, logon], timespan: 1h")]
    [InlineData("eql", "type: event_count, rules: failed, timespan: 1h, condition: {lt: 3}")]
    [InlineData("eql", "type: event_count, rules: failed, timespan: 1h, condition: {gte: 101}")]
    [InlineData("eql", "type: event_count, rules: failed, timespan: 1h, condition: {gte: 2, lt: 9}")]
    [InlineData("eql", "type: value_sum, rules: failed, timespan: 1h, condition: {field: Size, gte: 3}")]
    public void What_a_language_cannot_say_is_refused(string target, string correlation)
    {
        var conversion = CorrelationQuery.Convert(target, correlation);
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Select(d => d.Code.Id).Should().Contain("SIG0606");
    }

    /// <summary>Series of which no two events have the same time.</summary>
    private static Gen<EventSeries> Distinct => EventSeries.Any.Where(series => series.Events.DistinctBy(EventSeries.Seconds).Count() == series.Events.Count);

    private static IEnumerable<string> Fired(string query, EventSeries series, bool byAccount) => Sorted(EsqlEngine.Run(query, series.Events.Select(Named))
        .Select(row => $"{(byAccount ? row[Account] : null)} {(long)((DateTime)row["sigma_window"]! - DateTime.UnixEpoch).TotalSeconds}"));

    private static IEnumerable<string> Sorted(IEnumerable<string> rows) => rows.Order(StringComparer.Ordinal);

    /// <summary>The event with the names that the pipelines give.</summary>
    private static EngineEvent Named(EngineEvent e) => e with
    {
        Data = e.Data.ToDictionary(item => "winlog.event_data." + item.Key, item => item.Value)
            .Append(KeyValuePair.Create("event.code", (string?)e.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("winlog.channel", (string?)e.Channel)).ToDictionary(),
    };
}
