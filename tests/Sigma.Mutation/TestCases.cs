using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sigma.Mutation;

/// <summary>The tests of an assembly, found once, and run one at a time in this process.</summary>
/// <param name="assembly">The assembly.</param>
internal sealed class TestCases(Assembly assembly) : IDisposable
{
    private static readonly Sink Nothing = new(_ => true);

    private readonly Options options = Options.OneAtATime();
    private readonly XunitTestFrameworkExecutor executor = new(assembly.GetName(), new NoSource(), Nothing);

    /// <summary>Finds tests; of a theory, each row is one where its values can be written down.</summary>
    /// <param name="className">The class that they are in; all classes where it is null.</param>
    public IReadOnlyList<ITestCase> Find(string? className = null)
    {
        var cases = new List<ITestCase>();
        using var discoverer = new XunitTestFrameworkDiscoverer(Reflector.Wrap(assembly), new NoSource(), Nothing);
        using var found = new ManualResetEventSlim();
        var sink = new Sink(message =>
        {
            if (message is ITestCaseDiscoveryMessage one)
            {
                cases.Add(one.TestCase);
            }
            else if (message is IDiscoveryCompleteMessage)
            {
                found.Set();
            }

            return true;
        });
        if (className is null)
        {
            discoverer.Find(false, sink, options);
        }
        else
        {
            discoverer.Find(className, false, sink, options);
        }

        found.Wait();
        return cases;
    }

    /// <summary>Runs tests up to the first that fails.</summary>
    /// <returns>The test that failed, with its name; null where none did.</returns>
    public (ITestCase? Case, string Name)? Run(IEnumerable<ITestCase> cases)
    {
        (ITestCase? Case, string Name)? first = null;
        using var done = new ManualResetEventSlim();
        executor.RunTests(cases, new Sink(message =>
        {
            switch (message)
            {
                case ITestFailed failed:
                    first ??= (failed.TestCase, failed.Test.DisplayName);
                    break;
                case IErrorMessage error:
                    first ??= (null, string.Join(' ', error.Messages));
                    break;
                case ITestAssemblyFinished:
                    done.Set();
                    break;
            }

            return first is null;
        }), options);
        done.Wait();
        return first;
    }

    /// <inheritdoc/>
    public void Dispose() => executor.Dispose();

    /// <summary>Takes messages.</summary>
    /// <param name="take">Takes one; returns whether the tests go on.</param>
    private sealed class Sink(Func<IMessageSinkMessage, bool> take) : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => take(message);
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

        public static Options OneAtATime()
        {
            var options = new Options();
            options.SetValue("xunit.discovery.PreEnumerateTheories", true);
            options.SetValue("xunit.execution.DisableParallelization", true);
            return options;
        }

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;
    }
}
