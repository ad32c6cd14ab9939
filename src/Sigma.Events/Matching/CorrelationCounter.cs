using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>A correlation ready to count.</summary>
/// <param name="definition">What is counted.</param>
/// <param name="labels">What its rules are called in its condition, in order.</param>
/// <param name="order">For ordered temporal types, the order; null for others.</param>
/// <param name="reported">What is reported when it holds; null if only other correlations count it.</param>
internal sealed class CorrelationCounter(Correlation definition, ImmutableArray<string> labels, TemporalOrder? order, MatchedRule? reported)
{
    /// <summary>The steps of the order that each rule is of.</summary>
    private readonly ImmutableArray<ImmutableArray<int>> steps = order is null ? [] : StepsOf(order, labels);

    /// <summary>What is counted.</summary>
    public Correlation Definition => definition;

    /// <summary>What it is grouped by, as the correlation calls it.</summary>
    public ImmutableArray<string> GroupBy => definition.GroupBy;

    /// <summary>What is reported when it holds; null if only other correlations count it.</summary>
    public MatchedRule? Reported => reported;

    /// <summary>The correlations that count it.</summary>
    public List<ChainedFeed> Feeds { get; } = [];

    /// <summary>Whether it looks at which of its rules match, and counts nothing.</summary>
    public bool IsTemporal => definition.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;

    /// <summary>How many rules it counts.</summary>
    public int Parts => labels.Length;

    /// <summary>The timespan in ticks.</summary>
    public long Ticks { get; } = definition.Timespan is { } span && span.Seconds < long.MaxValue / TimeSpan.TicksPerSecond
        ? span.Seconds * TimeSpan.TicksPerSecond
        : long.MaxValue;

    /// <summary>Which percentile; 0 for other types.</summary>
    public double Percentile { get; } = Number.TryParse(definition.Percentile ?? "", out Number percentile) ? percentile.Value : 0;

    /// <summary>Several values that count together as one; null if one is missing, or there are none.</summary>
    public static string? Together(ReadOnlySpan<string?> values)
    {
        if (values.Length == 1)
        {
            return values[0];
        }

        // The length of each tells a, b c from a b, c.
        return values.IsEmpty || values.Contains(null) ? null : string.Concat(values.ToArray().Select(value => $"{value!.Length}:{value}"));
    }

    /// <summary>Whether the condition holds for a number.</summary>
    public bool Holds(double value)
    {
        foreach (Threshold threshold in definition.Thresholds)
        {
            if (!Number.TryParse(threshold.Number, out Number bound) || !ComparisonTest.Holds(threshold.Comparison, value.CompareTo(bound.Value)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a temporal condition holds.</summary>
    /// <param name="matched">How often each of the rules has matched.</param>
    /// <param name="different">How many of the rules have matched.</param>
    /// <param name="inOrder">Whether they did so in the order that the correlation has, if it has one.</param>
    public bool HoldsFor(int[] matched, int different, bool inOrder)
    {
        if (order is not null)
        {
            return inOrder && (order.Absent is null || order.Absent.Holds(name => HasMatched(name, matched)));
        }

        if (definition.Expression is { } expression)
        {
            return expression.Holds(name => HasMatched(name, matched));
        }

        return definition.Thresholds.IsEmpty ? different == matched.Length : Holds(different);
    }

    /// <summary>What tells whether the rules have matched in their order; null if no order is asked for.</summary>
    public OrderedMatches? NewOrder() => order is null ? null : new OrderedMatches(steps, order.Steps.Length);

    private static ImmutableArray<ImmutableArray<int>> StepsOf(TemporalOrder order, ImmutableArray<string> labels)
    {
        ILookup<string, int> steps = order.Steps.SelectMany((step, number) => step.Select(label => (label, number))).ToLookup(one => one.label, one => one.number, StringComparer.Ordinal);
        return [.. labels.Select(label => steps[label].Distinct().ToImmutableArray())];
    }

    private bool HasMatched(string label, int[] matched) => labels.IndexOf(label) is var part and >= 0 && matched[part] > 0;
}
