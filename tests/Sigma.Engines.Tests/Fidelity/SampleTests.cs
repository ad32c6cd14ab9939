using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// Every rule of the pack, and of the public collection where it is there, by its own samples: the ordinary run takes a
/// spread share of the collection, the long one (<c>SIGMAC_FIDELITY</c>) all of it for every target.
/// </summary>
public sealed class SampleTests(ITestOutputHelper log)
{
    private const int Share = 250;

    public static TheoryData<string> Names => [.. FidelityTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_of_rules_are_found_and_near_misses_are_not(string name)
    {
        var target = FidelityTargets.All.Single(t => t.Name == name);
        if (NeedsSentence.For(target.Needs) is { } missing)
        {
            log.WriteLine(missing);
            return;
        }

        // A watch costs a shell with a stub a rule, and finds what the same query finds without it.
        var every = target.Needs.HasFlag(Needs.Bash) ? 5 : 1;
        var run = new SampleRun(target).Run([.. OwnTarget.RulePack.Where((_, i) => i % every == 0), .. Collection.Where((_, i) => i % (Share * every) == 0)]);
        Tell(run);
        run.Faults.Should().BeEmpty();
        run.Found.Should().BeGreaterThan(run.Rules / 2);
    }

    [LongFact(Needs.Grep | Needs.Bash | Needs.Shared)]
    public void The_long_run_takes_every_rule()
    {
        var runs = LongFactAttribute.Chosen.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .Select(target => new SampleRun(target).Run([.. OwnTarget.RulePack, .. Collection])).ToList();
        runs.ForEach(Tell);
        FidelityPage.Write(FidelityPage.Samples, FidelityPage.SamplesTable(runs));
        runs.SelectMany(run => run.Faults).Should().BeEmpty();
    }

    private static IReadOnlyList<string> Collection => SharedFolder.Path is null ? [] : OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"));

    private void Tell(SampleRun run)
    {
        log.WriteLine($"{run.Target.Name}: {run.Rules} rules, {run.Refused} refused, {run.Sampleless} without samples; {run.Found} found, {run.MissedAsSaid} missed as said; "
            + $"{run.Rejected} rejected, {run.FoundAsSaid} found as said; {run.Faults.Count} faults");
        run.Faults.Take(12).ToList().ForEach(log.WriteLine);
    }
}
