using System.Text.Json.Nodes;

namespace Sigma.Tests.CommandLine;

/// <summary>Warnings about names that no pipeline maps are folded: a run has one message of each kind for each target.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class UnmappedSummaryTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("complete.yml", "complete: [fields, log_sources]\ntransformations: [{type: field_name_mapping, mapping: {known: k}}]\n");

    /// <summary>Six rules: three ask for 'often', one each for 'a' to 'e', and the last for nothing unknown.</summary>
    public UnmappedSummaryTests()
    {
        string[] fields = ["{often: x, a: x}", "{often: x, b: x}", "{often: x, c: x}", "{d: x}", "{e: x}", "{known: x}"];
        foreach ((int index, string test) in fields.Index())
        {
            folder.With($"rules/{index}.yml", $"title: T{index}\nlogsource: {{product: linux}}\ndetection: {{s: {test}, condition: s}}\n");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_has_one_message_with_counts_and_the_most_frequent_names()
    {
        ProgramRun run = Convert("rules");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().HaveCount(6);
        run.Error.Should().Be("""
            sigmac: warning SIG0437: 5 of 6 rules ask for fields that no pipeline maps for splunk: 'often' (3), 'a' (1), 'b' (1), 'c' (1), 'd' (1) and 1 more
               '-v' shows each of them
            sigmac: 6 rules, 6 converted, 0 failed

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Up_to_three_are_shown_in_their_places()
    {
        ProgramRun run = Convert("rules/3.yml", "rules/1.yml");

        run.Error.Should().Contain("rules/1.yml:3:17: warning SIG0430: no pipeline maps the field 'often'")
            .And.Contain("rules/1.yml:3:27: warning SIG0430: no pipeline maps the field 'b'")
            .And.Contain("rules/3.yml:3:17: warning SIG0430: no pipeline maps the field 'd'").And.NotContain("SIG0437");
    }

    [Fact]
    public void Verbose_shows_each()
    {
        ProgramRun run = Convert("-v", "rules");

        run.Error.Split("warning SIG0430").Should().HaveCount(1 + 8);
        run.Error.Should().NotContain("SIG0437");
    }

    [Fact]
    public void Quiet_says_nothing() => Convert("-q", "rules").Error.Should().BeEmpty();

    [Fact]
    public void A_record_has_the_findings_of_its_rule()
    {
        ProgramRun run = Convert("--json", "rules");

        run.Lines.Select(line => string.Join(' ', JsonNode.Parse(line)!["diagnostics"]!.AsArray().Select(finding => (string)finding!["code"]!))).Should().Equal(
            "SIG0430 SIG0430", "SIG0430 SIG0430", "SIG0430 SIG0430", "SIG0430", "SIG0430", "");
        run.Error.Should().Contain("SIG0437");
    }

    [Fact]
    public void Each_target_has_a_message_and_names_the_pipelines_that_would_map_the_names()
    {
        for (int i = 0; i < 4; i++)
        {
            folder.With($"windows/{i}.yml", $"title: W{i}\nlogsource: {{product: windows}}\ndetection: {{s: {{Windows{i}: x}}, condition: s}}\n");
        }

        folder.With("windows/k.yml", "title: K\nlogsource: {product: kubernetes, service: audit}\ndetection: {s: {verb: x}, condition: s}\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "es-qs,xpack-watcher", "windows");

        run.Error.Should().Contain("5 of 5 rules ask for fields that no pipeline maps for es-qs:").And.Contain("5 of 5 rules ask for fields that no pipeline maps for xpack-watcher:")
            .And.Contain("'-p ecs_windows' maps 4 of these 5 uses; '-p ecs_kubernetes' maps 1 of these 5 uses; '-v' shows each of them");
    }

    [Fact]
    public void Log_sources_are_folded_too()
    {
        for (int i = 0; i < 5; i++)
        {
            folder.With($"services/{i}.yml", $"title: S{i}\nlogsource: {{product: p, service: s{i / 4}}}\ndetection: {{s: {{known: x}}, condition: s}}\n");
        }

        Convert("services").Error.Should().StartWith(
            "sigmac: warning SIG0438: for 5 of 5 rules no pipeline says which log holds their events for splunk: 'p/s0' (4), 'p/s1' (1)\n   '-v' shows each of them\n");
    }

    private ProgramRun Convert(params string[] arguments) => Sigmac.Run(folder, ["convert", "-t", "splunk", "-p", "complete.yml", .. arguments]);
}
