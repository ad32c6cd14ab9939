using BenchmarkDotNet.Attributes;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Benchmarks;

/// <summary>The stages that are the same for every target. Each takes in what the one before it does.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private IReadOnlyList<(string Path, byte[] Bytes)> files = [];
    private IReadOnlyList<SourceText> sources = [];

    /// <summary>Reads the files.</summary>
    [GlobalSetup]
    public void Setup()
    {
        files = RuleFolder.Read();
        sources = RuleFolder.Decode();
    }

    /// <summary>Bytes to text.</summary>
    [Benchmark]
    public int Read()
    {
        int length = 0;
        foreach ((string path, byte[] bytes) in files)
        {
            length += SourceText.Decode(path, bytes, out _).Text.Length;
        }

        return length;
    }

    /// <summary>Text to YAML nodes.</summary>
    [Benchmark]
    public int Yaml()
    {
        int documents = 0;
        foreach (SourceText source in sources)
        {
            documents += YamlReader.Read(source).Count;
        }

        return documents;
    }

    /// <summary>Text to rules.</summary>
    [Benchmark]
    public int Parse()
    {
        int rules = 0;
        foreach (SourceText source in sources)
        {
            rules += RuleReader.Read(source).Count;
        }

        return rules;
    }
}
