using System.Collections.Immutable;
using System.Globalization;
using Sigma.Events.Matching;

namespace Sigma.Checks.Linking;

/// <summary>What the bounds of a count allow.</summary>
internal static class Bounds
{
    /// <summary>What a correlation document counts; null for other documents.</summary>
    public static Correlation? Of(RuleText rule) => (rule.Document.Document as SigmaCorrelation)?.Correlation;

    /// <summary>
    /// The least that is counted of events that match, one by one; null for what is no count. A count of values may be none: the events need not
    /// have the field.
    /// </summary>
    public static int? Least(Correlation measure) => measure.Type switch { CorrelationType.EventCount => 1, CorrelationType.ValueCount => 0, _ => null };

    /// <summary>Whole numbers among which there is one that meets the bounds, if any does, and one that does not, if any does not.</summary>
    public static IEnumerable<int> Candidates(ImmutableArray<Threshold> thresholds)
    {
        var numbers = new HashSet<int> { 0, 1, 2 };
        foreach (Threshold bound in thresholds)
        {
            if (decimal.TryParse(bound.Number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && Math.Abs(number) < int.MaxValue - 2)
            {
                int floor = (int)Math.Floor(number);
                numbers.UnionWith([floor - 1, floor, floor + 1, floor + 2]);
            }
            else
            {
                numbers.Add(int.MaxValue);
            }
        }

        return numbers;
    }

    /// <summary>Whether bounds exclude each other, for numbers that need not be whole.</summary>
    public static bool AreContradictory(IEnumerable<(Comparison Comparison, string Number)> bounds)
    {
        var range = new NumberRange();
        return bounds.ToArray() is var all && Array.TrueForAll(all, bound => range.Narrow(bound.Comparison, bound.Number)) && range.IsEmpty;
    }
}
