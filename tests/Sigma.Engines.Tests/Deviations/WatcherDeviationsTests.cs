using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>What a here-document with a bare delimiter does to the watch in it.</summary>
public sealed class WatcherDeviationsTests
{
    [NeedsFact(Needs.Bash)]
    public void D07_the_here_document_eats_backslashes_and_leaves_no_json()
    {
        const string Body = """{"query": "winlog.channel:\"Microsoft\\-Windows\""}""";

        Received("EOF", Body).BodyVerdict.Refusal.Should().Contain("not JSON");
        Received("'EOF'", Body).Body.Should().Be(Body + "\n");
    }

    [NeedsFact(Needs.Bash)]
    public void D07_where_json_survives_it_is_another_query()
    {
        const string Body = """{"input": {"search": {"request": {"body": {"query_string": {"query": "Image.keyword:*\\\\cmd.exe"}}}}}}""";
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 1, ("Image", @"C:\cmd.exe")),
            EngineEvent.Of(2, "Security", 1, ("Image", "xcmd.exe")),
        ];

        var eaten = Received("EOF", Body).Watch.Queries.Single();
        var whole = Received("'EOF'", Body).Watch.Queries.Single();

        eaten.Should().Be(@"Image.keyword:*\cmd.exe");
        LuceneEngine.Search(eaten, events, LuceneView.Elasticsearch).Should().Equal(1, 2);
        whole.Should().Be(@"Image.keyword:*\\cmd.exe");
        LuceneEngine.Search(whole, events, LuceneView.Elasticsearch).Should().Equal(1);
    }

    [NeedsFact(Needs.Bash)]
    public void D07_variables_and_commands_in_a_rules_text_are_run_by_the_shell()
    {
        const string Body = """{"title": "`echo run` $((1 + 1)) $NO_SUCH_VARIABLE."}""";

        Received("EOF", Body).Body.Should().Be("""{"title": "run 2 ."}""" + "\n");
        Received("'EOF'", Body).Body.Should().Be(Body + "\n");
    }

    private static CurlCall Received(string delimiter, string body) =>
        CurlScriptEngine.Run($"curl -s --data-binary @- localhost:9200/_watcher/watch/x <<{delimiter}\n{body}\nEOF\n").Calls.Single();
}
