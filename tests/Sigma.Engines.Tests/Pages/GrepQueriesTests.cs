using Sigma.Engines.Tests.Engines;
using Sigma.Rules;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// The same for grep, whose commands are built otherwise: on GNU grep, each of ours selects exactly the lines its rule means,
/// and where history's text is another, grep refuses it or it selects other lines.
/// </summary>
public sealed class GrepQueriesTests(ITestOutputHelper log)
{
    // Backslashes and what follows them, groups and counts; history did escape the dot.
    private const string Metacharacters = @"\+?|{}[]()^$";

    [SharedFact(Needs.Grep)]
    public void A_command_is_historys_or_the_difference_has_a_name_and_ours_is_right()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var page in PageRun.All.Where(page => page.Target == "grep"))
        {
            var classes = Explain(page, wrong);
            foreach (var id in classes)
            {
                counts[id] = counts.GetValueOrDefault(id) + 1;
            }

            if (classes.Count == 0)
            {
                wrong.Add($"{page.Page.Name}: no class\n  {page.HistoryText}\n  {page.Ours}");
            }
        }

        foreach (var (id, count) in counts)
        {
            log.WriteLine($"{"grep",-14} {id,-12} {count,4}");
        }

        wrong.Should().BeEmpty();
    }

    private static IReadOnlyList<string> Explain(PageRun page, List<string> wrong)
    {
        if (page.Facts.Counts)
        {
            // History dropped the count and printed a command all the same.
            return page.SomeRefused && !page.HistoryRefused ? ["D17"] : [];
        }

        var history = page.HistoryRefused ? [] : page.HistoryText.Split('\n');
        var ours = page.Ours.Split('\n');
        var conditions = page.Facts.Rules.SelectMany(rule => rule.Conditions.Select(condition => (Rule: rule, Condition: condition))).ToList();
        var classes = new HashSet<string>();
        for (var i = 0; i < conditions.Count; i++)
        {
            var (rule, condition) = conditions[i];
            var lines = LineSamples.For(rule);
            var meant = lines.Where(line => new LineMeaning(rule).Holds(condition, line)).ToList();
            var results = GrepEngine.RunAll(page.HistoryRefused ? [ours[i]] : [ours[i], history[i]], lines);
            if (!results[0].Verdict.Accepted || !results[0].MatchingLines.SequenceEqual(meant))
            {
                wrong.Add($"{page.Page.Name}: ours\n  {ours[i]}\n  {Differing(results[0], meant)}");
            }

            if (page.HistoryRefused)
            {
                classes.Add("D10");
            }
            else if (history[i] != ours[i])
            {
                var found = Classes(page, history[i], ours[i], results[1]).ToList();
                if (results[1].Verdict.Accepted && results[1].MatchingLines.SequenceEqual(meant))
                {
                    wrong.Add($"{page.Page.Name}: history is right as well ({string.Join(' ', found)})\n  {history[i]}\n  {ours[i]}");
                }

                classes.UnionWith(found);
            }
        }

        return page.Ours == page.HistoryText ? ["same"] : [.. classes];
    }

    private static IEnumerable<string> Classes(PageRun page, string history, string ours, GrepResult result)
    {
        if (result.Error.Contains("backtracking limit", StringComparison.Ordinal))
        {
            yield return "D25";
        }
        else if (result.ExitCode > 1)
        {
            yield return "D2 refused";
        }

        if (page.Facts.Texts.Any(t => t.Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.AsSpan().IndexOfAny(Metacharacters) >= 0)))
        {
            yield return "D2";
        }

        if (page.Facts.Negates)
        {
            yield return "D3";
        }

        if (!history.Contains("'^(?:", StringComparison.Ordinal) && !history.Contains("'^.*", StringComparison.Ordinal))
        {
            yield return "D4";
        }

        if (ours.StartsWith("grep -i", StringComparison.Ordinal))
        {
            yield return "D5";
        }
    }

    private static string Differing(GrepResult result, IReadOnlyList<string> meant) => !result.Verdict.Accepted ? result.Verdict.ToString()
        : $"only found: {result.MatchingLines.Except(meant).FirstOrDefault()}\n  only meant: {meant.Except(result.MatchingLines).FirstOrDefault()}";
}
