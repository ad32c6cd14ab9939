using System.Globalization;
using BenchmarkDotNet.Running;
using Sigma.Benchmarks;

// `events N FILE` writes N events to measure with, by the ending of the file as .ndjson or .evtx.
if (args is ["events", var count, var path])
{
    int number = int.Parse(count, CultureInfo.InvariantCulture);
    if (path.EndsWith(".evtx", StringComparison.Ordinal))
    {
        EventLogWriter.WriteEventLog(number, path);
    }
    else
    {
        EventLogWriter.WriteJson(number, path);
    }

    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
