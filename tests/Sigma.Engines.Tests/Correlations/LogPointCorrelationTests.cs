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
    [MemberData(nameof(CorrelationQuery.Conditions), MemberType = typeof(CorrelationQuery))]
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
