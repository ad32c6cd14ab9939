using System.Text.Json.Nodes;
using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Objects;

/// <summary>docs/objects.md, "Overrides" and "What a run makes": settings for some rules, and the list of a run's objects.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class OverrideTests
{
    private const string One = "title: One\nid: 11111111-1111-4111-8111-111111111111\nlevel: low\ntags: [attack.execution]\nlogsource: {category: test}\ndetection: {s: {f: x}, condition: s}\n";
    private const string Two = "title: Two\nid: 22222222-2222-4222-8222-222222222222\nlevel: high\nlogsource: {category: test}\ndetection: {s: {f: y}, condition: s}\n";

    [Theory]
    [InlineData("match: {id: 11111111-1111-4111-8111-111111111111}", true, false)]
    [InlineData("match: {tag: [attack.impact, ATTACK.EXECUTION]}", true, false)]
    [InlineData("match: {level: high}", false, true)]
    [InlineData("match: {level: [low, high], tag: attack.execution}", true, false)]
    [InlineData("", true, true)]
    public void An_override_is_for_the_rules_that_it_names(string match, bool one, bool two)
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", One).With("two.yml", Two)
            .With(".sigmac.yml", $"overrides:\n  - {(match.Length > 0 ? match + "\n    " : "")}set: {{enabled: false, interval: 1h, lookback: 2h, owner: Team A, level: critical}}\n");
        JsonNode[] rules = [.. Sigmac.Run(folder, "convert", "-q", "-t", "lucene", "-f", "siem_rule_ndjson", "one.yml", "two.yml").Lines.Select(line => JsonNode.Parse(line)!)];

        foreach ((JsonNode rule, bool changed, string severity) in new[] { (rules[0], one, "low"), (rules[1], two, "high") })
        {
            rule["enabled"]!.GetValue<bool>().Should().Be(!changed);
            (rule["interval"]!.GetValue<string>(), rule["from"]!.GetValue<string>()).Should().Be(changed ? ("60m", "now-120m") : ("5m", "now-6m"));
            rule["severity"]!.GetValue<string>().Should().Be(changed ? "critical" : severity);
            rule["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).Contains("Owner: Team A").Should().Be(changed);
        }
    }

    [Fact]
    public void Of_several_overrides_the_later_one_takes_precedence()
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", One).With(".sigmac.yml", "overrides:\n  - set: {owner: A, throttle: 1h}\n  - set: {owner: B}\n");
        Sigmac.Run(folder, "convert", "-q", "-t", "lucene", "-f", "elastalert", "one.yml").Output.Should().Contain("owner: \"B\"").And.Contain("realert:\n  seconds: 3600\n");
    }

    [Fact]
    public void The_severity_of_a_saved_search_is_the_overridden_level()
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", One).With(".sigmac.yml", "overrides:\n  - set: {level: critical}\n");
        Sigmac.Run(folder, "convert", "-q", "-t", "splunk", "-f", "savedsearches", "one.yml").Output.Should().Contain("alert.severity = 5\n");
    }

    [Theory]
    [InlineData("overrides: {set: {owner: a}}", "SIG0904")]
    [InlineData("overrides: [{match: {id: a}}]", "SIG0904")]
    [InlineData("overrides: [{set: {ownr: a}}]", "SIG0903")]
    [InlineData("overrides: [{mach: {id: a}, set: {owner: a}}]", "SIG0903")]
    [InlineData("overrides: [{match: {level: grave}, set: {owner: a}}]", "SIG0904")]
    [InlineData("overrides: [{set: {interval: often}}]", "SIG0904")]
    [InlineData("overrides: [{set: {enabled: maybe}}]", "SIG0904")]
    [InlineData("overrides: [{set: {owner: \"a\\nb\"}}]", "SIG0904")]
    public void A_wrong_override_ends_the_run(string configuration, string code)
    {
        using var folder = new TemporaryFolder();
        folder.With("one.yml", One).With(".sigmac.yml", configuration + "\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "lucene", "one.yml");
        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Error.Should().Contain(code);
    }

    [Fact]
    public void A_run_lists_its_objects_so_that_what_is_gone_can_be_removed()
    {
        using var folder = new TemporaryFolder();
        folder.With("rules/one.yml", One).With("rules/two.yml", Two);
        string[] arguments = ["convert", "-q", "-t", "lucene,splunk", "-f", "default", "rules", "--objects", "objects.ndjson"];
        Sigmac.Run(folder, arguments).ExitCode.Should().Be(0);
        folder.Read("objects.ndjson").Should().BeEmpty("a query string is no object");

        arguments[3] = "lucene";
        arguments[5] = "siem_rule_ndjson";
        Sigmac.Run(folder, arguments).ExitCode.Should().Be(0);
        const string First = "{\"target\":\"lucene\",\"format\":\"siem_rule_ndjson\",\"kind\":\"detection rule\",\"id\":\"11111111-1111-4111-8111-111111111111\"}\n";
        folder.Read("objects.ndjson").Should().Be(First + First.Replace('1', '2'));

        File.Delete(folder["rules/two.yml"]);
        Sigmac.Run(folder, arguments).ExitCode.Should().Be(0);
        folder.Read("objects.ndjson").Should().Be(First);

        folder.With("rules/broken.yml", "title: Broken\nlogsource: {category: test}\ndetection: {s: {f: x}, condition: t}\n");
        File.Delete(folder["rules/one.yml"]);
        ProgramRun run = Sigmac.Run(folder, [.. arguments.Where(argument => argument != "-q")]);
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("objects.ndjson is left as it was");
        folder.Read("objects.ndjson").Should().Be(First);
    }
}
