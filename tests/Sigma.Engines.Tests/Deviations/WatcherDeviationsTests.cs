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

    [Fact]
    public void D17_without_its_near_an_event_alone_is_an_alarm()
    {
        // The rule: this program, and near it a library loaded that it has no use for.
        EngineEvent[] events = [EngineEvent.Of(1, "Security", 7, ("Image", "rundll32.exe"))];

        LuceneEngine.Search("(winlog.event_id:\"7\" AND Image:\"rundll32.exe\")", events, LuceneView.Elasticsearch).Should().Equal(1);
    }

    [Fact]
    public void D18_a_bucket_of_a_value_counts_its_events_and_not_the_values()
    {
        var oneUser = Enumerable.Range(0, 4).Select(i => Logon(i, "user0")).ToList();
        var fourUsers = Enumerable.Range(0, 4).Select(i => Logon(i, $"user{i}")).ToList();

        // History: by host, by user, the first bucket's documents. The rule: more than three users of a host.
        FirstBucketOfTheFirst(oneUser).Should().BeGreaterThan(3, "one user who fails four times is an alarm");
        FirstBucketOfTheFirst(fourUsers).Should().BeLessThanOrEqualTo(3, "and four users who fail once are none");
        Cardinality(oneUser).Should().BeLessThanOrEqualTo(3);
        Cardinality(fourUsers).Should().BeGreaterThan(3);

        static EngineEvent Logon(long id, string user) => EngineEvent.Of(id, "Security", 4625, ("WorkstationName", "ws1"), ("UserName", user));

        static int FirstBucketOfTheFirst(IEnumerable<EngineEvent> events) => events
            .GroupBy(e => e.Data["WorkstationName"]).MaxBy(host => host.Count())!
            .GroupBy(e => e.Data["UserName"]).Max(user => user.Count());

        static int Cardinality(IEnumerable<EngineEvent> events) => events
            .GroupBy(e => e.Data["WorkstationName"]).Max(host => host.Select(e => e.Data["UserName"]).Distinct().Count());
    }

    [Fact]
    public void D27_an_analysed_field_has_the_words_of_a_name_and_not_the_name()
    {
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 4625, ("UserName", "Svc Backup")),
            EngineEvent.Of(2, "Security", 4625, ("UserName", "svc web")),
        ];

        LuceneView.Elasticsearch.IsText("UserName").Should().BeTrue();
        LuceneEngine.Search("UserName:svc", events, LuceneView.Elasticsearch).Should().Equal([1, 2], "as words, both have a user svc");
        LuceneView.Elasticsearch.IsText("UserName.keyword").Should().BeFalse();
        LuceneEngine.Search("UserName.keyword:\"Svc Backup\"", events, LuceneView.Elasticsearch).Should().Equal(1);
    }

    private static CurlCall Received(string delimiter, string body) =>
        CurlScriptEngine.Run($"curl -s --data-binary @- localhost:9200/_watcher/watch/x <<{delimiter}\n{body}\nEOF\n").Calls.Single();
}
