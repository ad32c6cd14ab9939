using System.Text;
using System.Text.RegularExpressions;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary>A process of the program does what the other tests see when they run it within their own process.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", Rule.For("a"))
        .With("rules/broken.yml", Rule.Broken)
        .With("rules/é.yml", Rule.For("'é\u202e😀'"))
        .With("events.ndjson", "{\"f\":\"a\"}\n{\"f\":\"b\"}\n")
        .With(".sigmac.yml", "filter: level!=low\n");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "complete", "--", "convert", "-t", "spl")]
    [InlineData(0, "list", "targets")]
    [InlineData(2, "conver")]
    [InlineData(1, "convert", "-t", "splunk", "--json", "--color", "always", "rules", "-")]
    [InlineData(1, "convert", "-t", "splunk", "-o", "out/é", "rules")]
    [InlineData(1, "explain", "-t", "es-qs", "rules")]
    [InlineData(0, "match", "-r", "rules/a.yml", "events.ndjson")]
    [InlineData(1, "doc", "rules", "-o", "pages")]
    public void It_gives_the_same_code_and_streams(int code, params string[] arguments)
    {
        byte[] input = Encoding.UTF8.GetBytes(Rule.For("piped"));

        ProgramRun process = Sigmac.RunProcess(folder, input, [], arguments);

        process.ExitCode.Should().Be(code);
        Sigmac.RunWithin(folder, input, arguments).Should().Be(process);
    }

    /// <summary>Scripts under test start it, with words and variables of theirs, in a folder of theirs.</summary>
    [BashTheory]
    [InlineData("../program convert -t splunk --json é.yml 'no where.yml' ''")]
    [InlineData("TERM=dumb ../program match -r a.yml --color auto ../events.ndjson")]
    public void What_scripts_start_gives_the_same(string command)
    {
        Sigmac.WriteProgram(folder, "program");

        Sigmac.Shell(folder, $"cd rules; {command}").Should().Be(Sigmac.Shell(folder, $"cd rules; {command.Replace("../program", "sigmac")}"));
    }

    [Fact]
    public void Only_one_file_of_the_program_uses_the_console_and_the_variables()
    {
        // What another file took from the process would not be seen by the runs within the tests.
        IEnumerable<string> users =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Sigma.Cli"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            where Regex.IsMatch(File.ReadAllText(file), @"(?<![\w.])Console\.\w|\bAnsiConsole\.Write|\bEnvironment\.(GetEnvironment|ExitCode|Exit\b|CurrentDirectory)")
            select Path.GetFileName(file);

        users.Should().Equal("CommandEnvironment.cs");
    }
}
