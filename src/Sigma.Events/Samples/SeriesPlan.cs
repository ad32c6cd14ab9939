using System.Collections.Immutable;
using System.Globalization;
using Sigma.Events.Matching;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>One step of a series.</summary>
/// <param name="Part">Which of the correlation's parts happens.</param>
/// <param name="Value">Which value the counted field has; null where none is counted.</param>
/// <param name="Group">Which group it belongs to.</param>
internal readonly record struct SeriesStep(int Part, FieldValue? Value, int Group);

/// <summary>What happens in a series, without times.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Reason">One line that says what it is.</param>
/// <param name="Steps">What happens, in order.</param>
internal sealed record SeriesPlan(SampleKind Kind, string Reason, IReadOnlyList<SeriesStep> Steps);

/// <summary>Plans series: one that makes a correlation hold, and some that nearly do.</summary>
/// <param name="correlation">What is counted.</param>
/// <param name="labels">What reasons call its parts; for temporal types those that must happen, in order.</param>
/// <param name="values">Gives the n-th of different values of the counted field, from 0; null where there are no more.</param>
internal sealed class SeriesPlanner(Correlation correlation, ImmutableArray<string> labels, Func<int, FieldValue?> values)
{
    /// <summary>The longest series that is made.</summary>
    private const int MostSteps = 5000;

    private bool IsTemporal => correlation.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;

    /// <summary>The inputs that a series is made of, in order: for temporal types as few as are enough, otherwise all.</summary>
    /// <param name="counting">What is counted.</param>
    /// <returns>The inputs; null where no choice of them meets the condition.</returns>
    public static IReadOnlyList<PlannedInput>? Needed(CountPlan counting)
    {
        Correlation correlation = counting.Measure;
        ImmutableArray<PlannedInput> inputs = counting.Inputs;
        if (correlation.Type is not (CorrelationType.Temporal or CorrelationType.TemporalOrdered))
        {
            return inputs;
        }

        if (counting.Order is { } order)
        {
            return [.. order.Steps.Select(step => inputs.First(input => input.Label == step[0]))];
        }

        if (correlation.Expression is not { } expression)
        {
            int needed = correlation.Thresholds.IsEmpty ? inputs.Length : Enumerable.Range(1, inputs.Length).FirstOrDefault(count => Holds(correlation, count));
            return needed == 0 ? null : [.. inputs.Take(needed)];
        }

        // The fewest that are enough, of at most 12: a condition names few rules.
        return Enumerable.Range(1, (1 << Math.Min(inputs.Length, 12)) - 1)
            .OrderBy(set => System.Numerics.BitOperations.PopCount((uint)set)).ThenBy(set => set)
            .Select(set => inputs.Where((_, at) => at < 12 && (set & (1 << at)) != 0).ToArray())
            .FirstOrDefault(set => expression.Holds(name => Array.Exists(set, input => input.Label == name)));
    }

    /// <summary>The series that makes it hold; null where none is short enough.</summary>
    public SeriesPlan? Positive() => correlation.Type switch
    {
        CorrelationType.EventCount => Smallest() is { } count ? Events(SampleKind.Match, count, Many(count, "event")) : null,
        CorrelationType.ValueCount => Smallest() is { } count && Distinct(SampleKind.Match, count, count, Many(count, "different value")) is { } plan ? plan : null,
        CorrelationType.Temporal or CorrelationType.TemporalOrdered =>
            new SeriesPlan(SampleKind.Match, string.Join(", then ", labels), [.. labels.Select((_, part) => new SeriesStep(part, null, 0))]),
        _ => Number(holds: true) is { } number ? Numbers(SampleKind.Match, number) : null,
    };

    /// <summary>Series that nearly make it hold; who takes them has to try them.</summary>
    /// <param name="positive">The series that does.</param>
    public IEnumerable<SeriesPlan> NearMisses(SeriesPlan positive)
    {
        int count = positive.Steps.Count;
        if (IsTemporal)
        {
            for (int left = 0; left < count && count > 1; left++)
            {
                yield return new SeriesPlan(SampleKind.Count, $"without {labels[positive.Steps[left].Part]}", [.. positive.Steps.Where((_, at) => at != left)]);
            }

            if (correlation.Type is CorrelationType.TemporalOrdered && count > 1)
            {
                yield return new SeriesPlan(SampleKind.Order, "in the opposite order", [.. positive.Steps.Reverse()]);
            }
        }
        else if (correlation.Type is CorrelationType.EventCount && Nearest(count) is { } near)
        {
            yield return Events(SampleKind.Count, near, Many(near, "event"));
        }
        else if (correlation.Type is CorrelationType.ValueCount && Nearest(count) is { } fewer && Distinct(SampleKind.Count, Math.Max(count, fewer), fewer, Many(fewer, "different value")) is { } plan)
        {
            yield return plan;
        }
        else if (correlation.Type is not (CorrelationType.EventCount or CorrelationType.ValueCount) && Number(holds: false) is { } number)
        {
            yield return Numbers(SampleKind.Count, number);
        }

        if (count > 1 && !correlation.GroupBy.IsEmpty)
        {
            yield return new SeriesPlan(
                SampleKind.Group, "spread over two groups", [.. positive.Steps.Select((step, at) => step with { Group = at % 2 })]);
        }
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private SeriesPlan Events(SampleKind kind, int count, string reason) =>
        new(kind, reason, [.. Enumerable.Range(0, count).Select(i => new SeriesStep(i % labels.Length, null, 0))]);

    /// <summary>So many events with so many different values among them.</summary>
    private SeriesPlan? Distinct(SampleKind kind, int count, int different, string reason)
    {
        var steps = new List<SeriesStep>();
        for (int i = 0; i < count; i++)
        {
            if (values(Math.Min(i, different - 1)) is not { } value)
            {
                return null;
            }

            steps.Add(new SeriesStep(i % labels.Length, value, 0));
        }

        return new SeriesPlan(kind, count == different ? reason : $"{count} events with only {reason}", steps);
    }

    /// <summary>Events whose sum, average and the like is a number.</summary>
    private SeriesPlan Numbers(SampleKind kind, decimal number)
    {
        bool sum = correlation.Type is CorrelationType.ValueSum;
        decimal each = sum ? number / 2 : number;
        FieldValue value = FieldValue.OfNumber(each.ToString(CultureInfo.InvariantCulture));
        string what = sum ? "a sum of " : "values of ";
        return new SeriesPlan(kind, what + number.ToString(CultureInfo.InvariantCulture), [.. Enumerable.Range(0, 2).Select(i => new SeriesStep(i % labels.Length, value, 0))]);
    }

    /// <summary>The smallest count, from 1, that the thresholds hold for.</summary>
    private int? Smallest()
    {
        for (int count = 1; count <= MostSteps; count++)
        {
            if (Holds(count))
            {
                return count;
            }
        }

        return null;
    }

    /// <summary>The nearest count, from 1, that they do not hold for.</summary>
    private int? Nearest(int count)
    {
        for (int step = 1; step <= MostSteps; step++)
        {
            if (count - step >= 1 && !Holds(count - step))
            {
                return count - step;
            }

            if (!Holds(count + step))
            {
                return count + step;
            }
        }

        return null;
    }

    private bool Holds(int count) => Holds(correlation, count);

    private static bool Holds(Correlation correlation, int count) => correlation.Thresholds.All(threshold => threshold.HoldsFor(count));

    /// <summary>A number at the bounds that the thresholds hold, or do not hold, for.</summary>
    private decimal? Number(bool holds)
    {
        decimal[] bounds = [.. correlation.Thresholds.Select(threshold => FieldSolver.TryNumber(threshold.Number, out decimal bound) ? bound : 0)];
        foreach (decimal step in (decimal[])[0, 1, -1, 2, -2, 100, -100])
        {
            foreach (decimal bound in bounds)
            {
                decimal number = bound + step;
                if (correlation.Thresholds.All(threshold => Compares(number, threshold)) == holds)
                {
                    return number;
                }
            }
        }

        return null;
    }

    private static bool Compares(decimal number, Threshold threshold) =>
        FieldSolver.TryNumber(threshold.Number, out decimal bound) && ComparisonTest.Holds(threshold.Comparison, number.CompareTo(bound));
}
