namespace Sigma.Tests;

/// <summary>32 times the input takes about 32 times the time; what is quadratic takes about a thousand times as long.</summary>
internal static class Scaling
{
    private const int Spread = 32;

    /// <summary>
    /// The greatest ratio of the times, midway between linear and quadratic on a scale of factors: five and a half times what is
    /// linear, so that neither a cache that is outgrown nor a busy machine reaches it. How near to linear the time is, a benchmark
    /// has to say.
    /// </summary>
    private const double Most = 181;

    /// <summary>How often it may be measured before the ratio counts as shown.</summary>
    private const int MostRounds = 6;

    /// <summary>
    /// Asserts that time grows with the size, from a sixteenth of it to twice as much. Both are measured in turns and the best times
    /// are compared, so what else the machine does, and code that is not compiled yet, meets both; a round that shows the ratio is
    /// enough.
    /// </summary>
    /// <param name="size">Half of the largest size that is measured.</param>
    /// <param name="measure">Measures a size, by <see cref="ThreadTime.Of"/>.</param>
    public static void ShouldBeLinear(int size, Func<int, double> measure)
    {
        int large = size * 2;
        int small = large / Spread;
        double first = double.MaxValue;
        double last = double.MaxValue;
        measure(small);
        for (int round = 0; round < MostRounds && (round == 0 || last > first * Most); round++)
        {
            first = Math.Min(first, measure(small));
            last = Math.Min(last, measure(large));
        }

        (last / first).Should().BeLessThanOrEqualTo(Most, "{0} take {1:F1} ms and {2} take {3:F1} ms; a quadratic step makes it 1024", small, first, large, last);
    }

    /// <summary>
    /// Asserts that one work takes no more than 32 times the time of another one that differs in a detail only. Both are measured in turns,
    /// after once each for the code that is not compiled yet.
    /// </summary>
    /// <param name="measure">Measures the work, by <see cref="ThreadTime.Of"/>.</param>
    /// <param name="other">Measures the other one.</param>
    public static void ShouldCostAsMuch(Func<double> measure, Func<double> other)
    {
        double first = double.MaxValue;
        double second = double.MaxValue;
        other();
        for (int round = 0; round < MostRounds && (round == 0 || second > first * Spread); round++)
        {
            first = Math.Min(first, other());
            second = Math.Min(second, measure());
        }

        (second / first).Should().BeLessThanOrEqualTo(Spread, "one takes {0:F1} ms, the other {1:F1} ms", second, first);
    }
}
