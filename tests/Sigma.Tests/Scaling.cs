namespace Sigma.Tests;

/// <summary>Twice the input takes at most a little more than twice the time; what is quadratic takes four times as long.</summary>
internal static class Scaling
{
    /// <summary>The greatest ratio of the times of an input and of one half as large, where nothing else weighs in.</summary>
    public const double Most = 2.2;

    /// <summary>The same where the data outgrow a cache of the processor between the two sizes, which costs each step more.</summary>
    public const double MostOutOfCache = 3;

    private const int Rounds = 12;

    /// <summary>
    /// Asserts that time grows with the size. Both sizes are measured in turns and the best times are compared, so what else
    /// the machine does, and code that is not compiled yet, meets both; a round that shows the ratio is enough.
    /// </summary>
    /// <param name="size">The smaller size: large enough that what is the same for any size does not count.</param>
    /// <param name="measure">Measures a size, by <see cref="ThreadTime.Of"/>.</param>
    /// <param name="most">The greatest ratio.</param>
    public static void ShouldBeLinear(int size, Func<int, double> measure, double most = Most)
    {
        measure(Math.Min(size, 5_000));
        double one = double.MaxValue;
        double two = double.MaxValue;
        for (int round = 0; round < Rounds && (round == 0 || two > one * Most); round++)
        {
            one = Math.Min(one, measure(size));
            two = Math.Min(two, measure(size * 2));
        }

        (two / one).Should().BeLessThanOrEqualTo(most, "{0} take {1:F0} ms and {2} take {3:F0} ms; a quadratic step makes it 4", size, one, size * 2, two);
    }
}
