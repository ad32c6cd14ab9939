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
        var counts = new ClassCounts(target);
        var unexplained = new List<string>();
        foreach (var page in PageRun.All.Where(page => page.Target == target))
        {
            if (page.Ours == page.HistoryText)
            {
                counts.Add(["same"]);
                continue;
            }

            var explanation = PageExplainer.Explain(page);
            counts.Add(explanation.Classes);
            if (!explanation.IsComplete)
            {
                unexplained.Add($"{page.Page.Name}: {string.Join(' ', explanation.Classes)}\n{FirstDifference(explanation.Text, page.Ours)}");
            }
        }

        unexplained.Should().BeEmpty();
        counts.Check(log);
    }

    private static string FirstDifference(string expected, string ours)
    {
        var at = expected.Zip(ours).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  expected …{Around(expected)}…\n  ours     …{Around(ours)}…";

        string Around(string text) => text[Math.Clamp(at - 40, 0, text.Length)..Math.Clamp(at + 80, 0, text.Length)].Replace('\n', '⏎');
    }
}
