using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sigma.Mutation;

/// <summary>Runs classes of tests in this process, up to the first that fails. What is found goes line by line into a file.</summary>
/// <param name="assembly">The assembly of the tests.</param>
/// <param name="report">The file.</param>
internal sealed class TestRun(Assembly assembly, string report)
{
    /// <summary>The exit code of a run in which a test failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of a run in which a class took too long.</summary>
    public const int TooLong = 3;

    /// <summary>Begins the line of a report that says how many seconds of the processor the process took.</summary>
    public const string Seconds = "seconds ";

    /// <summary>The classes of an assembly that have tests.</summary>
    public static IEnumerable<string> Classes(Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsPublic: true, IsAbstract: false } && type.GetMethods().Any(method => method.GetCustomAttributesData().Any(data => IsFact(data.AttributeType))))
        .Select(type => type.FullName!).Order(StringComparer.Ordinal);

    /// <summary>Runs classes.</summary>
    /// <param name="classes">Each with how many seconds of the processor it may take.</param>
    /// <returns>The exit code.</returns>
    public int Run(IEnumerable<(string Name, int Seconds)> classes)
    {
        int count = 0;
        foreach ((string name, int seconds) in classes)
        {
            // On a busy machine the clock says nothing of a test; it is only for those that wait for ever.
            TimeSpan limit = TimeSpan.FromSeconds(seconds), begin = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            using var watchdog = new Timer(_ =>
            {
                if (Environment.CpuUsage.TotalTime - begin > limit || clock.Elapsed > 10 * limit)
                {
                    End($"too long: {name}", TooLong);
                }
            }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            count += Run(name);
        }

        WritePassed();
        File.AppendAllText(report, string.Create(CultureInfo.InvariantCulture, $"{Seconds}{Environment.CpuUsage.TotalTime.TotalSeconds:F1}\ntests {count}\n"));
        return 0;
    }

    private static bool IsFact(Type type) => type.FullName == "Xunit.FactAttribute" || (type.BaseType is { } parent && IsFact(parent));

    private int Run(string name)
    {
        IAssemblyInfo wrapped = Reflector.Wrap(assembly);
        var nothing = new Sink(_ => { });
        var options = new Options();
        options.SetValue("xunit.discovery.PreEnumerateTheories", false);
        options.SetValue("xunit.execution.DisableParallelization", true);
        var cases = new List<ITestCase>();
        using (var discoverer = new XunitTestFrameworkDiscoverer(wrapped, new NoSource(), nothing))
        using (var found = new ManualResetEventSlim())
        {
            discoverer.Find(name, false, new Sink(message =>
            {
                if (message is ITestCaseDiscoveryMessage one)
                {
                    cases.Add(one.TestCase);
                }
                else if (message is IDiscoveryCompleteMessage)
                {
                    found.Set();
                }
            }), options);
            found.Wait();
        }

        using var executor = new XunitTestFrameworkExecutor(assembly.GetName(), new NoSource(), nothing);
        using var done = new ManualResetEventSlim();
        executor.RunTests(cases, new Sink(message =>
        {
            switch (message)
            {
                case ITestFailed failed:
                    End($"failed: {failed.Test.DisplayName}", Failed);
                    break;
                case ITestAssemblyFinished:
                    done.Set();
                    break;
                case IErrorMessage error:
                    End($"failed: {name} ({string.Join(' ', error.Messages)})", Failed);
                    break;
            }
        }), options);
        done.Wait();
        return cases.Count;
    }

    private void End(string why, int code)
    {
        WritePassed();
        File.AppendAllText(report, why.ReplaceLineEndings(" ") + "\n");

        // At once, without the ends that tests have in mind.
        Environment.Exit(code);
    }

    private void WritePassed()
    {
        // Each library with mutants has a switch; one that no test has loaded has passed none.
        bool[][] switches = [.. AppDomain.CurrentDomain.GetAssemblies().Select(loaded => (bool[]?)loaded.GetType("Sigma.MutantSwitch")?.GetField("Passed")?.GetValue(null)).OfType<bool[]>()];
        if (switches.Length > 0)
        {
            IEnumerable<int> passed = Enumerable.Range(0, switches[0].Length).Where(i => switches.Any(one => one[i]));
            File.AppendAllText(report, "passed " + string.Join(' ', passed.Select(i => i.ToString(CultureInfo.InvariantCulture))) + "\n");
        }
    }

    private sealed class Sink(Action<IMessageSinkMessage> take) : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            take(message);
            return true;
        }
    }

    private sealed class NoSource : ISourceInformationProvider
    {
        public ISourceInformation GetSourceInformation(ITestCase testCase) => new SourceInformation();

        public void Dispose()
        {
        }
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> values = [];

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;
    }
}
