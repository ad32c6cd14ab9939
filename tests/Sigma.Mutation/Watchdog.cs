using System.Diagnostics;

namespace Sigma.Mutation;

/// <summary>Waits for something that takes too much of the processor; on a busy machine the clock says little, so it only ends what waits for ever.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer timer;

    /// <summary>Begins to wait.</summary>
    /// <param name="limit">How much of the processor this process may take from now on; ten times that by the clock.</param>
    /// <param name="bite">What is done when it took more.</param>
    public Watchdog(TimeSpan limit, Action bite)
    {
        TimeSpan begin = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        timer = new Timer(_ =>
        {
            if (Environment.CpuUsage.TotalTime - begin > limit || clock.Elapsed > 10 * limit)
            {
                bite();
            }
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
