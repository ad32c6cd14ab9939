using System.Text.RegularExpressions;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Docs;

/// <summary>docs/explain.md shows what the program does.</summary>
public sealed partial class ExplainPageTests
{
    [Fact]
    public void The_example_gives_the_output_shown()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "explain.md"));
        using var folder = new TemporaryFolder();
        foreach (Match file in NamedFile().Matches(page))
        {
            folder.With(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        Match example = Example().Match(page);

        Sigmac.Run(folder, example.Groups["arguments"].Value.Split(' ')).Output.Should().Be(example.Groups["output"].Value);
    }

    [GeneratedRegex(@"`(?<name>\w+\.yml)`:\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```text\n\$ sigmac (?<arguments>explain [^\n]*)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
