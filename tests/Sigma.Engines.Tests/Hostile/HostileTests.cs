using System.Collections.Concurrent;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.Engines.Tests.Engines.Splunk;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Tests.Fuzzing;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>
/// Whatever stands in a rule, an output is one query or one object with that text as data, or there is none and a diagnostic says so. An
/// ordinary run tries more than ten thousand combinations of a rule and an outlet; <c>SIGMAC_HOSTILE=1000000</c> tries so many
/// (<c>SIGMAC_HOSTILE_SEED</c> sets another seed, <c>SIGMAC_PROGRESS</c> names a file that tells how far it is). docs/testing-sigmac.md has the figures.
/// </summary>
public sealed class HostileTests(ITestOutputHelper log)
{
    private const int OrdinaryCombinations = 1_100;
    private const ulong OrdinarySeed = 20261128;

    public static TheoryData<string> Names => [.. Outlets.All.Select(outlet => outlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_text_stays_data(string name)
    {
        var outlet = Outlets.All.Single(one => one.Name == name);
        if (outlet.IsCommand && ShellBatch.Shells.Count == 0)
        {
            log.WriteLine("Skipped: no bash and no dash on this machine.");
            return;
        }

        var run = new HostileRun(outlet, HostileFactAttribute.Seed ?? OrdinarySeed);
        run.Run(0, outlet.IsCommand ? OrdinaryCombinations / 5 : Math.Max(20, OrdinaryCombinations * outlet.Share / 100));
        Tell(run);
        run.Flaws.Should().BeEmpty();
        run.Written.Should().BeGreaterThan(run.Combinations / 4, "what is refused proves little");
    }

    [Fact]
    public void An_ordinary_run_has_ten_thousand_combinations() =>
        Outlets.All.Sum(outlet => outlet.IsCommand ? OrdinaryCombinations / 5 : Math.Max(20, OrdinaryCombinations * outlet.Share / 100)).Should().BeGreaterThanOrEqualTo(10_000);

    [Theory]
    [InlineData("all of them")]
    [InlineData("g and k")]
    [InlineData("k or h")]
    public void A_keyword_with_a_line_break_is_found_by_splunk(string condition)
    {
        var query = OwnTarget.Query(OwnTarget.Of("splunk"), $"title: T\nlogsource: {{category: test}}\ndetection:\n  g: {{F: w}}\n  h: {{G: v}}\n  k: [\"a\\nb\"]\n  condition: {condition}\n");
        bool Finds(string message) => SplunkEngine.Run(query, [new SearchRow { RecordId = 1, ["F"] = "w", ["G"] = condition == "k or h" ? "x" : "v", [SplunkEngine.Raw] = message }]).Count > 0;
        Finds("x a\nb y").Should().BeTrue(query);
        Finds("x a b y").Should().BeFalse(query);
    }

    [Fact]
    public void A_name_with_a_star_is_refused_by_splunk() =>
        OwnTarget.Convert(OwnTarget.Of("splunk"), "title: T\nlogsource: {category: test}\ndetection: {s: {'a*': x}, condition: s}\n").Single().Diagnostics
            .Should().Contain(d => d.Code.Id == "SIG0601");

    [HostileFact]
    public void The_long_run_finds_no_break_out()
    {
        var seed = HostileFactAttribute.Seed ?? OrdinarySeed;
        var shares = Outlets.All.Sum(outlet => outlet.Share);
        var runs = Outlets.All.Select(outlet => new HostileRun(outlet, seed)).ToList();
        var pieces = runs.SelectMany(run =>
        {
            var count = (int)((long)HostileFactAttribute.Combinations * run.Outlet.Share / shares) + 1;
            var size = run.Outlet.IsCommand ? 500 : 2_000;
            return Enumerable.Range(0, (count + size - 1) / size).Select(i => (Run: run, First: i * size, Count: Math.Min(size, count - (i * size)), Part: (double)i * size / count));
        }).OrderBy(piece => piece.Part).ToList();
        var progress = new RunProgress(pieces.Sum(piece => (long)piece.Count));
        Parallel.ForEach(Partitioner.Create(pieces, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, piece =>
        {
            var known = piece.Run.Flaws.Count;
            piece.Run.Run(piece.First, piece.Count);
            progress.Tell(piece.Run.Flaws.Skip(known));
            progress.Add(piece.Count, $"{piece.Run.Outlet.Name}, {runs.Sum(run => run.Flaws.Count)} flaws");
        });
        runs.ForEach(Tell);
        log.WriteLine($"all: {runs.Sum(run => run.Combinations)} combinations, {runs.Sum(run => run.Shelled)} commands through real shells, seed {seed}");
        runs.SelectMany(run => run.Flaws).Should().BeEmpty();
        runs.Sum(run => run.Combinations).Should().BeGreaterThanOrEqualTo(HostileFactAttribute.Combinations);
        runs.Sum(run => run.Shelled).Should().BeGreaterThanOrEqualTo(HostileFactAttribute.Combinations / 20, "a twentieth goes through real shells");
    }

    private void Tell(HostileRun run)
    {
        log.WriteLine($"{run.Outlet.Name}: {run.Combinations} combinations, {run.Written} written, {run.Refused} refused, {run.Shelled} through shells, {run.Flaws.Count} flaws, {run.Elapsed.TotalSeconds:F1} s");
        run.Flaws.ToList().ForEach(log.WriteLine);
    }
}

/// <summary>A test of many minutes, which runs when it is asked for by <c>SIGMAC_HOSTILE</c>, the number of combinations.</summary>
public sealed class HostileFactAttribute : FactAttribute
{
    public HostileFactAttribute() =>
        Skip = Combinations == 0 ? "Skipped: the long run takes many minutes; set SIGMAC_HOSTILE=1000000 to run it."
            : ShellBatch.Shells.Count == 0 ? "Skipped: no bash and no dash on this machine." : null;

    public static int Combinations { get; } = int.TryParse(Environment.GetEnvironmentVariable("SIGMAC_HOSTILE"), out var count) ? count : 0;

    public static ulong? Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("SIGMAC_HOSTILE_SEED"), out var seed) ? seed : null;
}
