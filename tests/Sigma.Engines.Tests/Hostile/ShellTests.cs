using System.Text.Json;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Whatever a rule says, a shell that reads our command calls curl once, with one address and one watch, and nothing else.</summary>
public sealed class ShellTests
{
    private const string Address = "localhost:9200/_watcher/watch/";

    [NeedsFact(Needs.Bash)]
    public void Nothing_of_a_rule_runs_in_bash() => Nothing_of_a_rule_runs("bash");

    [NeedsFact(Needs.Bash | Needs.Dash)]
    public void Nothing_of_a_rule_runs_in_dash() => Nothing_of_a_rule_runs("dash");

    /// <summary>The scripts of rules with each of the texts in each place, which both shells read.</summary>
    private static readonly Lazy<IReadOnlyList<(string Place, string Text, string Script)>> Scripts = new(() =>
    {
        var target = OwnTarget.Of("xpack-watcher", "curl");
        var scripts = new List<(string Place, string Text, string Script)>();
        foreach (var place in HostileTexts.Places)
        {
            foreach (var text in HostileTexts.All)
            {
                var conversion = OwnTarget.Convert(target, HostileTexts.Rule(place, text)).Single();
                if (conversion.Query is { } query)
                {
                    scripts.Add((place, text, query));
                }
                else
                {
                    conversion.Diagnostics.Should().Contain(d => d.Severity == Severity.Error, $"{place} is {text}");
                }
            }
        }

        scripts.Count.Should().BeGreaterThan(HostileTexts.Places.Length * HostileTexts.All.Length * 9 / 10);
        return scripts;
    });

    private static void Nothing_of_a_rule_runs(string shell)
    {
        var scripts = Scripts.Value;
        var results = ShellBatch.Run(shell, [.. scripts.Select(script => script.Script)]);
        for (var i = 0; i < results.Count; i++)
        {
            var (place, text, script) = scripts[i];
            var because = $"{place} is {JsonSerializer.Serialize(text)}: {script[..Math.Min(script.Length, 300)]}";
            results[i].Flaw.Should().BeNull(because);
            var call = results[i].Calls.Should().ContainSingle(because).Subject;
            call.Program.Should().Be("curl", because);
            call.Arguments.Should().HaveCount(7, because);
            var address = call.Arguments[^1];
            address.Should().StartWith(Address, because);
            var id = address[Address.Length..];
            id.Should().MatchRegex("^[A-Za-z0-9%_~.-]+$", because);
            id.Should().NotBe(".").And.NotBe("..");
            if (place == "id" && text is not ("." or ".."))
            {
                Uri.UnescapeDataString(id).Should().Be(text, because);
            }

            using var watch = JsonDocument.Parse(call.Input);
            watch.RootElement.GetProperty("metadata").GetProperty("title").GetString().Should().Be(place == "title" ? text : "T", because);
        }
    }

    [NeedsFact(Needs.Bash)]
    public void Nothing_of_an_option_runs()
    {
        var scripts = new List<string>();
        foreach (var text in HostileTexts.All)
        {
            foreach (var option in new[] { "host", "mail", "index", "interval", "timestamp_field", "keyword_field" })
            {
                var diagnostics = new List<Diagnostic>();
                var backend = new BackendCatalog().Read("xpack-watcher", new Dictionary<string, string> { [option] = text }, diagnostics);
                if (backend is null)
                {
                    diagnostics.Should().Contain(d => d.Code.Id == "SIG0706");
                    continue;
                }

                var conversion = OwnTarget.Convert(new CompilerTarget(backend, backend.Formats[0], backend.Pipelines), HostileTexts.Rule("", "")).Single();
                if (conversion.Query is { } script)
                {
                    scripts.Add(script);
                }
            }
        }

        scripts.Should().HaveCountGreaterThan(40);
        foreach (var (calls, flaw) in ShellBatch.Run("bash", scripts))
        {
            flaw.Should().BeNull();
            var call = calls.Should().ContainSingle().Subject;
            call.Program.Should().Be("curl");
            call.Arguments.Should().HaveCount(7);
            new CurlCall(call.Arguments, call.Input).BodyVerdict.Should().Be(Verdict.Accept);
        }
    }

    [NeedsFact(Needs.Bash)]
    public void An_address_of_ones_own_is_taken()
    {
        string[] hosts = ["es.example.org", "https://es.example.org:9200", "http://u:p%40ss@10.0.0.1:9200/prefix", "[::1]:9200", "https://[2001:db8::1]/x"];
        var results = CurlScriptEngine.RunAll([.. hosts.Select(host => OwnTarget.Query(OwnTarget.Of("xpack-watcher", "curl", ("host", host)), HostileTexts.Rule("", "")))]);
        results.Select(result => result.Calls.Single().Url).Should().Equal(hosts.Select(host => host + "/_watcher/watch/0b5a0c4e-7a3e-4c57-9b1f-3a8f2f5d4111"));
    }

    [NeedsFact(Needs.Grep)]
    public void A_command_of_grep_is_one_command()
    {
        var commands = new List<string>();
        var target = OwnTarget.Of("grep");
        foreach (var place in HostileTexts.Places)
        {
            foreach (var text in HostileTexts.All)
            {
                if (OwnTarget.Convert(target, HostileTexts.Rule(place, text)).Single().Query is { } query)
                {
                    query.Should().NotContainAny("\n", "\r", "\0", "\u0085", "\u2028");
                    commands.Add(query);
                }
            }
        }

        commands.Should().HaveCountGreaterThan(HostileTexts.Places.Length * HostileTexts.All.Length * 9 / 10);
        foreach (var (command, result) in commands.Zip(GrepEngine.RunAll(commands, ["nothing of it"])))
        {
            result.Error.Should().BeEmpty(command);
            result.ExitCode.Should().Be(1, command);
            result.MatchingLines.Should().BeEmpty(command);
        }
    }
}
