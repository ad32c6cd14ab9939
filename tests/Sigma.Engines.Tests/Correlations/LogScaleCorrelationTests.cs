using System.Globalization;
using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.LogScale;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Correlations of LogScale over random series of events. Windows move: a query finds exactly the events at which a window ends that fulfils the condition,
/// where events of one time come in the order in which they were stored; correlate() finds exactly the first rule's events of which there is a match.
/// </summary>
public sealed class LogScaleCorrelationTests
{
    private const int Runs = 25;

    [Theory]
    [MemberData(nameof(CorrelationQuery.Conditions), MemberType = typeof(CorrelationQuery))]
    [InlineData("value_percentile", "field: Size, percentile: 75, gte: 18")]
    [InlineData("value_percentile", "field: Size, percentile: 99.5, gte: 30")]
    public void Figures_are_those_of_moving_windows(string type, string condition)
    {
        var bounds = new Bounds(condition);
        foreach (var (byAccount, rules, query) in CorrelationQuery.Figures("logscale", type, condition))
        {
            Check(query, events => Ordered(events, byAccount, rules)
                .Where(last => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, [.. Ordered(events, byAccount, rules)
                    .TakeWhile(e => e != last).Append(last)
                    .Where(e => EventSeries.Seconds(e) >= EventSeries.Seconds(last) - 600 && (!byAccount || e.Data["Account"] == last.Data["Account"]))]))));
        }
    }

    [Fact]
    public void A_median_is_the_50th_percentile() =>
        CorrelationQuery.Of("logscale", "type: value_median, rules: failed, group-by: Account, timespan: 10m, condition: {field: Size, gte: 18}")
            .Should().EndWith("percentile(Size, percentiles=[50], as=value_median)}, {Size=/\\A[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?\\z/ | count(as=sigma_numbers)}], "
                + "span=600s), limit=max) | test(sigma_numbers>0) | test(value_median_50>=18)");

    [Theory]
    [InlineData("temporal", "failed logon")]
    [InlineData("temporal", "failed logon created")]
    [InlineData("temporal_ordered", "failed logon")]
    [InlineData("temporal_ordered", "failed logon created")]
    public void Rules_fire_together(string type, string names)
    {
        var rules = names.Split(' ');
        Check(CorrelationQuery.Of("logscale", $"type: {type}, rules: [{string.Join(", ", rules)}], group-by: Account, timespan: 15m"), events =>
            Ordered(events, true, rules[0]).Where(first => Completes(events, type == "temporal_ordered", rules, [first])));
    }

    [Theory]
    [InlineData("type: temporal, rules: [failed, logon], group-by: Account, timespan: 15m, condition: {gte: 1}")]
    [InlineData("type: temporal, rules: [failed, logon], timespan: 15m")]
    [InlineData("type: temporal_ordered, condition: failed and logon and not created, group-by: Account, timespan: 15m")]
    [InlineData("type: value_count, rules: failed, group-by: Account, timespan: 15m, condition: {field: [Host, Size], gte: 2}")]
    public void What_the_functions_cannot_say_is_refused(string correlation) =>
        CorrelationQuery.Convert("logscale", correlation).Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0606");

    [Fact]
    public void Aliases_are_links()
    {
        var query = CorrelationQuery.Of("logscale", "type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h");
        EngineEvent[] events =
        [
            Event(1, 4625, ("Account", "x"), ("Host", "y")),
            Event(2, 4720, ("Account", "z"), ("Host", "x")),
            Event(3, 4720, ("Account", "y"), ("Host", "q")),
        ];
        LogScaleEngine.Rows(query, events).Select(row => row["rule1.Account"]).Should().Equal("x");
    }

    private static EngineEvent Event(long id, int eventId, params (string, string?)[] data) => EngineEvent.Of(id, "Security", eventId, [("Channel", "Security"), .. data]);

    private static bool Completes(IReadOnlyList<EngineEvent> events, bool ordered, string[] rules, IReadOnlyList<EngineEvent> chosen) =>
        chosen.Max(EventSeries.Seconds) - chosen.Min(EventSeries.Seconds) <= 900
        && (chosen.Count == rules.Length || Ordered(events, true, rules[chosen.Count])
            .Any(e => e.Data["Account"] == chosen[0].Data["Account"] && (!ordered || EventSeries.Seconds(e) > EventSeries.Seconds(chosen[^1])) && Completes(events, ordered, rules, [.. chosen, e])));

    private static IEnumerable<EngineEvent> Ordered(IReadOnlyList<EngineEvent> events, bool byAccount, params string[] rules) =>
        events.Where(e => rules.Any(rule => EventSeries.Rules.Single(r => r.Name == rule).EventId == e.EventId) && (!byAccount || e.Data["Account"] is not null)).OrderBy(e => e.Time);

    private static void Check(string query, Func<IReadOnlyList<EngineEvent>, IEnumerable<EngineEvent>> due) => EventSeries.Any.Sample(
        series =>
        {
            EngineEvent[] events = [.. series.Events.Select(e => e with { Data = e.Data.Append(new("Channel", "Security")).ToDictionary() })];
            LogScaleEngine.Rows(query, events).Select(row => row.Event!.RecordId.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)
                .Should().Equal(due(series.Events).Select(e => e.RecordId.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal), query);
        },
        iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
}
