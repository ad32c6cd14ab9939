using System.Text.RegularExpressions;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Sigma.Tests.Golden;

namespace Sigma.Tests.Docs;

/// <summary>docs/explain.md shows what the program does.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class ExplainPageTests
{
    private const string Page = "docs/explain.md";

    [Fact]
    public void The_example_gives_the_output_shown() => Check(GoldenFiles.InRepository);

    /// <summary>Checks the example.</summary>
    internal static void Check(GoldenFiles golden)
    {
        using var folder = new TemporaryFolder();
        foreach (Match file in NamedFile().Matches(File.ReadAllText(Path.Combine(Repository.Root, Page))))
        {
            folder.With(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        golden.CheckExamples(Page, Example(), example => Sigmac.Run(folder, example.Groups["arguments"].Value.Split(' ')).Output);
    }

    [GeneratedRegex(@"`(?<name>\w+\.yml)`:\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```text\n\$ sigmac (?<arguments>explain [^\n]*)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
