using System.Globalization;
using Sigma.Engines.Tests.Engines;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.History;

/// <summary>
/// What the real engines say to the queries that were published. The figures are measured, and asserted so that a change
/// in an engine or in the harness shows.
/// </summary>
public sealed class GoldenPagesTests(ITestOutputHelper log)
{
    [SharedFact(Needs.Grep)]
    public void Grep_refuses_the_commands_with_bare_backslashes()
    {
        var queries = All("grep");
        Report("grep", queries, GrepEngine.AcceptsAll([.. queries.Select(q => q.Query)]));
    }

    [SharedFact(Needs.Bash)]
    public void Watcher_scripts_whose_body_is_no_longer_json_when_bash_has_read_it()
    {
        var scripts = (from page in GoldenPage.All from script in page.Scripts("xpack-watcher") select (page.Name, script)).ToList();
        Report("xpack-watcher", scripts, [.. CurlScriptEngine.RunAll([.. scripts.Select(s => s.script)]).Select(result => result.Verdict)]);
    }

    [SharedFact]
    public void PowerShell_refuses_quotes_null_tests_and_bare_metacharacters()
    {
        var queries = All("powershell");
        Report("powershell", queries, [.. queries.Select(q => PowerShellEngine.Accepts(q.Query))]);
        foreach (var group in queries.SelectMany(q => PowerShellEngine.Flaws(q.Query).Select(f => f.Kind).Distinct()).CountBy(k => k))
        {
            log.WriteLine($"{group.Key}: {group.Value}");
        }
    }

    [SharedTheory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    public void Lucene_parses_every_query(string target)
    {
        var queries = All(target);
        var view = target == "graylog" ? LuceneView.Graylog : LuceneView.Elasticsearch;
        Report(target, queries, [.. queries.Select(q => LuceneEngine.Accepts(q.Query, view))]);
    }

    private static List<(string Page, string Query)> All(string target) =>
        [.. from page in GoldenPage.All from query in page.Queries(target) select (page.Name, query)];

    private void Report(string target, IReadOnlyList<(string Page, string Query)> queries, IReadOnlyList<Verdict> verdicts)
    {
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {verdicts.Count(v => !v.Accepted)} of {queries.Count} refused"));
        foreach (var (query, verdict) in queries.Zip(verdicts).Where(pair => !pair.Second.Accepted))
        {
            log.WriteLine($"  {query.Page}: {verdict.Refusal!.Split('\n')[0]}");
        }
    }
}
