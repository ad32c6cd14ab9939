using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Tests.Matching;

/// <summary>The figures of a window, as values come and go, are those that its values have by definition.</summary>
public sealed class FiguresTests
{
    private static readonly string[] Percentiles = ["0", "1", "10", "24.9", "25", "25.1", "33.3", "50", "66.6", "75", "90", "95", "99", "99.9", "100"];

    /// <summary>Few different numbers, so that many are equal, and some values that are none.</summary>
    private static readonly Gen<string> Value = Gen.Frequency(
        (12, Gen.Int[-6, 12].Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (3, Gen.Int[-20, 20].Select(number => (number / 4m).ToString(CultureInfo.InvariantCulture))),
        (1, Gen.OneOf("none", "", "1x")));

    private static readonly Gen<(string[] Stay, string[] Go, int Turn)> Window = Gen.Select(Value.Array[0, 24], Value.Array[0, 12], Gen.Int[0, 1000]);

    /// <summary>Nearest rank: the least value that at least so many of a hundred values do not exceed.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_percentile_is_the_nearest_rank_of_the_values_in_order() => Gen.Select(Window, Gen.OneOf(Percentiles)).Sample(
        (window, percentile) => Figure(CorrelationType.ValuePercentile, percentile, window).Should().Be(
            Naive(window.Stay, numbers => numbers.Order().First(number => numbers.Count(other => other <= number) * 100m >= decimal.Parse(percentile, CultureInfo.InvariantCulture) * numbers.Length)),
            percentile),
        iter: 4_000);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Figures_are_those_of_the_values_that_are_there() => Window.Sample(
        window =>
        {
            Figure(CorrelationType.EventCount, null, window).Should().Be(window.Stay.Length);
            Figure(CorrelationType.ValueCount, null, window).Should().Be(window.Stay.Distinct().Count());
            Figure(CorrelationType.ValueSum, null, window).Should().Be(Naive(window.Stay, numbers => numbers.Sum()));
            Math.Round(Figure(CorrelationType.ValueAverage, null, window), 9).Should().Be(Math.Round(Naive(window.Stay, numbers => numbers.Average()), 9));
            Figure(CorrelationType.ValueMinimum, null, window).Should().Be(Naive(window.Stay, numbers => numbers.Min()));
            Figure(CorrelationType.ValueMaximum, null, window).Should().Be(Naive(window.Stay, numbers => numbers.Max()));
            Figure(CorrelationType.ValueMedian, null, window).Should().Be(Naive(window.Stay, Middle));
        },
        iter: 2_000);

    [Theory]
    [InlineData("10", 0, 10)]
    [InlineData("10 20", 50, 10)]
    [InlineData("10 20", 50.1, 20)]
    [InlineData("40 10 30 20", 0, 10)]
    [InlineData("40 10 30 20", 25, 10)]
    [InlineData("40 10 30 20", 26, 20)]
    [InlineData("40 10 30 20", 50, 20)]
    [InlineData("40 10 30 20", 75, 30)]
    [InlineData("40 10 30 20", 75.1, 40)]
    [InlineData("40 10 30 20", 100, 40)]
    [InlineData("3 1 2 5 4", 40, 2)]
    [InlineData("3 1 2 5 4", 41, 3)]
    [InlineData("15 20 35 40 50", 30, 20)]
    public void A_percentile_is_at_its_rank(string values, double percentile, double figure) =>
        Figure(CorrelationType.ValuePercentile, percentile.ToString(CultureInfo.InvariantCulture), (values.Split(' '), ["7", "60"], 3)).Should().Be(figure);

    private static double Naive(string[] values, Func<decimal[], decimal> figure)
    {
        decimal[] numbers = [.. values.Select(value => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : (decimal?)null).OfType<decimal>()];
        return numbers.Length == 0 ? double.NaN : (double)figure(numbers);
    }

    private static decimal Middle(decimal[] numbers)
    {
        decimal[] sorted = [.. numbers.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Values come in any order, and some of them go again.</summary>
    private static double Figure(CorrelationType type, string? percentile, (string[] Stay, string[] Go, int Turn) window)
    {
        var definition = new Correlation(type, ["v"], [], null, [], Queries.OneProperty.Here) { Percentile = percentile };
        var total = new WindowTotal(new CorrelationCounter(definition, ImmutableArray.Create("counted"), null, null));
        WindowEntry[] stay = [.. window.Stay.Select(Entry)], go = [.. window.Go.Select(Entry)];
        WindowEntry[] all = [.. stay, .. go];
        new Random(window.Turn).Shuffle(all);
        foreach (WindowEntry entry in all)
        {
            total.Add(entry);
        }

        new Random(window.Turn + 1).Shuffle(go);
        foreach (WindowEntry entry in go)
        {
            total.Remove(entry);
        }

        return total.Value;
    }

    private static WindowEntry Entry(string value) => new(0, 0, 0, value);
}
