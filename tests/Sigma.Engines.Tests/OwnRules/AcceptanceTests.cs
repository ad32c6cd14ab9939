using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>Whether the real engines take what our emitters make of the rule pack.</summary>
public sealed class AcceptanceTests
{
    [NeedsFact(Needs.Grep)]
    public void Grep_takes_every_command()
    {
        string[] commands = [.. Queries("grep").SelectMany(query => query.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

        commands.Should().HaveCountGreaterThan(30);
        Refusals(commands, GrepEngine.AcceptsAll(commands)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("default", "")]
    [InlineData("eventdata", "")]
    [InlineData("default", "C:\\Users\\Public\\it's here.csv")]
    [InlineData("eventdata", "found.csv")]
    public void PowerShell_parses_every_command_and_its_patterns(string format, string csv)
    {
        string[] commands = [.. Queries("powershell", format, ("csv", csv)).SelectMany(query => query.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

        commands.Should().HaveCountGreaterThan(50);
        Refusals(commands, [.. commands.Select(PowerShellEngine.Accepts)]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("lucene")]
    public void Lucene_parses_every_query(string target)
    {
        var view = target switch { "graylog" => LuceneView.Graylog, "lucene" => LuceneView.Ecs, _ => LuceneView.Elasticsearch };
        string[] queries = [.. Queries(target).SelectMany(SingleQueries)];

        queries.Should().HaveCountGreaterThan(40);
        Refusals(queries, [.. queries.Select(query => LuceneEngine.Accepts(query, view))]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("esql")]
    [InlineData("eql")]
    public void The_interpreters_of_Elastic_parse_every_query(string target)
    {
        string[] queries = [.. Queries(target).SelectMany(query => query.Split('\n'))];

        queries.Should().HaveCountGreaterThan(50);
        Refusals(queries, [.. queries.Select(query => target == "eql" ? Engines.Eql.EqlEngine.Accepts(query) : Engines.Esql.EsqlEngine.Accepts(query))])
            .Should().BeEmpty();
    }

    [NeedsFact(Needs.Bash)]
    public void The_body_that_reaches_curl_is_the_watch_of_the_json_format()
    {
        string[] scripts = [.. Queries("xpack-watcher", "curl")];
        string[] watches = [.. Queries("xpack-watcher", "json")];
        var results = CurlScriptEngine.RunAll(scripts);

        scripts.Should().HaveCountGreaterThan(50).And.HaveSameCount(watches);
        Refusals(scripts, [.. results.Select(result => result.Verdict)]).Should().BeEmpty();
        results.Select(result => string.Concat(result.Calls.Select(call => call.Body))).Should().Equal(watches);
    }

    /// <summary>
    /// The queries of a text of one a line. A line break inside slashes or quotes is part of a regular expression or value,
    /// and such a line is no whole query.
    /// </summary>
    internal static IEnumerable<string> SingleQueries(string text)
    {
        var begun = "";
        foreach (var line in text.Split('\n'))
        {
            begun += (begun.Length == 0 ? "" : "\n") + line;
            if (begun.Length > 0 && begun.Replace(@"\\", "").Replace(@"\/", "").Count(c => c == '/') % 2 == 0)
            {
                yield return begun;
                begun = "";
            }
        }
    }

    private static IEnumerable<string> Queries(string target, string? format = null, params (string Name, string Value)[] options) =>
        OwnTarget.Convert(OwnTarget.Of(target, format, options), OwnTarget.RulePack).Select(conversion => conversion.Query).OfType<string>();

    private static IEnumerable<string> Refusals(IReadOnlyList<string> queries, IReadOnlyList<Verdict> verdicts) =>
        queries.Zip(verdicts).Where(pair => !pair.Second.Accepted).Select(pair => $"{pair.Second}\n{pair.First}");
}
