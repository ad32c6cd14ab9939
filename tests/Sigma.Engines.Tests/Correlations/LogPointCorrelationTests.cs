using CsCheck;
using Sigma.Engines.Tests.Engines.LogPoint;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// LogPoint's correlations over random series of events. They count over the range that is searched, here all of the series:
/// each group fires if its figure over the whole range is within the bounds, and nothing else does.
/// </summary>
public sealed class LogPointCorrelationTests
{
    private const int Runs = 200;

    [Theory]
    [InlineData("event_count", "gte: 3")]
    [InlineData("event_count", "gt: 1, lte: 3")]
    [InlineData("event_count", "eq: 2")]
    [InlineData("event_count", "neq: 2")]
    [InlineData("value_count", "field: Host, gte: 2")]
    [InlineData("value_count", "field: Host, lt: 2")]
    [InlineData("value_sum", "field: Size, gte: 50")]
    [InlineData("value_avg", "field: Size, gt: 20")]
    [InlineData("value_avg", "field: Size, lt: 12.5")]
    public void Figures_fire_for_the_searched_range(string type, string condition)
    {
        var bounds = new Bounds(condition);
        foreach (var (byAccount, rules, query) in CorrelationQuery.Figures("logpoint", type, condition, EventSeries.Minutes))
        {
            EventSeries.Any.Sample(series =>
            {
                var fired = LogPointEngine.Run(query, series.Events.Select(LogPointEngine.RowOf)).Select(row => byAccount ? $"{row["Account"]}" : "all");
                var due = series.Groups(byAccount, rules).Where(g => bounds.Hold(EventSeries.Figure(type, bounds.Percentile, g.Events))).Select(g => g.Account ?? "all");
                fired.Order(StringComparer.Ordinal).Should().Equal(due.Order(StringComparer.Ordinal), query);
            }, iter: Runs, threads: 1, seed: "0N0XIzNsQ0O2");
        }
    }
}
