using System.Globalization;
using System.Text;

namespace Sigma.Mutation;

/// <summary>What a run found, as the page has it.</summary>
internal sealed class MutationReport
{
    private const string Begin = "<!-- written by tests/mutation.sh -->";
    private const string End = "<!-- until here -->";

    /// <summary>Makes the report.</summary>
    public MutationReport(MutationSettings settings, IReadOnlyList<Mutant> mutants, int all, IReadOnlyList<TestClass> classes, IReadOnlyList<string?> fates, TimeSpan time)
    {
        var text = new StringBuilder();
        (Mutant Mutant, Fate Kind)[] tried = [.. mutants.Zip(fates).Where(one => one.Second is not null).Select(one => (one.First, Enum.Parse<Fate>(one.Second!.Split(' ')[0])))];
        text.Append(CultureInfo.InvariantCulture, $"Seed {settings.Seed}: {(tried.Length < mutants.Count ? $"the first {tried.Length} of " : "")}{mutants.Count} mutants, of {all:N0} possible ones; {classes.Count} classes of tests");
        int slow = classes.Count(one => one.Passes && one.Seconds > settings.Slowest);
        int failing = classes.Count(one => !one.Passes);
        text.Append(CultureInfo.InvariantCulture, $"{(failing > 0 ? $", {failing} of them left out as they fail without a mutant" : "")}");
        text.Append(CultureInfo.InvariantCulture, $"{(slow > 0 ? $", {slow} of them left out as too slow" : "")}.\n\n");
        text.Append("| Folder | Mutants | Killed | Out of time | Survived | No test comes by | Score |\n|---|---|---|---|---|---|---|\n");
        foreach (var folder in tried.GroupBy(one => one.Mutant.File.Split('/')[^2]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(folder.Key, [.. folder.Select(one => one.Kind)]);
        }

        Row("all", [.. tried.Select(one => one.Kind)]);
        text.Append("\nThe score is the share of killed mutants, those out of time among them, of all.\n");
        text.Append(CultureInfo.InvariantCulture, $"The run took {(int)time.TotalMinutes} minutes.\n");
        Text = text.ToString();
        Survivors = [.. tried.Where(one => one.Kind is Fate.Survived or Fate.NotPassed).Select(one => $"{one.Kind}\t{one.Mutant.File}:{one.Mutant.Line}\t{one.Mutant.Description}")];

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
