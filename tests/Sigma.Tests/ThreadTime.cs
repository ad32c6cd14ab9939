using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sigma.Tests;

/// <summary>
/// The processor time of the calling thread, so that a ratio of two times does not depend on what else the machine does. Where
/// the system has no such clock, it is the time of the clock on the wall.
/// </summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    /// <summary>Measures how long some work takes.</summary>
    /// <returns>The time in milliseconds.</returns>
    public static double Of(Action work)
    {
        // What others left is collected before, not meanwhile; the old generations of a large test process would take longer than the work.
        GC.Collect(0);
        double start = Now();
        work();
        return Now() - start;
    }

    private static double Now() => OperatingSystem.IsLinux() && Clock(ThreadCpuTime, out Timespec time) == 0
        ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6)
        : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Clock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
