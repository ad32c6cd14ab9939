using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>Completing command lines: what is offered, and that the scripts ask for it in the right way.</summary>
public class CompletionTests
{
    [Theory]
    [InlineData("", "convert")]
    [InlineData("conv", "convert")]
    [InlineData("list|", "targets", "formats", "options", "pipelines", "modifiers")]
    [InlineData("convert|-t|spl", "splunk")]
    [InlineData("convert|--target|g", "graylog", "grep")]
    [InlineData("convert|-t|splunk|-f|", "default", "savedsearches")]
    [InlineData("convert|-t|splunk|-O|", "cron=", "earliest=")]
    [InlineData("convert|-p|ecs_w", "ecs_windows", "ecs_windows_old")]
    [InlineData("convert|--color|", "always", "auto", "never")]
    [InlineData("doc|-f|", "markdown", "html")]
    [InlineData("doc|--findings|", "show", "hide")]
    [InlineData("coverage|-f|", "table", "navigator", "csv", "json")]
    [InlineData("coverage|--by|t", "technique", "tactic")]
    [InlineData("coverage|--domain|", "enterprise", "mobile", "ics")]
    [InlineData("match|-f|", "table", "ndjson", "csv", "timeline", "summary", "html")]
    [InlineData("sample|--shape|", "nested", "flat", "winevent")]
    [InlineData("sample|--only|", "matches", "near-misses")]
    [InlineData("check|--fail-on|", "error", "warning", "info", "never")]
    [InlineData("convert|--unmapped|", "ignore", "warn", "error")]
    [InlineData("convert|--filter|l", "level>=", "logsource=")]
    [InlineData("convert|--without", "--without-pipeline")]
    [InlineData("help|", "convert", "list")]
    [InlineData("help|list|", "targets", "codes")]
    [InlineData("list|pipelines|spl", "splunk")]
    [InlineData("completion|", "bash", "fish", "pwsh", "zsh")]
    public void Names_are_offered(string words, params string[] expected)
    {
        using var folder = new TemporaryFolder();

        string[] offered = [.. Sigmac.Run(folder, ["complete", "--", .. words.Split('|')]).Lines.Select(line => line.Split('\t')[0])];

        offered.Should().Contain(expected);
        string begun = words.Split('|')[^1];
        offered.Should().OnlyContain(candidate => candidate.StartsWith(begun));
    }

    [Theory]
    [InlineData("convert|-t|splunk|ru", "a rule file is wanted")]
    [InlineData("convert|-o|", "a folder is wanted")]
    [InlineData("convert|--json|", "an option without a value takes no word")]
    [InlineData("nonsense|", "there is no such command")]
    public void Files_are_left_to_the_shell(string words, string because)
    {
        using var folder = new TemporaryFolder();

        ProgramRun run = Sigmac.Run(folder, ["complete", "--", .. words.Split('|')]);

        run.Output.Should().BeEmpty(because);
        run.ExitCode.Should().Be(0);
    }

    [Fact]
    public void An_option_that_can_come_once_is_not_offered_twice()
    {
        using var folder = new TemporaryFolder();

        string[] offered = [.. Sigmac.Run(folder, "complete", "--", "convert", "--json", "-t", "grep", "-").Lines.Select(line => line.Split('\t')[0])];

        offered.Should().Contain("--target").And.Contain("-t", "targets may come several times");
        offered.Should().NotContain("--json");
    }

    /// <summary>Lines, each with the one word that it is completed by.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "sigmac conv", "convert" },
        { "sigmac convert -t gre", "grep" },
        { "sigmac convert -t splunk,gre", "splunk,grep" },
        { "sigmac convert -t xpack-watcher -O interv", "interval=" },
        { "sigmac list formats xp", "xpack-watcher" },
        { "sigmac convert --filter logs", "logsource=" },
    };

    /// <summary>What one bash completes each of the lines by, a bar behind every word.</summary>
    private static readonly Lazy<Dictionary<string, string>> Completed = new(() =>
    {
        using TemporaryFolder folder = new();
        string[] lines = [.. Lines.Select(line => (string)line[0])];
        folder.With("script", Sigmac.Run(folder, "completion", "bash").Output).With("lines", string.Concat(lines.Select(line => line + "\n")));

        // The name that the script calls must be a command, so a function is not enough.
        Sigmac.WriteProgram(folder, "bin/sigmac");
        ProgramRun run = Sigmac.Shell(folder, """
            unset -f sigmac
            PATH=$PWD/bin:$PATH
            . ./script
            compopt() { :; }
            while IFS= read -r COMP_LINE; do
                COMP_POINT=${#COMP_LINE}
                COMP_WORDS=($COMP_LINE)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMPREPLY=()
                _sigmac </dev/null
                printf '%s|' "${COMPREPLY[@]}"
                echo
            done <lines
            """);
        run.Lines.Should().HaveCount(lines.Length, run.Error);
        return lines.Zip(run.Lines).ToDictionary();
    });

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Lines))]
    public void Bash_completes(string line, string completed) => Completed.Value[line].Should().Be(completed + "|");

    [Fact]
    public void Every_shell_has_a_script_that_asks_the_program()
    {
        foreach (string shell in CompletionCommand.Shells)
        {
            CompletionCommand.Script(shell).Should().Contain(" complete -- ", shell);
        }
    }
}
