using System.Text.RegularExpressions;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Tests.Golden;
using Sigma.Text;

namespace Sigma.Tests.Docs;

/// <summary>docs/unmapped.md shows what the program does.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class UnmappedPageTests
{
    private const string Path = "docs/unmapped.md";

    private static readonly string Page = File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path));

    [Fact]
    public void The_examples_give_the_outputs_shown()
    {
        PageExamples.Check(Path, (_, run) =>
        {
            run.ExitCode.Should().Be(0);
            return run.Error + run.Output;
        });
    }

    [Fact]
    public void The_pipelines_that_say_what_they_map_are_those_of_the_table()
    {
        var catalog = new Sigma.Backends.BackendCatalog();
        Dictionary<string, string> said = Row().Matches(Page)
            .SelectMany(row => Name().Matches(row.Groups["names"].Value).Select(name => (name.Value, row.Groups["parts"].Value))).ToDictionary();

        foreach (Sigma.Backends.BuiltInPipeline entry in Sigma.Backends.PipelineCatalog.BuiltIn(catalog))
        {
            Pipeline pipeline = PipelineReader.Read(entry.Open(), entry.Name, new List<Diagnostic>())!;
            string[] parts = [.. pipeline.Complete is { Fields: true } ? (string[])["fields"] : [], .. pipeline.Complete is { LogSources: true } ? (string[])["log_sources"] : []];

            pipeline.Complete.Should().NotBeNull(entry.Name);
            said.Should().Contain(entry.Name, $"[{string.Join(", ", parts)}]");
        }
    }

    [GeneratedRegex(@"^\| (?<names>`[^|]*) \| `(?<parts>\[[\w, ]*\])`[^|]* \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=`)[\w-]+(?=`)")]
    private static partial Regex Name();
}
