using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Tests.CommandLine;

/// <summary>The manual page and the version line, both made from what the program knows of itself.</summary>
public class ManualPageTests
{
    [Fact]
    public void The_page_has_every_command_that_the_help_has()
    {
        using var folder = new TemporaryFolder();
        string page = Sigmac.Run(folder, "man").Output;
        string help = Sigmac.Run(folder, "--help").Output;

        string[] commands =
        [
            .. help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => Regex.Match(line, "^  ([a-z]+)").Groups[1].Value).Where(name => name.Length > 0),
        ];

        commands.Should().Contain("convert").And.Contain("list").And.Contain("completion");
        commands.Should().NotContain("complete", "scripts call it, not people").And.NotContain("man");
        foreach (string command in commands)
        {
            page.Should().Contain($".SS \"sigmac {command}");
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [ManFact]
    public void Man_shows_the_page_without_a_warning()
    {
        using var folder = new TemporaryFolder();
        ProgramRun shown = Sigmac.Shell(folder, "sigmac man >sigmac.1 && man --warnings=w -l sigmac.1");

        shown.ExitCode.Should().Be(0);
        shown.Error.Should().BeEmpty();
        shown.Output.Should().Contain("--without-pipeline").And.Contain("EXIT STATUS").And.Contain("NO_COLOR");
    }

    [Fact]
    public void No_line_of_the_page_is_taken_for_a_command_by_mistake()
    {
        using var folder = new TemporaryFolder();

        foreach (string line in Sigmac.Run(folder, "man").Lines.Where(line => line[0] is '.' or '\''))
        {
            line.Should().MatchRegex(@"^\.(TH|SH|SS|SY|YS|TP|PP|I|B|BR|RI|RS|RE|EX|EE)\b");
        }
    }

    [Fact]
    public void The_version_tells_the_program_the_commit_and_the_specification()
    {
        using var folder = new TemporaryFolder();

        ProgramRun run = Sigmac.Run(folder, "--version");

        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex($@"^sigmac \d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?( \(commit [0-9a-f]{{12}}\))?, Sigma specification {Regex.Escape(Specification.Version)}\r?\n$");
    }

    /// <summary>A test that needs <c>man</c>.</summary>
    private sealed class ManFactAttribute : FactAttribute
    {
        public ManFactAttribute() => Skip = Sigmac.Has("man") ? null : "man is not on this machine";
    }
}
