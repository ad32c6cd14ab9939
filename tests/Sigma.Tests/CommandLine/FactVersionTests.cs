using Sigma.Checks.Facts;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary>The versions of the public lists that the program carries are told, documented, and those of its files.</summary>
public sealed class FactVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--version", "-v")]
    [InlineData("--version", "--verbose")]
    [InlineData("version", "-v")]
    public void The_version_tells_them(params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, arguments);

        run.ExitCode.Should().Be(0);
        run.Lines[0].Should().StartWith("sigmac ").And.EndWith("Sigma specification 2.1.0");
        run.Lines[1..].Should().Equal(FactVersions.All.Select(list => $"  {list.Table}: {list.Version}"));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public void Without_the_option_there_is_one_line(string argument) => Sigmac.Run(folder, argument).Lines.Should().ContainSingle();

    [Fact]
    public void They_are_those_of_the_files_and_of_the_page()
    {
        string head = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src", "Sigma.Checks", "Facts"), "*.tsv").Select(file => File.ReadLines(file).First() + "\n"));
        foreach (string version in (string[])[AttackObjects.Version, Defend.Version, LogSourceTable.Version, Licenses.Version, FactVersions.OtherLists])
        {
            head.Should().Contain(version);
        }

        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "checks.md"));
        FactVersions.All.Should().OnlyContain(list => page.Contains($"| {list.Table} | {list.Version} |\n"));
    }
}
