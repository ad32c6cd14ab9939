using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>What a correlation counts over a window, kept up to date match by match.</summary>
/// <param name="counter">The correlation.</param>
internal sealed class WindowTotal(CorrelationCounter counter)
{
    /// <summary>The factor above which a number may have absorbed digits of the sum of the others.</summary>
    private const double Swallowing = 1_000_000;

    private readonly int[] parts = new int[counter.Parts];
    private readonly Dictionary<string, int> different = new(StringComparer.Ordinal);
    private readonly SortedNumbers sorted = new();
    private readonly OrderedMatches? order = counter.NewOrder();
    private int matchedParts;
    private int events;
    private double sum;

    private bool NeedsNumbers => !counter.IsTemporal && counter.Definition.Type is not (CorrelationType.EventCount or CorrelationType.ValueCount);

    /// <summary>The number that the condition compares; NaN if there is none, such as the average of no values.</summary>
    public double Value => counter.Definition.Type switch
    {
        CorrelationType.EventCount => events,
        CorrelationType.ValueCount => different.Count,
        CorrelationType.Temporal or CorrelationType.TemporalOrdered => matchedParts,
        _ when sorted.Count == 0 => double.NaN,
        CorrelationType.ValueSum => sum,
        CorrelationType.ValueAverage => sum / sorted.Count,
        CorrelationType.ValueMinimum => sorted.First,
        CorrelationType.ValueMaximum => sorted.Last,
        CorrelationType.ValueMedian => Middle(sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]),
        CorrelationType.ValuePercentile => sorted[Math.Max((int)Math.Ceiling(sorted.Count * counter.Percentile / 100) - 1, 0)],
        _ => throw new System.Diagnostics.UnreachableException(counter.Definition.Type.ToString()),
    };

    /// <summary>Takes a match in that is not before the others; otherwise <see cref="Reorder"/> follows.</summary>
    public void Add(WindowEntry entry)
    {
        events++;
        order?.Add(entry);
        if (parts[entry.Part]++ == 0)
        {
            matchedParts++;
        }

        if (entry.Value is not { } value)
        {
            return;
        }

        if (counter.Definition.Type is CorrelationType.ValueCount)
        {
            different[value] = different.GetValueOrDefault(value) + 1;
        }
        else if (NeedsNumbers && Number.TryParse(value, out Number number))
        {
            sorted.Add(number.Value);
            sum = Add(sum, number.Value);
        }
    }

    /// <summary>Goes through the matches again, after one that was not the first has gone or one that is not the last has come.</summary>
    /// <param name="window">The matches of the window in their order.</param>
    public void Reorder(IEnumerable<WindowEntry> window)
    {
        if (order is null)
        {
            return;
        }

        order.Clear();
        foreach (WindowEntry entry in window)
        {
            order.Add(entry);
        }
    }

    /// <summary>Takes a match out.</summary>
    public void Remove(WindowEntry entry)
    {
        events--;
        if (--parts[entry.Part] == 0)
        {
            matchedParts--;
        }

        if (entry.Value is not { } value)
        {
            return;
        }

        if (counter.Definition.Type is CorrelationType.ValueCount)
        {
            if (--different[value] == 0)
            {
                different.Remove(value);
            }
        }
        else if (NeedsNumbers && Number.TryParse(value, out Number number))
        {
            sorted.Remove(number.Value);
            double left = sum - number.Value;

            // What rounding has left of numbers that are gone must not stay, nor what a giant one has swallowed be lost.
            bool swallowed = Math.Abs(sum) == double.MaxValue || Math.Abs(number.Value) > Math.Abs(left) * Swallowing;
            sum = swallowed ? sorted.Aggregate(0.0, Add) : left;
        }
    }

    /// <summary>No number beyond the largest can be written, so a sum stays there.</summary>
    private static double Add(double a, double b) => Math.Clamp(a + b, double.MinValue, double.MaxValue);

    private static double Middle(double a, double b) => double.IsFinite(a + b) ? (a + b) / 2 : (a / 2) + (b / 2);

    /// <summary>Whether the condition holds.</summary>
    /// <param name="from">The time of the first match of the window.</param>
    public bool Holds(long from) => counter.IsTemporal
        ? counter.HoldsFor(parts, matchedParts, order is null || order.Began >= from)
        : Value is var value && !double.IsNaN(value) && counter.Holds(value);
}
