using System.Text;
using CsCheck;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Xunit.Abstractions;

namespace Sigma.Tests.Fuzzing;

/// <summary>
/// Every input has a record or a diagnostic, and takes bounded time and memory. An ordinary run tries some thousands of mutated
/// files a target; <c>SIGMAC_FUZZ=1000000</c> tries so many in all (<c>SIGMAC_FUZZ_SEED</c> sets another seed, <c>SIGMAC_PROGRESS</c> names a file that tells how far it is). What was once found
/// stands in the folder Found and is tried each time. docs/testing-sigmac.md says how it is run.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class FuzzTests(ITestOutputHelper log)
{
    private const ulong OrdinarySeed = 20261128;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    public static TheoryData<string> Found =>
    [
        .. Directory.GetFiles(FoundFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(FoundFolder, file)).Order(StringComparer.Ordinal),
    ];

    private static string FoundFolder => Path.Combine(Repository.Root, "tests/Sigma.Tests/Fuzzing/Found");

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutated_files_are_taken_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(one => one.Name == name);
        FuzzRun run = new FuzzRun(target, FuzzFactAttribute.Seed ?? OrdinarySeed).Run(2 * target.Share);
        Tell(target, run);
        run.Findings.Should().BeEmpty();
        (run.Past * 100 / run.Inputs).Should().BeGreaterThanOrEqualTo(target.LeastPast, "most inputs have to get past the reader");
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_stays_mended(string file)
    {
        FuzzTarget target = FuzzTargets.All.Single(one => one.Name == file.Split('/', '\\')[0]);
        string input = File.ReadAllText(Path.Combine(FoundFolder, file));
        for (ulong choice = 0; choice < 16 * 15; choice++)
        {
            FuzzRun.Look(target, input, choice, out _).Should().BeNull();
        }
    }

    [Fact]
    public void Mutated_files_go_through_the_command_line() => CommandLine(0, 2);

    [Theory]
    [InlineData("{\"a\": [1, {\"b\": \"c d\"}], \"e\": \"\\u0000\\\"\"}")]
    [InlineData("\"x: y\"")]
    [InlineData("[]")]
    public void What_is_written_is_what_was_read(string text) => FuzzTree.Write(FuzzTree.Read(text)).Should().Be(text + "\n");

    [Fact]
    public void What_fails_is_seen_and_made_small()
    {
        FuzzRun run = new FuzzRun(new Failing(), 1).Run(2_000);
        run.Findings.Should().NotBeEmpty().And.OnlyContain(finding => finding.What.Contains("a level"));
        run.Findings[0].Input.Length.Should().BeLessThan(40);
        FuzzRun.Look(new Hungry(), "", 0, out _).Should().Contain("MB");
    }

    [FuzzFact]
    public void The_long_run_finds_nothing()
    {
        ulong seed = FuzzFactAttribute.Seed ?? OrdinarySeed;
        int shares = FuzzTargets.All.Sum(target => target.Share);
        var progress = new RunProgress(FuzzFactAttribute.Inputs);
        var runs = FuzzTargets.All.Select(target => (Target: target, Run: new FuzzRun(target, seed).Run(((long)FuzzFactAttribute.Inputs * target.Share / shares) + 1, Environment.ProcessorCount, progress))).ToList();
        runs.ForEach(one => Tell(one.Target, one.Run));
        log.WriteLine($"all: {runs.Sum(one => one.Run.Inputs)} inputs, {runs.Sum(one => one.Run.Past)} past the reader, seed {seed}");
        runs.SelectMany(one => one.Run.Findings).Should().BeEmpty();
        runs.Sum(one => one.Run.Inputs).Should().BeGreaterThanOrEqualTo(FuzzFactAttribute.Inputs);
        CommandLine(100, Math.Max(2, FuzzFactAttribute.Inputs / 20_000));
    }

    /// <summary>Folders of mutated files through the program: an exit code that is documented, JSON on standard output, no fault of its own.</summary>
    private static void CommandLine(int first, int runs)
    {
        const int Files = 40;
        ulong seed = FuzzFactAttribute.Seed ?? OrdinarySeed;
        Mutator Of(string name) => new(FuzzTargets.All.Single(target => target.Name == name).Corpus());
        (Mutator rules, Mutator pipelines, Mutator events, Mutator cases, Mutator configurations) = (Of("rules"), Of("pipelines"), Of("events"), Of("cases"), Of("configurations"));
        for (int n = first; n < first + runs; n++)
        {
            using var folder = new TemporaryFolder();
            var random = new PCG((uint)n, seed);
            Directory.CreateDirectory(Path.Combine(folder.Path, "rules"));
            for (int i = 0; i < Files; i++)
            {
                Write($"rules/{i}.yml", rules);
                if (i % 8 == 0)
                {
                    Write($"rules/{i}.tests.yml", cases);
                }
            }

            Write("pipeline.yml", pipelines);
            Write(".sigmac.yml", configurations);
            File.WriteAllText(Path.Combine(folder.Path, "events.ndjson"), string.Concat(Enumerable.Range(0, 200).Select(_ => FuzzTree.Write(events.Make(random)).Replace("\n---\n", "\n"))), new UTF8Encoding(false));
            foreach (string[] arguments in new string[][]
            {
                ["convert", "--no-config", "-t", "splunk,xpack-watcher,powershell,grep,logpoint", "--json", "rules"],
                ["convert", "--no-config", "-t", "es-qs", "-p", "pipeline.yml", "--json", "rules"],
                ["convert", "-t", "splunk", "--json", "rules"],
                ["explain", "--no-config", "-t", "splunk", "-f", "json", "rules"],
                ["match", "-r", "rules", "-f", "ndjson", "--with-event", "events.ndjson"],
                ["sample", "--json", "rules"],
                ["coverage", "--no-config", "-f", "json", "rules"],
                ["test", "rules"],
            })
            {
                ProgramRun run = Sigmac.Run(folder, arguments);
                string which = $"number {n} of seed {seed}: {string.Join(' ', arguments)}\n{run.Error}";
                run.ExitCode.Should().BeInRange(0, 2, which);
                run.Error.Should().NotContain("SIG0712", which);
                if (arguments.Contains("coverage") && run.Output.Length > 0)
                {
                    CheckJson(run.Output, which);
                }
                else if (!arguments.Contains("test"))
                {
                    Array.ForEach(run.Lines, line => CheckJson(line, which));
                }
            }

            void Write(string name, Mutator mutator) => File.WriteAllText(Path.Combine(folder.Path, name), FuzzTree.Write(mutator.Make(random)), new UTF8Encoding(false));
        }
    }

    private static void CheckJson(string text, string which)
    {
        Action parse = () => System.Text.Json.JsonDocument.Parse(text, new System.Text.Json.JsonDocumentOptions { MaxDepth = 512 }).Dispose();
        parse.Should().NotThrow(which);
    }

    private void Tell(FuzzTarget target, FuzzRun run)
    {
        log.WriteLine($"{target.Name}: {run.Inputs} inputs, {run.Past * 100 / Math.Max(1, run.Inputs)} % past the reader, {run.Findings.Count} findings, {run.Elapsed.TotalSeconds:F1} s");
        foreach (FuzzFinding finding in run.Findings)
        {
            log.WriteLine(finding.ToString());
        }
    }

    /// <summary>A target that cannot bear a level.</summary>
    private sealed class Failing() : FuzzTarget("rules")
    {
        public override bool Try(string input, ulong choice) => input.Contains("\"level\"") ? throw new InvalidOperationException("a level") : true;

        protected override IEnumerable<string> OwnCorpus() => ["title: a\nlevel: b\ntags: [c, d]\n"];
    }

    /// <summary>A target that takes too much.</summary>
    private sealed class Hungry() : FuzzTarget("rules")
    {
        public override bool Try(string input, ulong choice)
        {
            for (int i = 0; i < 20; i++)
            {
                GC.KeepAlive(GC.AllocateUninitializedArray<byte>(64 * 1024 * 1024));
            }

            return true;
        }

        protected override IEnumerable<string> OwnCorpus() => [];
    }
}

/// <summary>A test of many minutes, which runs when it is asked for by <c>SIGMAC_FUZZ</c>, the number of inputs.</summary>
public sealed class FuzzFactAttribute : FactAttribute
{
    public FuzzFactAttribute() => Skip = Inputs == 0 ? "Skipped: the long run takes many minutes; set SIGMAC_FUZZ=1000000 to run it." : null;

    public static int Inputs { get; } = int.TryParse(Environment.GetEnvironmentVariable("SIGMAC_FUZZ"), out int count) ? count : 0;

    public static ulong? Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("SIGMAC_FUZZ_SEED"), out ulong seed) ? seed : null;
}
