using Sigma.Engines.Tests.Engines;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.History;

/// <summary>
/// What the real engines say to the queries that were published in 2020. The figures were measured on the 235 pages with
/// GNU grep 3.8 (PCRE2 10.42), bash 5.2, PowerShell 7.6 and Lucene 4.8; they are asserted so that a change in an engine
/// or in the harness shows. On any other set of pages they are only printed.
/// </summary>
public sealed class GoldenPagesTests(ITestOutputHelper log)
{
    private const int PagesMeasured = 235;

    [SharedFact(Needs.Grep)]
    public void Grep_refuses_bare_backslashes_and_gives_up_on_chains_of_dot_stars()
    {
        var commands = Queries("grep");
        var verdicts = GrepEngine.AcceptsAll([.. commands.Select(c => c.Text)]);

        var tooLong = verdicts.Count(v => v.Refusal?.Contains("backtracking limit") == true);
        Measured("grep commands", commands.Count, 245);
        Measured("grep patterns refused", Refused("grep", commands, verdicts) - tooLong, 107);
        Measured("grep patterns given up on one short line", tooLong, 9);
    }

    [SharedFact(Needs.Bash)]
    public void Bash_leaves_few_watcher_bodies_as_they_were_written()
    {
        var scripts = GoldenPage.All
            .SelectMany(page => page.Scripts("xpack-watcher"), (page, script) => new PageText(page.Name, script)).ToList();
        var results = CurlScriptEngine.RunAll([.. scripts.Select(s => s.Text)]);

        var altered = scripts.Zip(results).Count(pair => pair.Second.Verdict.Accepted
            && !pair.First.Text.Contains("<<EOF\n" + pair.Second.Calls.Single().Body + "EOF", StringComparison.Ordinal));
        Measured("watcher scripts", scripts.Count, 251);
        Measured("watcher bodies that are not JSON", Refused("xpack-watcher", scripts, [.. results.Select(r => r.Verdict)]), 171);
        Measured("watcher bodies that are JSON but no longer what was written", altered, 45);
    }

    [SharedFact]
    public void PowerShell_refuses_quotes_and_null_tests_and_regex_refuses_metacharacters()
    {
        var commands = Queries("powershell");
        var flaws = commands.Select(c => PowerShellEngine.Flaws(c.Text)).ToList();

        Measured("PowerShell commands", commands.Count, 240);
        Measured("PowerShell commands that do not parse", With(PowerShellFlawKind.Syntax), 7);
        Measured("PowerShell commands with a pattern .NET refuses", With(PowerShellFlawKind.Pattern), 3);
        Measured("PowerShell commands with a variable in a pattern", With(PowerShellFlawKind.Interpolation), 4);
        Refused("powershell", commands, [.. commands.Select(c => PowerShellEngine.Accepts(c.Text))]);

        int With(PowerShellFlawKind kind) => flaws.Count(found => found.Any(flaw => flaw.Kind == kind));
    }

    [SharedFact]
    public void PowerShell_commands_that_parse_run_without_an_error_but_for_a_log_name_with_a_blank()
    {
        EngineEvent[] events = [EngineEvent.Of(1, "Security", 1, ("Image", @"C:\Windows\System32\cmd.exe"))];
        var accepted = Queries("powershell").Where(c => PowerShellEngine.Accepts(c.Text).Accepted).ToList();

        Measured("PowerShell commands that fail when they run", Refused("powershell, run", accepted,
            [.. accepted.Select(c => PowerShellEngine.Run(c.Text, events).Verdict)]), 1);
    }

    [SharedTheory]
    [InlineData("es-qs", 243)]
    [InlineData("graylog", 243)]
    public void Lucene_parses_every_query(string target, int count)
    {
        var queries = Queries(target);
        var view = target == "graylog" ? LuceneView.Graylog : LuceneView.Elasticsearch;

        Measured(target + " queries", queries.Count, count);
        Measured(target + " queries refused", Refused(target, queries, [.. queries.Select(q => LuceneEngine.Accepts(q.Text, view))]), 0);
    }

    private sealed record PageText(string Page, string Text);

    private static List<PageText> Queries(string target) =>
        [.. from page in GoldenPage.All from query in page.Queries(target) select new PageText(page.Name, query)];

    private void Measured(string what, int figure, int expected)
    {
        log.WriteLine($"{what}: {figure}");
        if (GoldenPage.All.Count == PagesMeasured)
        {
            figure.Should().Be(expected, what);
        }
    }

    private int Refused(string target, IReadOnlyList<PageText> texts, IReadOnlyList<Verdict> verdicts)
    {
        var refused = texts.Zip(verdicts).Where(pair => !pair.Second.Accepted).ToList();
        log.WriteLine($"{target}: {refused.Count} of {texts.Count} refused");
        refused.ForEach(pair => log.WriteLine($"  {pair.First.Page}: {pair.Second.Refusal!.Split('\n')[0]}"));
        return refused.Count;
    }
}
