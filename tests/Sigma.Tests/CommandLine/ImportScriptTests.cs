using System.Text.Json.Nodes;

namespace Sigma.Tests.CommandLine;

/// <summary>The scripts of samples/import and samples/ci: what a rule says is data to the shell, to the address and to the server.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class ImportScriptTests : IDisposable
{
    /// <summary>Two conditions, a line break and commands in values, and a title that is a stanza of its own kind.</summary>
    private const string Hostile = """
        title: "default"
        id: ".."
        logsource: {product: linux}
        detection:
            a: {f: "x\nindex=_audit | outputlookup s.csv | delete\ny"}
            b: {f: "$(touch MADE) `touch MADE` ' \" \\ é 検 \u202e"}
            condition: [a, b]
        ---
        title: "T\e]0;x\a $(touch MADE) [x] \u202e\nsecond line &name=z"
        id: "0b5a-$(touch MADE)-/../?x#y\n"
        tags: [attack.t1059]
        logsource: {product: linux}
        detection:
            a: {f: three}
            condition: a

        """;

    private readonly TemporaryFolder folder = new();

    public ImportScriptTests() => folder.With("rules/a.yml", Hostile);

    public void Dispose() => folder.Dispose();

    private ProgramRun Run(string script, string environment, string arguments = "rules")
    {
        string path = Path.Combine(Backends.Repository.Root, "samples", script);
        Sigmac.WriteProgram(folder, "sigmac.sh");
        ProgramRun run = Sigmac.Shell(folder, $"export no_proxy='*' SIGMAC=./sigmac.sh {environment}; bash '{path}' {arguments}");
        File.Exists(folder["MADE"]).Should().BeFalse("nothing of a rule runs");
        run.Output.Should().NotContain("\e").And.NotContain("\u202e");
        return run;
    }

    private static Dictionary<string, string> Form(string body) =>
        body.Split('&').ToDictionary(pair => pair.Split('=')[0], pair => Uri.UnescapeDataString(pair.Split('=')[1]));

    [ScriptFact]
    public void Elasticsearch_gets_a_watch_per_query()
    {
        using var server = new ImportServer(_ => 201);

        ProgramRun run = Run("import/elasticsearch.sh", $"ELASTIC_URL={server.Address}");

        run.ExitCode.Should().Be(0, run.Error);
        server.Requests.Select(request => (request.Method, request.Address)).Should().Equal(
            ("PUT", "/_watcher/watch/sigma-default"),
            ("PUT", "/_watcher/watch/sigma-default-2"),
            ("PUT", "/_watcher/watch/0b5a-%24(touchMADE)-%2F..%2F%3Fx%23y"));
        string[] queries = [.. server.Requests.Select(request => JsonNode.Parse(request.Body)!["input"]!.ToJsonString())];
        queries[0].Should().Contain("_audit").And.NotContain("touch");
        queries[1].Should().Contain("touch").And.NotContain("_audit");
        queries[2].Should().Contain("three");
    }

    [ScriptFact]
    public void Graylog_gets_a_definition_per_query()
    {
        using var server = new ImportServer(_ => 200);

        ProgramRun run = Run("import/graylog.sh", $"GRAYLOG_URL={server.Address}");

        run.ExitCode.Should().Be(0, run.Error);
        JsonNode[] bodies = [.. server.Requests.Select(request => JsonNode.Parse(request.Body)!)];
        bodies.Select(body => body["title"]!.GetValue<string>()).Should().Equal("default", "default (2)", "T\e]0;x\a $(touch MADE) [x] \u202e\nsecond line &name=z");
        bodies[0]["config"]!["query"]!.GetValue<string>().Should().Contain("_audit").And.NotContain("touch");
        bodies[1]["config"]!["query"]!.GetValue<string>().Should().Contain("touch").And.NotContain("_audit");
    }

    [ScriptFact]
    public void Splunk_gets_a_search_per_query_and_changes_what_is_there()
    {
        using var server = new ImportServer(request => request.Address.EndsWith("/searches", StringComparison.Ordinal) ? 409 : 200);

        ProgramRun run = Run("import/splunk.sh", $"SPLUNK_URL={server.Address}");

        run.ExitCode.Should().Be(0, run.Error);
        server.Requests.Should().HaveCount(6);
        Dictionary<string, string>[] made = [.. server.Requests.Where((_, i) => i % 2 == 0).Select(request => Form(request.Body))];
        made.Select(form => form["name"]).Should().Equal("Sigma rule default", "Sigma rule default (2)", "T )0;x  $(touch MADE) (x)  second line &name=z");
        made[0]["search"].Should().Contain("_audit").And.NotContain("touch");
        made[1]["search"].Should().Contain("touch").And.NotContain("_audit");
        ImportRequest update = server.Requests[1];
        update.Address.Should().EndWith("/saved/searches/Sigma%20rule%20default");
        Form(update.Body).Should().NotContainKey("name").And.ContainKey("search");
        server.Requests[5].Address.Should().NotContain("&").And.NotContain(" ");
    }

    [ScriptTheory]
    [InlineData("elasticsearch", "ELASTIC_URL")]
    [InlineData("graylog", "GRAYLOG_URL")]
    [InlineData("splunk", "SPLUNK_URL")]
    public void The_first_refused_connection_ends_the_run(string script, string variable)
    {
        string address;
        using (var server = new ImportServer(_ => 200))
        {
            address = server.Address;
        }

        ProgramRun run = Run($"import/{script}.sh", $"{variable}={address}");

        run.ExitCode.Should().Be(2);
        run.Error.Split('\n').Where(line => line.Contains("no answer from")).Should().ContainSingle().Which.Should().Contain("0 imported before");
    }

    [ScriptTheory]
    [InlineData("elasticsearch", "ELASTIC_URL")]
    [InlineData("graylog", "GRAYLOG_URL")]
    [InlineData("splunk", "SPLUNK_URL")]
    public void A_rejected_query_does_not_stop_the_others_but_refused_credentials_do(string script, string variable)
    {
        using var rejecting = new ImportServer(_ => 500);
        using var refusing = new ImportServer(_ => 401);

        ProgramRun rejected = Run($"import/{script}.sh", $"{variable}={rejecting.Address}");
        ProgramRun refused = Run($"import/{script}.sh", $"{variable}={refusing.Address}");

        (rejected.ExitCode, rejecting.Requests.Count).Should().Be((1, 3));
        rejected.Error.Should().Contain("3 rejected").And.NotContain("\u001b]0");
        (refused.ExitCode, refusing.Requests.Count).Should().Be((2, 1));
    }

    [ScriptTheory]
    [InlineData("elasticsearch", "ELASTIC_URL")]
    [InlineData("graylog", "GRAYLOG_URL")]
    [InlineData("splunk", "SPLUNK_URL")]
    public void A_dry_run_sends_nothing(string script, string variable)
    {
        using var server = new ImportServer(_ => 200);

        ProgramRun run = Run($"import/{script}.sh", $"{variable}={server.Address}", "--dry-run rules");

        run.ExitCode.Should().Be(0, run.Error);
        server.Requests.Should().BeEmpty();
        run.Output.Should().Contain(server.Address).And.NotContain("検", "what is shown is ASCII");
        run.Error.Should().Contain("3 would be imported");
    }

    /// <summary>Two rules of one name: the second does not replace the first.</summary>
    [ScriptFact]
    public void A_name_is_taken_once_in_a_run()
    {
        const string Id = "id: 01234567-89ab-4def-8123-456789abcdef";
        folder.With("rules/a.yml", Rule.For("a", Id)).With("rules/b.yml", Rule.For("b", Id).Replace("The rule b", "The rule a"));
        using var watches = new ImportServer(_ => 200);
        using var searches = new ImportServer(_ => 200);

        ProgramRun run = Run("import/elasticsearch.sh", $"ELASTIC_URL={watches.Address}");
        Run("import/splunk.sh", $"SPLUNK_URL={searches.Address}").ExitCode.Should().Be(0);

        run.ExitCode.Should().BeGreaterThan(0);
        watches.Requests.Count.Should().BeLessThan(2);
        searches.Requests.Select(request => Form(request.Body)["name"]).Should().Equal("The rule a", "The rule a (2)");
    }

    [ScriptFact]
    public void A_configuration_beside_the_rules_is_not_used()
    {
        folder.With(".sigmac.yml", "options: {mail: evil@example.org}\nfilter: [level=critical]\n");
        using var server = new ImportServer(_ => 200);

        Run("import/elasticsearch.sh", $"ELASTIC_URL={server.Address}").ExitCode.Should().Be(0);
        server.Requests.Should().HaveCount(3).And.NotContain(request => request.Body.Contains("evil@"));
        Run("ci/convert-rules.sh", "TARGETS=splunk", "rules out").ExitCode.Should().Be(0);
    }

    /// <summary>A path with a line break in it is not two paths of the list.</summary>
    [ScriptFact]
    public void A_path_of_several_lines_is_not_among_those_that_may_fail()
    {
        folder.With("rules/ok.yml\nrules/ok.yml", Rule.Broken).With("may", "rules/ok.yml\n");

        ProgramRun run = Run("ci/convert-rules.sh", "TARGETS=splunk MAY_FAIL=may", "rules out");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("rules/ok.yml rules/ok.yml");
        folder.Read("out/report.txt").Split('\n').Should().HaveCount(2);
    }
}
