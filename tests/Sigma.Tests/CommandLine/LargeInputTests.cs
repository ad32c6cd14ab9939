using System.Globalization;
using Sigma.Backends;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Pipelines;

namespace Sigma.Tests.CommandLine;

/// <summary>Much work, long lines, and a fault of the compiler itself.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class LargeInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_thousand_rules_come_out_in_order()
    {
        string[] expected = [.. Enumerable.Range(1, 2000).Select(number => "f=\"" + number.ToString("0000", CultureInfo.InvariantCulture) + "\"")];
        foreach (string query in expected)
        {
            string value = query[3..^1];
            folder.With($"rules/{value[..2]}/{value}.yml", Rule.For($"'{value}'"));
        }

        ProgramRun run = Sigmac.RunProcess(folder, null, [("DOTNET_GCHeapHardLimit", "0x6000000")], "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().Equal(expected);
        run.Error.Should().Be("sigmac: 2000 rules, 2000 converted, 0 failed\n");
    }

    [Fact]
    public void A_list_of_a_hundred_thousand_values_takes_seconds()
    {
        folder.With("a.yml", Rule.For("\n        - " + string.Join("\n        - ", Enumerable.Range(0, 100_000).Select(number => $"value{number}"))).Replace("{f: ", "\n      f: ").Replace("value99999}", "value99999"));

        // Seconds of the processor, so that a busy machine does not count.
        ProgramRun run = Sigmac.Shell(folder, "ulimit -t 20; sigmac convert -t splunk a.yml");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().ContainSingle("a query is never wrapped").Which.Should().Contain("f=\"value0\"").And.Contain("f=\"value99999\"");
    }

    [Fact]
    public void A_fault_of_the_compiler_is_one_failed_rule()
    {
        var diagnostics = new List<Sigma.Text.Diagnostic>();
        Backend backend = new BackendCatalog().Read("splunk", new Dictionary<string, string>(), diagnostics)!;
        var pipelines = new FaultyPipelines();
        var target = new CompilerTarget(backend, backend.Formats[0], pipelines);
        pipelines.Broken = true;
        folder.With("a.yml", Rule.For("a"));
        var settings = new ConvertSettings
        {
            Rules = new RuleSettings { Inputs = [folder["a.yml"]] },
            Targets = new TargetSettings { Targets = [] },
            Messages = new MessageSettings(),
        };
        var rules = RuleCollection.Open(settings.Rules, new ProcessEnvironment(), diagnostics);

        ConvertedFile file = new FileConversion(new Compiler([target]), settings, rules).Convert(rules.Inputs[0]);

        file.Rules.Should().ContainSingle().Which.Failed.Should().BeTrue();
        file.Rules[0].Diagnostics.Should().ContainSingle().Which.Message.Should().Be("internal error: InvalidOperationException: no pipelines");
    }

    private sealed class FaultyPipelines : IReadOnlyList<Pipeline>
    {
        public bool Broken { get; set; }

        public int Count => Broken ? throw new InvalidOperationException("no pipelines") : 0;

        public Pipeline this[int index] => throw new InvalidOperationException("no pipelines");

        public IEnumerator<Pipeline> GetEnumerator() =>
            Broken ? throw new InvalidOperationException("no pipelines") : Enumerable.Empty<Pipeline>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
