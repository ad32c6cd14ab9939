using System.Collections.Immutable;
using System.Globalization;

namespace Sigma.Checks.Linking;

/// <summary>What the bounds of a count allow.</summary>
internal static class Bounds
{
    /// <summary>What a correlation document counts; null for other documents.</summary>
    public static Correlation? Of(RuleText rule) => (rule.Document.Document as SigmaCorrelation)?.Correlation;

    /// <summary>Whole numbers among which there is one that meets the bounds, if any does, and one that does not, if any does not.</summary>
    public static IEnumerable<int> Candidates(ImmutableArray<Threshold> thresholds)
    {
        var numbers = new HashSet<int> { 1, 2 };
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

    /// <summary>Whether a lower and an upper bound exclude each other, for numbers that need not be whole.</summary>
    public static bool AreContradictory(ImmutableArray<Threshold> thresholds)
    {
        decimal low = decimal.MinValue;
        decimal high = decimal.MaxValue;
        bool open = false;
        foreach (Threshold bound in thresholds)
        {
            if (!decimal.TryParse(bound.Number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            {
                return false;
            }

            switch (bound.Comparison)
            {
                case Comparison.Greater or Comparison.GreaterOrEqual:
                    low = Math.Max(low, number);
                    open |= bound.Comparison is Comparison.Greater;
                    break;
                case Comparison.Less or Comparison.LessOrEqual:
                    high = Math.Min(high, number);
                    open |= bound.Comparison is Comparison.Less;
                    break;
                default:
                    return false;
            }
        }

        return low > high || (low == high && open);
    }
}
