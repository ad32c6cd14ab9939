using Sigma.Rules;

namespace Sigma.Documentation.Site;

/// <summary>Says in words what a correlation counts.</summary>
internal static class CorrelationWords
{
    /// <summary>A phrase such as <c>number of events by User ≥ 10 within 5m</c>.</summary>
    public static string Of(Correlation correlation)
    {
        string fields = string.Join(", ", correlation.Fields);
        string what = correlation.Type switch
        {
            CorrelationType.EventCount => "number of events",
            CorrelationType.ValueCount => $"number of different {fields}",
            CorrelationType.Temporal => "all of these match",
            CorrelationType.TemporalOrdered => "these match one after another",
            CorrelationType.ValueSum => $"sum of {fields}",
            CorrelationType.ValueAverage => $"average of {fields}",
            CorrelationType.ValuePercentile => $"percentile {correlation.Percentile} of {fields}",
            CorrelationType.ValueMedian => $"median of {fields}",
            CorrelationType.ValueMinimum => $"smallest {fields}",
            CorrelationType.ValueMaximum => $"greatest {fields}",
            _ => throw new System.Diagnostics.UnreachableException(correlation.Type.ToString()),
        };
        string by = correlation.GroupBy.IsEmpty ? "" : " by " + string.Join(", ", correlation.GroupBy);
        string bounds = string.Concat(correlation.Thresholds.Select(bound => $" {ValueWords.Of(bound.Comparison)} {bound.Number}"));
        string within = correlation.Timespan is { } time ? $" within {time}" : "";
        return what + by + bounds + within;
    }
}
