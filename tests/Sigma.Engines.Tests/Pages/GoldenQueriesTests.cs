using Sigma.Engines.Tests.Engines;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// Every published page, every target: our query is history's byte for byte, or the difference follows from named
/// classes of deviation. What each class says, and its proof, stands in docs/deviations.md.
/// </summary>
public sealed class GoldenQueriesTests(ITestOutputHelper log)
{
    [SharedTheory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("xpack-watcher")]
    [InlineData("splunk")]
    [InlineData("logpoint")]
    [InlineData("powershell")]
    public void A_query_is_historys_or_the_difference_has_a_name(string target)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unexplained = new List<string>();
        foreach (var page in PageRun.All.Where(page => page.Target == target))
        {
            if (page.Ours == page.HistoryText)
            {
                Count(["same"]);
                continue;
            }

            var explanation = PageExplainer.Explain(page);
            Count(explanation.Classes);
            if (!explanation.IsComplete)
            {
                unexplained.Add($"{page.Page.Name}: {string.Join(' ', explanation.Classes)}\n{FirstDifference(explanation.Text, page.Ours)}");
            }
        }

        foreach (var (id, count) in counts)
        {
            log.WriteLine($"{target,-14} {id,-12} {count,4}");
        }

        unexplained.Should().BeEmpty();

        void Count(IEnumerable<string> classes)
        {
            foreach (var id in classes)
            {
                counts[id] = counts.GetValueOrDefault(id) + 1;
            }
        }
    }

    private static string FirstDifference(string expected, string ours)
    {
        var at = expected.Zip(ours).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  expected …{Around(expected)}…\n  ours     …{Around(ours)}…";

        string Around(string text) => text[Math.Clamp(at - 40, 0, text.Length)..Math.Clamp(at + 80, 0, text.Length)].Replace('\n', '⏎');
    }
}
