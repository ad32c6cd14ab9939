using System.Text.Json.Nodes;
using Sigma.Tests.CommandLine;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Objects;

/// <summary>Several objects of a run are in texts that their readers take whole.</summary>
public sealed class SeveralObjectsTests
{
    private const string Body = "date: 2026-01-31\nlogsource: {category: test}\ndetection: {s: {f: x}, t: {f: y}, condition: [s, t]}\n";

    // Loki decodes one document of a file (pkg/ruler, GroupLoader), and so does the provisioning of Grafana.
    [Theory]
    [InlineData("ruler")]
    [InlineData("grafana")]
    public void Rules_of_Loki_and_Grafana_are_groups_of_one_document(string format)
    {
        using TemporaryFolder folder = Rules();
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "logql", "-f", format, "--output-file", "all.yml", "rules");
        run.ExitCode.Should().Be(0, run.Error);
        YamlReader.Read(new SourceText("a.yml", File.ReadAllText(Path.Combine(folder.Path, "all.yml")))).Should().ContainSingle()
            .Which.Root.Should().BeOfType<YamlMapping>().Which.Entries.Single(entry => entry.Name == "groups").Value.Should().BeOfType<YamlSequence>().Which.Items.Should().HaveCount(4);

        Sigmac.Run(folder, "convert", "-t", "logql", "-f", format, "-o", "out", "rules").ExitCode.Should().Be(0);
        YamlReader.Read(new SourceText("a.yml", File.ReadAllText(Path.Combine(folder.Path, "out/rules/a.logql.yml")))).Should().ContainSingle()
            .Which.Root.Should().BeOfType<YamlMapping>().Which.Entries.Select(entry => entry.Name).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Rules_of_Sentinel_are_resources_of_one_template()
    {
        using TemporaryFolder folder = Rules();
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "kql", "-f", "sentinel_arm", "-O", "table=T", "rules");
        run.ExitCode.Should().Be(0, run.Error);
        JsonNode.Parse(run.Output)!["resources"]!.AsArray().Select(one => one!["properties"]!["displayName"]!.GetValue<string>()).Should().Equal("A", "A (2)", "B", "B (2)");
    }

    [Theory]
    [InlineData("lucene", "elastalert", ".yml")]
    [InlineData("lucene", "dsl_lucene", ".json")]
    [InlineData("kql", "sentinel_yaml", ".yaml")]
    public void What_is_alone_in_its_file_gets_one_or_is_refused(string target, string format, string extension)
    {
        using TemporaryFolder folder = Rules();
        string[] table = target == "kql" ? ["-O", "table=T"] : [];
        ProgramRun refused = Sigmac.Run(folder, ["convert", "-t", target, "-f", format, .. table, "--output-file", "all", "rules"]);
        (refused.ExitCode, File.Exists(Path.Combine(folder.Path, "all"))).Should().Be((1, false));
        refused.Error.Should().Contain("SIG0734").And.Contain("-o FOLDER");

        ProgramRun run = Sigmac.Run(folder, ["convert", "-t", target, "-f", format, .. table, "-o", "out", "rules"]);
        run.ExitCode.Should().Be(0, run.Error);
        Directory.GetFiles(Path.Combine(folder.Path, "out/rules")).Select(Path.GetFileName).Order(StringComparer.Ordinal).Should().Equal(
            new[] { $"a.{target}{extension}", $"a.{target}.2{extension}", $"b.{target}{extension}", $"b.{target}.2{extension}" }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_of_contentctl_has_the_name_of_its_detection()
    {
        using TemporaryFolder folder = Rules();
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-f", "contentctl", "-o", "out", "rules");
        run.ExitCode.Should().Be(0, run.Error);
        Directory.GetFiles(Path.Combine(folder.Path, "out/rules")).Select(Path.GetFileName).Order(StringComparer.Ordinal).Should().Equal("a.yml", "a_2.yml", "b.yml", "b_2.yml");
        File.ReadAllText(Path.Combine(folder.Path, "out/rules/a_2.yml")).Should().Contain("name: \"A 2\"").And.Contain("`a_2_filter`");
    }

    private static TemporaryFolder Rules()
    {
        var folder = new TemporaryFolder();
        folder.With("rules/a.yml", "title: A\n" + Body);
        folder.With("rules/b.yml", "title: B\n" + Body);
        return folder;
    }
}
