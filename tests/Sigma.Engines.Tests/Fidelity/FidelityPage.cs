using System.Globalization;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>docs/fidelity.md: the figures stand between marks, and only a long run changes them.</summary>
internal static class FidelityPage
{
    public const string Random = "random";

    public const string Samples = "samples";

    private static readonly string Path = System.IO.Path.Combine(SharedFolder.Root!, "docs", "fidelity.md");

    public static string Text => File.ReadAllText(Path);

    /// <summary>The cells of a table's rows.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(string name) =>
        [.. Between(Text, name).Split('\n').Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToList())];

    /// <summary>Puts a table in the place of the one of this name.</summary>
    public static void Write(string name, string table)
    {
        var text = Text;
        File.WriteAllText(Path, text.Replace(Between(text, name), $"\n{table}\n"));
    }

    public static string RandomTable(IReadOnlyList<FidelityRun> runs, ulong seed) =>
        $"Seed {seed}.\n\n"
        + "| Target | Engine | On this run | Cases | Rules | Also by the evaluator | Mismatches | Refused rules | Approximations |\n|---|---|---|---|---|---|---|---|---|\n"
        + Together(Random, runs.Select(run => (run.Target.Name, string.Join(" | ",
            $"| {run.Target.Name}", run.Target.Engine, run.Target.Version?.Invoke() ?? "pinned", Number(run.Cases), Number(run.Rules), Number(run.Evaluated),
            Number(run.Mismatches.Count), Number(run.Refused), $"{Kinds(run)} |"))));

    public static string SamplesTable(IReadOnlyList<SampleRun> runs) =>
        "| Target | Rules | Refused | Without samples | Matches found | Missed, as said | Near misses rejected | Found, as said | Otherwise |\n|---|---|---|---|---|---|---|---|---|\n"
        + Together(Samples, runs.Select(run => (run.Target.Name, string.Join(" | ",
            $"| {run.Target.Name}", Number(run.Rules), Number(run.Refused), Number(run.Sampleless), Number(run.Found), Number(run.MissedAsSaid),
            Number(run.Rejected), Number(run.FoundAsSaid), $"{Number(run.Faults.Count)} |"))));

    /// <summary>The rows of these targets, and those that the page has of the others, in the order of the targets.</summary>
    private static string Together(string table, IEnumerable<(string Name, string Row)> rows)
    {
        var now = Rows(table).ToDictionary(row => row[0], row => $"| {string.Join(" | ", row)} |");
        foreach (var (name, row) in rows)
        {
            now[name] = row;
        }

        return string.Join('\n', FidelityTargets.All.Where(target => now.ContainsKey(target.Name)).Select(target => now[target.Name]));
    }

    private static string Kinds(FidelityRun run) => run.Approximations.Count == 0 ? "none"
        : string.Join(", ", run.Approximations.Select(kind => $"{Number(kind.Value)} {NameOf(kind.Key)}"));

    /// <summary>What a finding promises.</summary>
    public static string NameOf(string code) => code switch
    {
        "SIG0602" => "more",
        "SIG0603" => "fewer",
        _ => "other",
    };

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Between(string text, string name)
    {
        var (open, close) = ($"<!-- {name} -->", $"<!-- end of {name} -->");
        var from = text.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return text[from..text.IndexOf(close, StringComparison.Ordinal)];
    }
}
