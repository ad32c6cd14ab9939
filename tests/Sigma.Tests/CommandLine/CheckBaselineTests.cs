namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac check --baseline</c>: only what is new is reported.</summary>
public sealed class CheckBaselineTests : CheckedFolder
{
    [Fact]
    public void A_baseline_hides_what_is_known_even_when_lines_move()
    {
        Given("whoami_rule.yml", Dotted);

        Check("--baseline", "known.json", "--write-baseline", "whoami_rule.yml").ExitCode.Should().Be(0);
        Check("--baseline", "known.json", "--fail-on", "info", "whoami_rule.yml").Should().Match<ProgramRun>(run => run.ExitCode == 0 && run.Output == "");
        Given("whoami_rule.yml", "# moved\n" + Dotted.Replace("level: medium", "level: Medium"));
        Check("--baseline", "known.json", "whoami_rule.yml").Output.Should().Contain("SIG1028").And.NotContain("SIG1002");
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run"));
        Check("--baseline", "known.json", "whoami_rule.yml").Error.Should().Contain("1 finding of the baseline is not there any more");
        folder.With("known.json", "{}");
        Check("--baseline", "known.json", "whoami_rule.yml").ExitCode.Should().Be(2);
    }

    [Fact]
    public void A_baseline_knows_files_however_a_run_spells_their_path()
    {
        Given("rules/whoami_rule.yml", Dotted);
        Given("rules/two/whoami_rule.yml", Dotted);

        Check("--baseline", "known.json", "--write-baseline", "rules").ExitCode.Should().Be(0);

        folder.Read("known.json").Should().Contain("\"path\": \"rules/two/whoami_rule.yml\"");
        foreach (string spelled in (string[])["rules", "./rules", "rules/", "rules/../rules", folder["rules"]])
        {
            Check("--baseline", "known.json", "--fail-on", "info", spelled).Should().Match<ProgramRun>(run => run.ExitCode == 0 && run.Output == "" && !run.Error.Contains("baseline"), spelled);
        }

        Sigmac.RunBelow(folder, "rules", "check", "--today", Day, "--baseline", "../known.json", "--fail-on", "info", ".").Output.Should().BeEmpty();
    }

    [Fact]
    public void A_baseline_of_the_version_before_is_read()
    {
        Given("whoami_rule.yml", Dotted);
        string fingerprint = (string)System.Text.Json.Nodes.JsonNode.Parse(Check("--format", "json", "./whoami_rule.yml").Output)!["findings"]![0]!["fingerprint"]!;
        folder.With("known.json", $$"""{"version": 1, "findings": [{"code": "SIG1002", "path": "./whoami_rule.yml", "fingerprint": "{{fingerprint}}", "count": 1}]}""");

        Check("--baseline", "known.json", "./whoami_rule.yml").Output.Should().BeEmpty();
    }
}
