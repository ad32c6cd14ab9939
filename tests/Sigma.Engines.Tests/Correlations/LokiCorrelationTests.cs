using System.Globalization;
using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Metric queries of Grafana Loki over random series of events, at the times of the events: they give exactly the groups for which the last
/// timespan fulfils the condition. A ruler asks at times of its own, so it may miss what a moving window has; the conversion says so.
/// </summary>
public sealed class LokiCorrelationTests
{
    private const int Runs = 25;

    [Theory]
    [MemberData(nameof(CorrelationQuery.Conditions), MemberType = typeof(CorrelationQuery))]
    [InlineData("value_median", "field: Size, gte: 18")]
    public void Figures_are_those_of_the_last_timespan(string type, string condition)
    {
        var bounds = new Bounds(condition);
        foreach (var (byAccount, rules, query) in CorrelationQuery.Figures("logql", type, condition))
        {
            Check(query, byAccount, rules, events => EventSeries.Figure(type, bounds.Percentile, Counted(type, events)) is { } figure && bounds.Hold(figure));
        }
    }

    [Theory]
    [InlineData("failed logon")]
    [InlineData("failed logon created")]
    public void Rules_fire_together(string names)
    {
        var rules = names.Split(' ');
        Check(CorrelationQuery.Of("logql", $"type: temporal, rules: [{string.Join(", ", rules)}], group-by: Account, timespan: 10m"), true, rules, events => EventSeries.AllThere(events, ordered: false, rules));
    }

    [Fact]
    public void Aliases_group_by_what_each_rule_calls_it()
    {
        var query = CorrelationQuery.Of("logql", "type: temporal, rules: [failed, created], aliases: {who: {failed: Account, created: Host}}, group-by: who, timespan: 1h");
        EngineEvent[] events =
        [
            Event(1, 4625, ("Account", "x"), ("Host", "y")),
            Event(2, 4720, ("Account", "z"), ("Host", "x")),
            Event(3, 4720, ("Account", "y"), ("Host", "q")),
        ];
        LokiEngine.At(query, events, [EngineEvent.Noon]).Single().Select(series => series.Labels["who"]).Should().Equal("x");
    }

    private static EngineEvent Event(long id, int eventId, params (string, string?)[] data) =>
        EngineEvent.Of(id, "Security", eventId, [("Channel", "Security"), .. data]);

    /// <summary>A value is counted where there is one, and a group has a figure only of those.</summary>
    private static IReadOnlyList<EngineEvent> Counted(string type, IReadOnlyList<EngineEvent> events) =>
        type == "value_count" ? [.. events.Where(e => e.Data["Host"] is not null)] : events;

    private static void Check(string query, bool byAccount, string[] rules, Func<IReadOnlyList<EngineEvent>, bool> fires) => EventSeries.Any.Sample(series =>
    {
        EngineEvent[] events = [.. series.Events.Select(e => e with { Data = e.Data.Append(new("Channel", "Security")).ToDictionary() })];
        DateTime[] times = [.. series.Events.Select(e => e.Time).Distinct()];
        foreach (var (time, found) in times.Zip(LokiEngine.At(query, events, times)))
        {
            var due = series.Events.Where(e => e.Time <= time && e.Time > time.AddMinutes(-10) && rules.Any(rule => EventSeries.Rules.Single(r => r.Name == rule).EventId == e.EventId))
                .Where(e => !byAccount || e.Data["Account"] is not null)
                .GroupBy(e => byAccount ? e.Data["Account"]! : "")
                .Where(group => Found([.. group.OrderBy(e => e.Time)]))
                .Select(group => group.Key);
            found.Select(one => one.Labels.GetValueOrDefault("Account", "")).Order(StringComparer.Ordinal)
                .Should().Equal(due.Order(StringComparer.Ordinal), $"{query} at {time.ToString("T", CultureInfo.InvariantCulture)}");
        }

        bool Found(IReadOnlyList<EngineEvent> group) => fires(group) && (!query.StartsWith("count", StringComparison.Ordinal) || Counted("value_count", group).Count > 0);
    }, iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
}
