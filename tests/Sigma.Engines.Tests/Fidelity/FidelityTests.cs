using Sigma.Engines.Tests.Engines;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// What a query finds on its engine is what the rule means: for random rules and events, under the target's view of an event,
/// by the tests' own reading of rules and by the product's evaluator. An ordinary run takes a few thousand cases a target;
/// with <c>SIGMAC_FIDELITY=100000</c> the long run takes so many and writes docs/fidelity.md (<c>SIGMAC_FIDELITY_SEED</c>
/// sets another seed).
/// </summary>
public sealed class FidelityTests(ITestOutputHelper log)
{
    private const int OrdinaryCases = 4_000;
    private const ulong OrdinarySeed = 4711;

    public static TheoryData<string> Names => [.. FidelityTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_rules_find_what_they_mean(string name)
    {
        var target = FidelityTargets.All.Single(t => t.Name == name);
        if (NeedsSentence.For(target.Needs) is { } missing)
        {
            log.WriteLine(missing);
            return;
        }

        var run = new FidelityRun(target, OrdinarySeed).Run(OrdinaryCases);
        Tell(run);
        run.Mismatches.Should().BeEmpty();
        run.Hits.Should().BeGreaterThan(run.Rules, "cases in which nothing is found prove little");
        run.Refused.Should().BeLessThan(run.Rules, "most of these rules can be said");
    }

    [LongFact]
    public void The_long_run_writes_the_page()
    {
        var seed = LongFactAttribute.Seed ?? OrdinarySeed;
        var runs = LongFactAttribute.Chosen.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .Select(target => new FidelityRun(target, seed).Run(LongFactAttribute.Cases)).ToList();
        runs.ForEach(Tell);
        FidelityPage.Write(FidelityPage.Random, FidelityPage.RandomTable(runs, seed));
        runs.SelectMany(run => run.Mismatches).Should().BeEmpty();
    }

    [Fact]
    public void The_page_has_the_targets_and_views_of_the_table()
    {
        var rows = FidelityPage.Rows(FidelityPage.Random);
        rows.Select(row => (row[0], row[1])).Should().Equal(FidelityTargets.All.Select(target => (target.Name, target.Engine)));
        FidelityPage.Text.Should().ContainAll(FidelityTargets.All.Select(target => target.View));
        rows.Should().AllSatisfy(row => int.Parse(row[3].Replace(",", "")).Should().BeGreaterThanOrEqualTo(100_000, row[0]));
    }

    private void Tell(FidelityRun run)
    {
        log.WriteLine($"{run.Target.Name}: {run.Cases} cases of {run.Rules} rules, {run.Hits} hits, {run.Evaluated} evaluated, {run.Refused} refused, "
            + $"{run.Mismatches.Count} mismatches, {run.Elapsed.TotalSeconds:F1} s; {string.Join(", ", run.Approximations.Select(a => $"{a.Key} {a.Value}"))}");
        run.Mismatches.Take(6).ToList().ForEach(log.WriteLine);
    }
}

/// <summary>A test of minutes, which runs when it is asked for by <c>SIGMAC_FIDELITY</c>, the number of cases a target.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute(Needs needs = Needs.Grep | Needs.Bash) =>
        Skip = Cases == 0 ? "Skipped: the long run takes minutes; set SIGMAC_FIDELITY=100000 to run it." : NeedsSentence.For(needs);

    public static int Cases { get; } = int.TryParse(Environment.GetEnvironmentVariable("SIGMAC_FIDELITY"), out var cases) ? cases : 0;

    /// <summary>The targets of the long run: all, or those that <c>SIGMAC_FIDELITY_TARGETS</c> names; the page keeps the rows of the others.</summary>
    internal static IReadOnlyList<FidelityTarget> Chosen => Environment.GetEnvironmentVariable("SIGMAC_FIDELITY_TARGETS") is { Length: > 0 } names
        ? [.. FidelityTargets.All.Where(target => names.Split(',').Contains(target.Name))]
        : FidelityTargets.All;

    public static ulong? Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("SIGMAC_FIDELITY_SEED"), out var seed) ? seed : null;
}
