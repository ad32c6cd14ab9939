using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>What a correlation counts (specification 2.1, "Correlation Types"; minimum and maximum are of the older form).</summary>
public enum CorrelationType
{
    /// <summary>The events.</summary>
    EventCount,

    /// <summary>The distinct values of a field.</summary>
    ValueCount,

    /// <summary>That all of several searches match, in any order.</summary>
    Temporal,

    /// <summary>That they match one after another.</summary>
    TemporalOrdered,

    /// <summary>The sum of a field.</summary>
    ValueSum,

    /// <summary>The average of a field.</summary>
    ValueAverage,

    /// <summary>A percentile of a field.</summary>
    ValuePercentile,

    /// <summary>The median of a field.</summary>
    ValueMedian,

    /// <summary>The smallest value of a field; only <c>| min(f)</c>.</summary>
    ValueMinimum,

    /// <summary>The greatest value of a field; only <c>| max(f)</c>.</summary>
    ValueMaximum,
}

/// <summary>A stretch of time, <c>5m</c>.</summary>
/// <param name="Count">How many units.</param>
/// <param name="Unit">s, m, h, d, w, M or y.</param>
public sealed record Timespan(long Count, char Unit)
{
    /// <summary>The length in seconds; a month and a year are the Gregorian means.</summary>
    public long Seconds => Count * (Unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'w' => 604800,
        'M' => 2629746,
        _ => 31556952,
    });

    /// <inheritdoc/>
    public override string ToString() => Count.ToString() + Unit;
}

/// <summary>One bound of a correlation's condition: <c>gte: 10</c>.</summary>
/// <param name="Comparison">The operator.</param>
/// <param name="Number">The canonical decimal text of the number.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Threshold(Comparison Comparison, string Number, Span Span);

/// <summary>
/// What is counted over a stretch of time. The older <c>| count(f) by g &gt; 5</c> and <c>| near x</c> and a modern
/// <c>correlation:</c> document both become this node.
/// </summary>
/// <param name="Type">What is counted.</param>
/// <param name="Field">The field whose values count; null for events and temporal types.</param>
/// <param name="GroupBy">The fields that tell one count from another.</param>
/// <param name="Timespan">Over what time; null for the whole range that is searched.</param>
/// <param name="Thresholds">When it fires; all of them must hold.</param>
/// <param name="Others">For the older <c>near</c>: the searches that must match as well, besides the condition's own.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Correlation(
    CorrelationType Type,
    string? Field,
    ImmutableArray<string> GroupBy,
    Timespan? Timespan,
    ImmutableArray<Threshold> Thresholds,
    ImmutableArray<ConditionNode> Others,
    Span Span);
