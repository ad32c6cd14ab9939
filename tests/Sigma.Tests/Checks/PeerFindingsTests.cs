using System.Text.Json;
using Sigma.Engines.Tests.Engines;
using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Checks;

/// <summary>The names of other tools stand at a finding only if their validators report it too.</summary>
public sealed class PeerFindingsTests : IDisposable
{
    /// <summary>
    /// What the validators report of the public rules: findings, and rules with any. The numbers were counted by a program apart from this
    /// one, which does what the published validators say and shares no code with it; the validators themselves were not run.
    /// </summary>
    private static readonly Dictionary<string, (int Findings, int Rules)> Public = new()
    {
        ["pysigma:escaped_wildcard"] = (56, 31),
        ["pysigma:number_as_string"] = (8, 4),
        ["pysigma:specific_instead_of_generic_logsource"] = (4, 4),
        ["sigmahq:sigmahq_category_windows_provider_name"] = (2, 2),
        ["sigmahq:sigmahq_filename_prefix"] = (3, 3),
        ["sigmahq:sigmahq_invalid_hash_kv"] = (1, 1),
        ["sigmahq:sigmahq_logsource_unknown"] = (11, 11),
        ["sigmahq:sigmahq_redundant_field"] = (2, 2),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The checks with a name elsewhere are those whose findings can bear one, so the others need not run.</summary>
    [SharedFact]
    [Trait(Tier.Name, Tier.Slow)]
    public void Of_the_public_rules_the_validators_report_just_what_bears_their_names() =>
        Named(SharedFolder.In("corpus", "sigmahq"), "pysigma,sigmahq").Should().BeEquivalentTo(Public);

    [Theory]
    [InlineData("selection_image", "1 of selection_*", false)]
    [InlineData("filter_main_image", "1 of filter_main_*", false)]
    [InlineData("image_one", "1 of image_*", true)]
    public void The_validator_passes_over_patterns_of_the_usual_names(string name, string condition, bool reported)
    {
        Given($"{name}:\n        Image: a\n    condition: {condition}");

        Named(".", "selector_of_one").Keys.Should().Equal(reported ? ["sigmahq:sigmahq_ofselection_condition"] : []);
        Sigmac.Run(folder, "check", "--select", "selector_of_one", ".").Output.Should().Contain("SIG1404");
    }

    [Fact]
    public void The_validator_takes_a_pattern_for_a_regular_expression()
    {
        Given("image_one:\n        Image: a\n    images:\n        Image: b\n    condition: 1 of image_* or images");

        Named(".", "selector_of_one").Should().BeEmpty();
    }

    [Theory]
    [InlineData("EventID: '4625'", true)]
    [InlineData("EventID|all: ['1', 'a']", true)]
    [InlineData("EventID|contains: '4625'", false)]
    [InlineData("EventID|startswith: '46'", false)]
    [InlineData("EventID|endswith|windash: '25'", false)]
    [InlineData("EventID|base64offset|contains: '25'", false)]
    public void Digits_that_are_a_part_of_a_text_are_no_number(string item, bool reported)
    {
        Given($"selection:\n        {item}\n    condition: selection");

        Named(".", "number_as_text").Keys.Should().Equal(reported ? ["pysigma:number_as_string"] : []);
        Sigmac.Run(folder, "check", "--select", "number_as_text", ".").Output.Contains("SIG1309", StringComparison.Ordinal).Should().Be(reported);
    }

    private void Given(string detection) =>
        folder.With("whoami_rule.yml", $"title: Whoami\nlogsource:\n    product: windows\ndetection:\n    {detection}\n");

    private Dictionary<string, (int Findings, int Rules)> Named(string path, string checks)
    {
        using var report = JsonDocument.Parse(Sigmac.Run(folder, "check", "--select", checks, "-f", "json", "--today", "2026-11-01", path).Output);
        return report.RootElement.GetProperty("findings").EnumerateArray()
            .SelectMany(finding => finding.GetProperty("aliases").EnumerateArray().Select(alias => (Alias: alias.GetString()!, Path: finding.GetProperty("path").GetString()!)))
            .Where(named => !named.Alias.StartsWith("rsigma:", StringComparison.Ordinal))
            .GroupBy(named => named.Alias)
            .ToDictionary(group => group.Key, group => (group.Count(), group.Select(named => named.Path).Distinct().Count()));
    }
}
