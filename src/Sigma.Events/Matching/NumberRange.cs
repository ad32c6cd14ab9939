using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>The numbers that pass some comparisons and fail others: those between two bounds, without a few. Between two numbers there is always another one.</summary>
internal sealed class NumberRange
{
    private readonly List<Number> leftOut = [];
    private (Number Number, bool IsIncluded)? low;
    private (Number Number, bool IsIncluded)? high;

    /// <summary>Whether it has no number.</summary>
    public bool IsEmpty =>
        low is { } from && high is { } to && from.Number.CompareTo(to.Number) switch
        {
            < 0 => false,
            > 0 => true,
            _ => !from.IsIncluded || !to.IsIncluded || leftOut.Exists(number => number.CompareTo(from.Number) == 0),
        };

    /// <summary>The only number that it has; null for none, or many.</summary>
    public Number? Only => !IsEmpty && low is { } from && high is { } to && from.Number.CompareTo(to.Number) == 0 ? from.Number : null;

    /// <summary>Leaves the numbers that pass a comparison, or those that fail it.</summary>
    /// <param name="comparison">The operator.</param>
    /// <param name="with">The text of the number that others are compared with.</param>
    /// <param name="holds">Whether the numbers pass it.</param>
    /// <returns>Whether the text is a number; otherwise nothing is left out.</returns>
    public bool Narrow(Comparison comparison, string with, bool holds = true)
    {
        if (!Number.TryParse(with, out Number number))
        {
            return false;
        }

        switch (holds ? comparison : Opposite(comparison))
        {
            case Comparison.Equal:
                Raise(number, isIncluded: true);
                Lower(number, isIncluded: true);
                break;
            case Comparison.NotEqual:
                leftOut.Add(number);
                break;
            case Comparison.Greater:
                Raise(number, isIncluded: false);
                break;
            case Comparison.GreaterOrEqual:
                Raise(number, isIncluded: true);
                break;
            case Comparison.Less:
                Lower(number, isIncluded: false);
                break;
            case Comparison.LessOrEqual:
                Lower(number, isIncluded: true);
                break;
        }

        return true;
    }

    private void Raise(Number number, bool isIncluded)
    {
        int order = low is { } from ? number.CompareTo(from.Number) : 1;
        if (order > 0 || (order == 0 && !isIncluded))
        {
            low = (number, isIncluded);
        }
    }

    private void Lower(Number number, bool isIncluded)
    {
        int order = high is { } to ? number.CompareTo(to.Number) : -1;
        if (order < 0 || (order == 0 && !isIncluded))
        {
            high = (number, isIncluded);
        }
    }

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        _ => Comparison.Less,
    };
}
