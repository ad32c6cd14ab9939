using System.Diagnostics;

namespace Sigma.Mutation;

/// <summary>Waits for something that takes too much of the processor; on a busy machine the clock says little, so it only ends what waits for ever.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer timer;

    /// <summary>Begins to wait.</summary>
    /// <param name="limit">How much of the processor this process may take from now on; ten times that by the clock.</param>
    /// <param name="bark">What is done when it took more.</param>
    /// <param name="bite">What is done when it then takes as much again.</param>
    public Watchdog(TimeSpan limit, Action bark, Action bite)
    {
        TimeSpan begin = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        timer = new Timer(_ =>
        {
            double part = Math.Max((Environment.CpuUsage.TotalTime - begin) / limit, clock.Elapsed / (10 * limit));
            if (part > 2)
            {
                bite();
            }
            else if (part > 1)
            {
                HasBarked = true;
                bark();
            }
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Whether it took too much.</summary>
    public bool HasBarked { get; private set; }

    /// <summary>Ends to wait; after it, nothing is done any more.</summary>
    public void Dispose()
    {
        using var done = new ManualResetEvent(false);
        if (timer.Dispose(done))
        {
            done.WaitOne();
        }
    }
}
