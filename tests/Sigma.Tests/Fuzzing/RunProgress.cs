using System.Diagnostics;

namespace Sigma.Tests.Fuzzing;

/// <summary>Tells how far a long run is, in the file that <c>SIGMAC_PROGRESS</c> names, at most every ten seconds; the test runner shows nothing before the end.</summary>
/// <param name="all">How many inputs there will be.</param>
internal sealed class RunProgress(long all)
{
    private static readonly string? File = Environment.GetEnvironmentVariable("SIGMAC_PROGRESS");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private TimeSpan told;
    private long done;

    /// <summary>Tells what was found, at once.</summary>
    /// <param name="what">The findings.</param>
    public void Tell(IEnumerable<string> what)
    {
        if (File is null)
        {
            return;
        }

        lock (gate)
        {
            System.IO.File.AppendAllLines(File, what);
        }
    }

    /// <summary>Counts inputs.</summary>
    /// <param name="count">How many are done in addition.</param>
    /// <param name="what">What is at work.</param>
    public void Add(long count, string what)
    {
        if (File is null)
        {
            return;
        }

        lock (gate)
        {
            done += count;
            if (clock.Elapsed - told > Pause)
            {
                told = clock.Elapsed;
                System.IO.File.AppendAllText(File, $"{clock.Elapsed:hh\\:mm\\:ss} {done} of {all}, {what}\n");
            }
        }
    }
}
