using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>The same as a list that is sorted after each step.</summary>
public sealed class SortedNumbersTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 4_000)]
    [InlineData(3, 1_000_000)]
    public void Numbers_come_and_go_as_in_a_sorted_list(int seed, int different)
    {
        var random = new Random(seed);
        var numbers = new SortedNumbers();
        var naive = new List<double>();
        for (int step = 0; step < 12_000; step++)
        {
            // It grows to thousands and is emptied again, so pieces are split and taken away.
            if (naive.Count > 0 && random.Next(step < 8_000 ? 5 : 1) == 0)
            {
                double gone = naive[random.Next(naive.Count)];
                numbers.Remove(gone);
                naive.Remove(gone);
            }
            else if (step < 8_000)
            {
                double number = random.Next(different) - (different / 2.0);
                numbers.Add(number);
                naive.Add(number);
            }

            if (step % 500 == 0)
            {
                Compare();
            }
        }

        Compare();

        void Compare()
        {
            double[] expected = [.. naive.Order()];
            numbers.Count.Should().Be(expected.Length);
            Enumerable.Range(0, numbers.Count).Select(place => numbers[place]).Should().Equal(expected);
            if (expected.Length > 0)
            {
                (numbers.First, numbers.Last, numbers.Aggregate(0, (a, b) => a + b)).Should().Be((expected[0], expected[^1], expected.Sum()));
            }
        }
    }
}
