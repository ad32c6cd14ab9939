using BenchmarkDotNet.Attributes;
using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Benchmarks;

/// <summary>Evaluating rules on events.</summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private const string Started = """
        {"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "host-17",
         "EventData": {"Image": "C:\\Windows\\System32\\cmd.exe", "CommandLine": "cmd.exe /c whoami /all",
         "ParentImage": "C:\\Windows\\explorer.exe", "User": "LAB\\ann", "IntegrityLevel": "Medium", "CurrentDirectory": "C:\\Users\\ann\\"}}
        """;

    private IReadOnlyList<RuleMatcher> rules = [];
    private Event started = Event.Parse(Started);

    /// <summary>Makes the rules ready.</summary>
    [GlobalSetup]
    public void Setup() => rules =
    [
        .. RuleFolder.Decode().SelectMany(RuleReader.Read).Select(read => read.Document).OfType<SigmaRule>()
            .Select(rule => RuleMatcher.Create(rule, [])).OfType<RuleMatcher>(),
    ];

    /// <summary>A JSON text to an event.</summary>
    [Benchmark]
    public Event Parse() => started = Event.Parse(Started);

    /// <summary>All rules on one event.</summary>
    [Benchmark]
    public int Match()
    {
        int hits = 0;
        foreach (RuleMatcher rule in rules)
        {
            hits += rule.Matches(started) ? 1 : 0;
        }

        return hits;
    }
}
