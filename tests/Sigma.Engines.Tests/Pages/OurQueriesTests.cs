using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Pages;

/// <summary>Whatever ours is on a page, the real engine takes it. For grep see <see cref="GrepQueriesTests"/>.</summary>
public sealed class OurQueriesTests
{
    [SharedFact]
    public void PowerShell_parses_every_command_and_net_every_pattern()
    {
        foreach (var (name, text) in Lines("powershell"))
        {
            PowerShellEngine.Accepts(text).Should().Be(Verdict.Accept, name);
        }
    }

    [SharedTheory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    public void Lucene_parses_every_query(string target)
    {
        var view = target == "graylog" ? LuceneView.Graylog : LuceneView.Elasticsearch;
        foreach (var (name, text) in Lines(target))
        {
            LuceneEngine.Accepts(text, view).Should().Be(Verdict.Accept, name);
        }
    }

    [SharedFact(Needs.Bash)]
    public void Bash_hands_every_watch_to_curl_as_it_is_written()
    {
        var pages = PageRun.All.Where(page => page.Target == "xpack-watcher" && page.Ours.Length > 0).ToList();
        var results = CurlScriptEngine.RunAll([.. pages.Select(page => page.Ours + "\n")]);
        foreach (var (page, result) in pages.Zip(results))
        {
            result.Verdict.Should().Be(Verdict.Accept, page.Page.Name);
            result.Calls.Should().OnlyContain(call => page.Ours.Contains(call.Body, StringComparison.Ordinal), page.Page.Name);
        }
    }

    private static IEnumerable<(string Name, string Text)> Lines(string target) =>
        from page in PageRun.All
        where page.Target == target
        from line in page.Ours.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        select (page.Page.Name, line);
}
