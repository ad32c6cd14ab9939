namespace Sigma.Tests.CommandLine;

/// <summary>A file that cannot be written at the end of a run: each command says so, ends with 1, and leaves nothing half written. A limit of the shell on the size of files stands for the full disk.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", "title: T\nid: 11111111-1111-4111-8111-111111111111\ndate: 2020/01/02\nlogsource: {category: test}\ndetection:\n    s: {A: b}\n    condition: s\n")
        .With("rules/a.tests.yml", "tests:\n  - name: n\n    event: {A: b}\n");

    public void Dispose() => folder.Dispose();

    [BashTheory]
    [InlineData("coverage -f json -o out rules")]
    [InlineData("convert -t splunk --output-file out rules")]
    [InlineData("convert -t splunk -o out rules")]
    [InlineData("convert -t splunk -f savedsearches --objects out rules")]
    [InlineData("check --fail-on never --baseline out --write-baseline rules")]
    [InlineData("check --fail-on never --fix rules")]
    [InlineData("migrate rules")]
    [InlineData("doc -t splunk -o out rules")]
    [InlineData("doc -t splunk -f html -o out rules")]
    [InlineData("sample -o out rules")]
    [InlineData("test --junit out rules")]
    [InlineData("backend new mine --in out")]
    public void A_file_that_cannot_be_written_makes_the_exit_code_1(string command)
    {
        string before = folder.Read("rules/a.yml");
        // The runtime of a build that is not native keeps its own code in a file without a name.
        const string Full = "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 0; ";
        ProgramRun run = Sigmac.Shell(folder, $"{Full}sigmac {command} | cat; exit ${{PIPESTATUS[0]}}");

        run.Error.Should().Contain("error SIG0707: cannot write '").And.NotContain("internal error");
        run.ExitCode.Should().Be(1);
        folder.Read("rules/a.yml").Should().Be(before);
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should().BeEquivalentTo("a.yml", "a.tests.yml");
    }

    [Theory]
    [InlineData("coverage", "-f", "json", "-o")]
    [InlineData("test", "--junit")]
    [InlineData("check", "--write-baseline", "--baseline")]
    [InlineData("convert", "-t", "splunk", "--output-file")]
    public void A_place_where_no_file_can_be_is_wrong_use(params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, [.. arguments, "rules/a.yml/x", "rules"]);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("SIG0707: cannot write 'rules/a.yml/x': ");
    }
}
