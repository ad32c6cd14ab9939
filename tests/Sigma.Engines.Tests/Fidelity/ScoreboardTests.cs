using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>The scoreboard of docs/fidelity.md: every target with what of it is proved, and by what. The long run writes it.</summary>
public sealed class ScoreboardTests
{
    private const string Table = "scoreboard";

    private static readonly string[] Targets = [.. new BackendCatalog().Names.Order(StringComparer.Ordinal)];

    [LongFact(Needs.Shared)]
    public void The_long_run_writes_the_scoreboard()
    {
        string[] files = [.. OwnTarget.RulePack, .. OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"))];
        var random = FidelityPage.Rows(FidelityPage.Random).ToLookup(row => row[0].Split(' ', ',')[0]);
        var rows = Targets.Select(target =>
        {
            var compiler = new Compiler([OwnTarget.Of(target)]);
            var conversions = files.AsParallel().SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _)))
                .Where(conversion => !conversion.Diagnostics.Any(d => d.Code.Id == "SIG0605")).ToList();
            var converted = conversions.Where(conversion => conversion.Query is not null).ToList();
            return $"| {target} | {FidelityPage.Number(converted.Count)} of {FidelityPage.Number(conversions.Count)} | {Sum(random[target], 3)} | {Sum(random[target], 6)} "
                + $"| {FidelityPage.Number(converted.Count(conversion => Direction.Of(conversion).Codes.Count > 0))} | {Proof(target)} |";
        });
        FidelityPage.Write(Table, "| Target | Rules converted | Random cases | Mismatches | Rules written approximately | Proof |\n|---|---|---|---|---|---|\n" + string.Join('\n', rows));
    }

    [Fact]
    public void The_scoreboard_has_every_target_with_its_proof() =>
        FidelityPage.Rows(Table).Select(row => (row[0], row[5])).Should().Equal(Targets.Select(target => (target, Proof(target))));

    [Fact]
    public void A_target_that_is_proved_has_no_mismatch() =>
        FidelityPage.Rows(Table).Where(row => row[5] != None).Should().AllSatisfy(row => row[3].Should().Be("0", row[0]));

    private const string None = "none";

    private static string Proof(string target) => FidelityTargets.All.FirstOrDefault(known => known.Name.Split(' ', ',')[0] == target) switch
    {
        null => None,
        { Engine: var engine } when engine.Contains("interpreter", StringComparison.Ordinal) => target is "logql" or "kql" ? "parser and own interpreter" : "own interpreter",
        _ => "engine",
    };

    private static string Sum(IEnumerable<IReadOnlyList<string>> rows, int column) =>
        rows.Any() ? FidelityPage.Number(rows.Sum(row => int.Parse(row[column].Replace(",", ""), System.Globalization.CultureInfo.InvariantCulture))) : "";
}
