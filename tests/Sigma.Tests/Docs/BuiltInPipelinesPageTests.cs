using System.Text.RegularExpressions;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Tests.Pipelines;

namespace Sigma.Tests.Docs;

/// <summary>docs/built-in-pipelines.md shows what the program does.</summary>
public partial class BuiltInPipelinesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "built-in-pipelines.md"));

    private static readonly Dictionary<string, string> Files =
        NamedFile().Matches(Page).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value, StringComparer.Ordinal);

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match match in Example().Matches(Page))
            {
                data.Add(match.Groups["arguments"].Value, match.Groups["output"].Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_the_output_shown(string arguments, string output)
    {
        string[] words = arguments.Split(' ');
        string[] given = [.. words.Zip(words.Skip(1)).Where(pair => pair.First == "-p").Select(pair => pair.Second)];
        Pipeline[] pipelines = [.. given.SelectMany(name => Files.TryGetValue(name, out string? text) ? [BuiltInRun.Read(text)] : BuiltInRun.Pipelines(name))];

        words[0].Should().Be("-t");
        BuiltInRun.Convert(Files[words[^1]], words[1], own: true, pipelines).Query.Should().Be(output);
    }

    [Fact]
    public void Every_public_pipeline_has_an_example() =>
        BuiltInPipelinesTests.Public.Should().OnlyContain(name =>
            Example().Matches(Page).Any(match => match.Groups["arguments"].Value.Contains($" -p {name} ", StringComparison.Ordinal)));

    [Fact]
    public void The_table_of_services_is_complete()
    {
        IEnumerable<string> rows = WindowsChannels.Specification.Concat(WindowsChannels.OlderNames).Select(one =>
        {
            string mark = WindowsChannels.Added.Contains(one.Service) ? " +" : WindowsChannels.OlderNames.Contains(one) ? " (older name)" : "";
            return $"| {one.Service}{mark} | {string.Join(", ", one.Channels.Select(channel => $"`{channel}`"))} |";
        });

        Page.Split('\n').Should().Contain(rows);
    }

    [GeneratedRegex(@"`(?<name>\w+\.yml)`:\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```console\n\$ sigmac convert (?<arguments>[^\n]*)\n(?<output>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
