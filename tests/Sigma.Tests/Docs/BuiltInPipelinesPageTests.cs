using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Tests.Golden;
using Sigma.Tests.Pipelines;

namespace Sigma.Tests.Docs;

/// <summary>docs/built-in-pipelines.md shows what the program does.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public partial class BuiltInPipelinesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "built-in-pipelines.md"));

    private static readonly Dictionary<string, string> Files =
        NamedFile().Matches(Page).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value, StringComparer.Ordinal);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_examples_give_the_outputs_shown() => Check(GoldenFiles.InRepository);

    /// <summary>Checks the examples.</summary>
    internal static void Check(GoldenFiles golden) => golden.CheckExamples("docs/built-in-pipelines.md", Example(), example =>
    {
        string[] words = example.Groups["arguments"].Value.Split(' ');
        string[] given = [.. words.Zip(words.Skip(1)).Where(pair => pair.First == "-p").Select(pair => pair.Second)];
        Pipeline[] pipelines = [.. given.SelectMany(name => Files.TryGetValue(name, out string? text) ? [BuiltInRun.Read(text)] : BuiltInRun.Pipelines(name))];

        words[0].Should().Be("-t");
        return BuiltInRun.Convert(Files[words[^1]], words[1], own: true, pipelines).Query!;
    });

    [Fact]
    public void Every_public_pipeline_has_an_example() =>
        BuiltInPipelinesTests.Public.Should().OnlyContain(name =>
            Example().Matches(Page).Any(match => match.Groups["arguments"].Value.Contains($" -p {name} ", StringComparison.Ordinal)));

    [Fact]
    public void Every_built_in_pipeline_is_on_one_of_the_two_pages()
    {
        string pages = Page + File.ReadAllText(Path.Combine(Repository.Root, "docs", "pipelines.md"));

        PipelineCatalog.BuiltIn(BuiltInRun.Catalog).Should().OnlyContain(pipeline => pages.Contains($"`{pipeline.Name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_services_is_complete()
    {
        IEnumerable<string> rows = WindowsChannels.Specification.Concat(WindowsChannels.OtherNames).Select(one =>
        {
            string mark = WindowsChannels.Added.Contains(one.Service) ? " +" : WindowsChannels.OtherNames.Contains(one) ? " (older name)" : "";
            return $"| {one.Service}{mark} | {string.Join(", ", one.Channels.Select(channel => $"`{channel}`"))} |";
        });

        Page.Split('\n').Should().Contain(rows);
    }

    [GeneratedRegex(@"`(?<name>\w+\.yml)`:\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```console\n\$ sigmac convert (?<arguments>[^\n]*)\n(?<output>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
