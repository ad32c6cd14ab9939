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

// `parquet FROM TO` and `sweep SCRIPT PARQUET HITS` are parts of sweep.sh.
if (args is ["parquet", var from, var to])
{
    SweepRun.WriteEvents(from, to);
    return;
}

if (args is ["sweep", var script, var parquet, var hits])
{
    SweepRun.RunOnDuckDb(script, parquet, hits);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
