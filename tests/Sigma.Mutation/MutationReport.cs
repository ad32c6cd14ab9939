using System.Globalization;
using System.Text;

namespace Sigma.Mutation;

/// <summary>What a run found, as the page has it.</summary>
internal sealed class MutationReport
{
    private const string Begin = "<!-- written by tests/mutation.sh -->";
    private const string End = "<!-- until here -->";

    /// <summary>Makes the report.</summary>
    public MutationReport(MutationSettings settings, IReadOnlyList<Mutant> mutants, int all, IReadOnlyList<TestClass> classes, string[] fates, TimeSpan time)
    {
        var text = new StringBuilder();
        Fate[] kinds = [.. fates.Select(fate => Enum.Parse<Fate>(fate.Split(' ')[0]))];
        text.Append(CultureInfo.InvariantCulture, $"Seed {settings.Seed}: {mutants.Count} of {all:N0} possible mutants, {classes.Count} classes of tests");
        int slow = classes.Count(one => one.Seconds > settings.Slowest);
        text.Append(CultureInfo.InvariantCulture, $"{(slow > 0 ? $", {slow} of them left out as too slow" : "")}.\n\n");
        text.Append("| Folder | Mutants | Killed | Out of time | Survived | No test comes by | Score |\n|---|---|---|---|---|---|---|\n");
        foreach (var folder in mutants.Select((mutant, i) => (Folder: mutant.File.Split('/')[^2], Kind: kinds[i])).GroupBy(one => one.Folder).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(folder.Key, [.. folder.Select(one => one.Kind)]);
        }

        Row("all", kinds);
        text.Append("\nThe score is the share of killed mutants, those out of time among them, of all.\n");
        text.Append(CultureInfo.InvariantCulture, $"The run took {(int)time.TotalMinutes} minutes.\n");
        Text = text.ToString();
        Survivors = [.. mutants.Select((mutant, i) => (mutant, kinds[i])).Where(one => one.Item2 is Fate.Survived or Fate.NotPassed).Select(one => $"{one.Item2}\t{one.mutant.File}:{one.mutant.Line}\t{one.mutant.Description}")];

        void Row(string name, Fate[] some)
        {
            int Of(Fate which) => some.Count(kind => kind == which);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {some.Length} | {Of(Fate.Killed)} | {Of(Fate.TooLong)} | {Of(Fate.Survived)} | {Of(Fate.NotPassed)} | {100.0 * (Of(Fate.Killed) + Of(Fate.TooLong)) / Math.Max(some.Length, 1):F1} % |\n");
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
