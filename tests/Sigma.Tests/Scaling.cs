namespace Sigma.Tests;

/// <summary>Four times the input takes about four times the time; what is quadratic takes sixteen times as long.</summary>
internal static class Scaling
{
    /// <summary>
    /// The greatest ratio of the times: midway between 4 and 16, so that neither a cache that is outgrown nor a busy machine reaches
    /// it, and a quadratic step does. How near to linear the time is, a benchmark has to say.
    /// </summary>
    private const double Most = 8;

    /// <summary>How often it may be measured before the ratio counts as shown.</summary>
    private const int MostRounds = 6;

    /// <summary>
    /// Asserts that time grows with the size, from half of it to twice as much. Both are measured in turns and the best times are
    /// compared, so what else the machine does, and code that is not compiled yet, meets both; a round that shows the ratio is enough.
    /// </summary>
    /// <param name="size">The size in the middle: large enough that what is the same for any size does not count.</param>
    /// <param name="measure">Measures a size, by <see cref="ThreadTime.Of"/>.</param>
    public static void ShouldBeLinear(int size, Func<int, double> measure)
    {
        measure(Math.Min(size / 2, 5_000));
        double one = double.MaxValue;
        double four = double.MaxValue;
        for (int round = 0; round < MostRounds && (round == 0 || four > one * Most); round++)
        {
            one = Math.Min(one, measure(size / 2));
            four = Math.Min(four, measure(size * 2));
        }

        (four / one).Should().BeLessThanOrEqualTo(Most, "{0} take {1:F0} ms and {2} take {3:F0} ms; a quadratic step makes it 16", size / 2, one, size * 2, four);
    }
}
