using System.Globalization;
using System.Text;

namespace Sigma.Mutation;

/// <summary>What a run found, as the page has it.</summary>
internal sealed class MutationReport
{
    private const string Begin = "<!-- written by tests/mutation.sh -->";
    private const string End = "<!-- until here -->";

    /// <summary>Makes the report.</summary>
    public MutationReport(
        MutationSettings settings, IReadOnlyList<BuiltMutant> mutants, int all, IReadOnlyList<CoveredTest> tests, IReadOnlyList<TestClass> classes, IReadOnlyList<string?> fates, TimeSpan time)
    {
        var text = new StringBuilder();
        (BuiltMutant Mutant, Fate Kind)[] decided = [.. mutants.Zip(fates).Where(one => one.Second is not null).Select(one => (one.First, Enum.Parse<Fate>(one.Second!.Split(' ')[0])))];
        text.Append(CultureInfo.InvariantCulture, $"Seed {settings.Seed}: {(decided.Length < mutants.Count ? $"{decided.Length:N0} of " : "")}{mutants.Count:N0} mutants, of {all:N0} possible ones; {tests.Count:N0} tests in processes that try many");
        LeftOut(tests.Count(one => !one.Passes), "as they fail without a mutant");
        if (classes.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {classes.Count} classes of tests in a process for each mutant that these let live");
            LeftOut(classes.Count(one => !one.Passes), "as they fail without a mutant");
            LeftOut(classes.Count(one => one.Passes && one.Seconds > settings.Slowest), "as too slow");
        }

        text.Append(".\n\n");
        text.Append("| Folder | Mutants | Killed | Out of time | Survived | Not reached | Not tried | Score |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var folder in decided.GroupBy(one => one.Mutant.File.Split('/')[^2]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(folder.Key, [.. folder.Select(one => one.Kind)]);
        }

        Row("all", [.. decided.Select(one => one.Kind)]);
        text.Append("\nThe score is the share of killed mutants, those out of time among them, of all that were tried.\n");
        text.Append(CultureInfo.InvariantCulture, $"The run took {(int)time.TotalMinutes} minutes.\n");
        Text = text.ToString();
        Survivors = [.. decided.Where(one => one.Kind is Fate.Survived or Fate.NotReached).Select(one => $"{one.Kind}\t{one.Mutant}")];

        void LeftOut(int some, string why)
        {
            if (some > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $", {some} of them left out {why}");
            }
        }

        void Row(string name, Fate[] some)
        {
            int Of(Fate which) => some.Count(kind => kind == which);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {some.Length} | {Of(Fate.Killed)} | {Of(Fate.TooLong)} | {Of(Fate.Survived)} | {Of(Fate.NotReached)} | {Of(Fate.NotTried)} | {100.0 * (Of(Fate.Killed) + Of(Fate.TooLong)) / Math.Max(some.Length - Of(Fate.NotTried), 1):F1} % |\n");
        }
    }

    /// <summary>The figures in Markdown.</summary>
    public string Text { get; }

    /// <summary>What no test noticed.</summary>
    public IReadOnlyList<string> Survivors { get; }

    /// <summary>Writes the figures between the marks of a page.</summary>
    public void WriteInto(string path)
    {
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} has no place for the figures between {Begin} and {End}");
        }

        File.WriteAllText(path, $"{page[..(begin + Begin.Length)]}\n{Text}{page[end..]}");
    }
}
