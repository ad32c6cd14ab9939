using BenchmarkDotNet.Attributes;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Rules;

namespace Sigma.Benchmarks;

/// <summary>What a target adds: pipelines, normalizing, emitting and the format, for rules that are already parsed.</summary>
[MemoryDiagnoser]
public class TargetBenchmarks
{
    private IReadOnlyList<IReadOnlyList<ReadDocument>> files = [];
    private Compiler compiler = new([]);

    /// <summary>The target.</summary>
    [ParamsSource(nameof(Targets))]
    public string Target { get; set; } = "";

    /// <summary>All that are built in.</summary>
    public static IEnumerable<string> Targets => new BackendCatalog().Names;

    /// <summary>Parses the rules and reads the target.</summary>
    [GlobalSetup]
    public void Setup()
    {
        files = [.. RuleFolder.Decode().Select(RuleReader.Read)];
        Backend backend = new BackendCatalog().Read(Target, new Dictionary<string, string>(), [])!;
        compiler = new Compiler([new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, [], withOwn: true))]);
    }

    /// <summary>Rules to queries.</summary>
    [Benchmark]
    public int Convert()
    {
        int length = 0;
        foreach (IReadOnlyList<ReadDocument> documents in files)
        {
            foreach (Conversion conversion in compiler.Convert(documents, RuleSet.Empty))
            {
                length += conversion.Query?.Length ?? 0;
            }
        }

        return length;
    }
}

/// <summary>What it takes to make the targets ready, which every run does once.</summary>
[MemoryDiagnoser]
public class SetupBenchmarks
{
    /// <summary>Reads one target with its pipelines.</summary>
    [Benchmark]
    public Backend? One() => new BackendCatalog().Read("splunk", new Dictionary<string, string>(), []);

    /// <summary>Reads all that are built in.</summary>
    [Benchmark]
    public int All()
    {
        var catalog = new BackendCatalog();
        return catalog.Names.Count(name => catalog.Read(name, new Dictionary<string, string>(), []) is not null);
    }
}
