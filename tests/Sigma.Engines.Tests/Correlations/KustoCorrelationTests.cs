using CsCheck;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Kusto;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Correlations of kql over random series of events, on the interpreter: where windows move, a query finds exactly the times at which a
/// window ends that fulfils the condition; where it has fixed stretches of time, those that do. Events of one time are in no order, so the
/// times are compared, not the events.
/// </summary>
public sealed class KustoCorrelationTests
{
    [Theory]
    [InlineData("gte: 3", 3)]
    [InlineData("gt: 1", 2)]
    [InlineData("gt: 1.5", 2)]
    [InlineData("gte: 1.5", 2)]
    [InlineData("gte: 1", 1)]
    public void Counts_of_events_move_with_them(string condition, int least)
    {
        foreach (var (byAccount, rules) in new[] { (true, new[] { "failed" }), (false, ["failed"]), (true, ["failed", "logon"]) })
        {
            var query = Query($"type: event_count, rules: [{string.Join(", ", rules)}], {(byAccount ? "group-by: Account, " : "")}timespan: 10m, condition: {{{condition}}}");
            Check(query, series => series.MovingWindows(10, byAccount, rules).Where(w => w.Events.Count >= least).Select(w => w.Last));
        }
    }

    [Theory]
    [InlineData("event_count", "gt: 1, lte: 3")]
    [InlineData("event_count", "eq: 2")]
    [InlineData("value_count", "field: Host, gte: 2")]
    [InlineData("value_sum", "field: Size, gte: 50")]
    [InlineData("value_avg", "field: Size, gt: 20")]
    public void Other_figures_are_those_of_fixed_stretches(string type, string condition)
    {
        var bounds = new Bounds(condition);
        var correlation = $"type: {type}, rules: failed, group-by: Account, timespan: 15m, condition: {{{condition}}}";
        Convert(correlation).Diagnostics.Should().ContainSingle(finding => finding.Code.Id == "SIG0608");
        EventSeries.Any.Sample(
            series => Lines(Run(Query(correlation), series).Select(row => $"{row["Account"]} {Seconds(row["sigma_window"])}"))
                .Should().Be(Lines(series.Stretches(15, true, "failed").Where(s => bounds.Hold(EventSeries.Figure(type, 0, s.Events))).Select(s => $"{s.Account} {s.Start}"))),
            iter: 60, threads: 1, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData("temporal", "rules: [failed, logon]", "failed logon", "")]
    [InlineData("temporal", "rules: [failed, logon, created]", "failed logon created", "")]
    [InlineData("temporal", "condition: failed and logon and not created", "failed logon", "created")]
    [InlineData("temporal_ordered", "rules: [failed, logon]", "failed logon", "")]
    [InlineData("temporal_ordered", "rules: [failed, logon, created]", "failed logon created", "")]
    [InlineData("temporal_ordered", "condition: failed and logon and not created", "failed logon", "created")]
    public void Rules_fire_together_in_moving_windows(string type, string which, string there, string absent)
    {
        var rules = there.Split(' ');
        string[] all = [.. rules, .. absent.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Check(Query($"type: {type}, {which}, group-by: Account, timespan: 15m"), series => series.MovingWindows(15, true, all)
            .Where(w => type == "temporal" ? EventSeries.AllThere(w.Events, false, rules) : EventSeries.HasRow(w.Events, w.Last, absent, rules))
            .Where(w => absent.Length == 0 || !EventSeries.AllThere(w.Events, false, absent)).Select(w => w.Last));
    }

    [Fact]
    public void A_chain_counts_first_and_orders_then() =>
        Check(Query("type: event_count, rules: failed, group-by: Account, timespan: 5m, condition: {gte: 2}}\nname: many\n---\ntitle: Chain\n"
            + "correlation: {type: temporal_ordered, rules: [many, logon], group-by: Account, timespan: 1h"), series =>
        {
            var many = series.MovingWindows(5, true, "failed").Where(w => w.Events.Count >= 2).Select(w => w.Last).ToList();
            return series.MovingWindows(60, true, "failed", "logon").Where(w => w.Last.EventId == 4624)
                .Where(w => many.Exists(m => m.Data["Account"] == w.Last.Data["Account"] && EventSeries.Seconds(m) < EventSeries.Seconds(w.Last) && EventSeries.Seconds(m) >= EventSeries.Seconds(w.Last) - 3600))
                .Select(w => w.Last);
        });

    [Fact]
    public void Aliases_group_by_what_each_rule_calls_it()
    {
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 4625, ("Account", "x"), ("Host", "y")),
            EngineEvent.Of(2, "Security", 4720, ("Account", "z"), ("Host", "x")),
            EngineEvent.Of(3, "Security", 4720, ("Account", "y"), ("Host", "q")),
        ];
        KustoEngine.Run(Query("type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h"), KustoEngine.Tables(events))
            .Select(row => row["who"]).Should().Equal("x");
    }

    [Fact]
    public void Each_rule_is_looked_for_in_its_own_table()
    {
        var documents = RuleReader.Read(new SourceText("rule.yml", """
            title: started
            name: started
            logsource: {product: windows, category: process_creation}
            detection: {selection: {Image|endswith: '\x.exe'}, condition: selection}
            ---
            title: connected
            name: connected
            logsource: {product: windows, category: network_connection}
            detection: {selection: {DestinationPort: 443}, condition: selection}
            ---
            title: both
            correlation: {type: temporal, rules: [started, connected], group-by: Computer, timespan: 5m}
            """));
        var query = new Compiler([OwnTarget.Of("kql")]).Convert(documents, RuleSet.Link(documents)).Last().Query!;
        query.Should().StartWith("""
            union (DeviceProcessEvents
                | where (ActionType =~ "ProcessCreated" and FolderPath endswith "\\x.exe")
                | project sigma_rule = "started", sigma_time = Timestamp, DeviceName = DeviceName), (DeviceNetworkEvents
                | where (not(ActionType in~ ("ConnectionFailed", "ListeningConnectionCreated")) and RemotePort == 443)
                | project sigma_rule = "connected", sigma_time = Timestamp, DeviceName = DeviceName)
            """.ReplaceLineEndings("\n"));
    }

    private static Conversion Convert(string correlation) => CorrelationQuery.Convert(FidelityTarget(), correlation);

    private static string Query(string correlation) =>
        Convert(correlation) is var conversion && conversion.Query is { } query ? query : throw new InvalidOperationException(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));

    private static CompilerTarget FidelityTarget() => Fidelity.FidelityTargets.All.Single(target => target.Name == "kql").Target();

    private static IReadOnlyList<KustoRow> Run(string query, EventSeries series) => KustoEngine.Run(query, KustoEngine.Tables(series.Events));

    private static void Check(string query, Func<EventSeries, IEnumerable<EngineEvent>> due) =>
        EventSeries.Any.Where(series => series.Events.DistinctBy(e => e.Time).Count() == series.Events.Count).Sample(
            series => Lines(Run(query, series).Select(row => Seconds(row["sigma_time"])))
                .Should().Be(Lines(due(series).Select(e => EventSeries.Seconds(e).ToString(System.Globalization.CultureInfo.InvariantCulture))), query),
            iter: 60, threads: 1, seed: "0N0XIzNsQ0O2");

    private static string Seconds(object? time) => ((long)((DateTime)time! - DateTime.UnixEpoch).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Distinct().Order(StringComparer.Ordinal));
}
