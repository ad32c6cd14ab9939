namespace Sigma.Tests.CommandLine;

/// <summary>A message about a line of a built-in pipeline names the pipeline and shows the line: there is no file of it that the user could open.</summary>
public sealed class BuiltInPlaceTests
{
    private const string Rule = "title: T\nlogsource: {product: windows, service: powershell}\ndetection: {s: {ScriptBlockText|contains: abc}, condition: s}\n";

    [Fact]
    public void It_is_named_by_what_pipelines_are_called()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule);

        ProgramRun messages = Sigmac.Run(folder, "convert", "-v", "-t", "lucene", "a.yml");
        ProgramRun records = Sigmac.Run(folder, "convert", "--json", "-t", "lucene", "a.yml");

        messages.Error.Should().Contain("a.yml: the pipeline 'ecs_windows': info SIG0609: ").And.Contain("winlog.channel:").And.NotContain("backends/");
        records.Output.Should().MatchRegex("\"message\":\"the pipeline ('|.u0027)ecs_windows('|.u0027): ").And.NotContain("backends/");
    }
}
