using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Rules;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac list</c> shows the tables that the compiler works by.</summary>
public sealed class ListTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Targets_are_those_of_the_catalogue() => Column("targets", 0).Distinct().Should().Equal(["target", .. new BackendCatalog().Names]);

    [Fact]
    public void Modifiers_are_those_of_the_language() => Column("modifiers", 0).Should().Equal(["modifier", .. Modifiers.All.Select(modifier => modifier.Name)]);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Pipelines_are_those_that_are_built_in() =>
        Column("pipelines", 0).Should().Equal(["pipeline", .. PipelineCatalog.BuiltIn(new BackendCatalog()).Select(pipeline => pipeline.Name)]);

    [Fact]
    public void A_pipeline_is_for_targets_that_there_are() =>
        Column("pipelines", 2).Skip(1).SelectMany(cell => cell.Split(", ")).Distinct().Should().BeSubsetOf([.. new BackendCatalog().Names, "any"]).And.Contain("splunk");

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Each_pipeline_says_what_it_is_for()
    {
        string[] lines = [.. Sigmac.Run(folder, "list", "pipelines").Lines.Skip(1)];
        string[] descriptions = [.. PipelineCatalog.BuiltIn(new BackendCatalog()).Select(pipeline => PipelineReader.Read(pipeline.Open(), pipeline.Name, [])!.Description ?? "")];

        descriptions.Should().OnlyContain(description => description.Length > 10);
        lines.Zip(descriptions).Should().HaveCount(descriptions.Length).And.OnlyContain(row => row.First.EndsWith("  " + row.Second));
    }

    [Fact]
    public void Formats_and_options_are_those_of_the_target()
    {
        Backend backend = new BackendCatalog().Read("xpack-watcher", new Dictionary<string, string>(), [])!;

        Column("formats", 1, "xpack-watcher").Should().Equal(["format", .. backend.Formats.Select(format => format.Name)]);
        Column("options", 1, "xpack-watcher").Should().Equal(["option", .. backend.Options.Select(option => option.Name)]);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void In_a_pipe_a_row_is_a_line_without_colours_or_blanks_at_its_end()
    {
        string description = string.Join(' ', Enumerable.Repeat("very long", 300));
        folder.With("targets/mine/backend.yml", $"title: Mine\ndescription: my own {description}\nextends: splunk\n");

        ProgramRun run = Sigmac.RunWith(folder, [("GITHUB_ACTIONS", "true"), ("CI", "true"), ("COLUMNS", "40")], "list", "targets", "--backends", "targets");

        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex($"(?m)^mine +Mine +default, savedsearches, correlation_search, contentctl, data_model +my own {description}").And.NotContain("\e");
        run.Lines.Should().OnlyContain(line => line == line.TrimEnd());
    }

    private IEnumerable<string> Column(string table, int column, params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, ["list", table, .. arguments]);
        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        return run.Lines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[column].Trim());
    }
}
