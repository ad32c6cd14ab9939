namespace Sigma.Tests.CommandLine;

/// <summary>Readers that go away, outputs that are closed or full, terminals.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class PipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("a")).With("broken.yml", Rule.Broken);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        Many(300, length: 2000);

        ProgramRun run = Sigmac.Shell(folder, "set -o pipefail; sigmac convert -q -t splunk many | head -1");

        run.Lines.Should().ContainSingle();
        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("sigmac convert -t splunk a.yml", ">/dev/full")]
    [InlineData("sigmac convert -t splunk a.yml", ">&-")]
    [InlineData("sigmac list formats splunk", ">/dev/full")]
    [InlineData("sigmac list formats splunk", ">&-")]
    [InlineData("sigmac --help", ">/dev/full")]
    public void A_standard_output_that_takes_nothing_is_reported(string command, string redirection)
    {
        ProgramRun run = Sigmac.Shell(folder, $"{command} {redirection}");

        run.ExitCode.Should().Be(2);
        run.Error.Should().StartWith("sigmac: error SIG0707: cannot write 'standard output': ");
        run.Error.Split('\n').Should().HaveCount(2);
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void Messages_that_nobody_can_read_stop_nothing(string redirection)
    {
        ProgramRun run = Sigmac.Shell(folder, $"sigmac convert -t splunk . {redirection}");

        run.Output.Should().Be("f=\"a\"\n");
        run.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("2>&-", 1)]
    [InlineData("<&- 2>&-", 1)]
    [InlineData(">&- 2>&-", 1)]
    [InlineData("<&- >&- 2>&-", 1)]
    public void A_file_that_is_written_is_not_taken_for_a_closed_stream(string redirection, int exitCode)
    {
        ProgramRun run = Sigmac.Shell(folder, $"sigmac convert -t splunk --output-file queries . {redirection}");

        run.ExitCode.Should().Be(exitCode);
        folder.Read("queries").Should().Be("f=\"a\"\n");
    }

    [Theory]
    [InlineData("sigmac --version", 0)]
    [InlineData("sigmac convert --bogus", 2)]
    [InlineData("sigmac convert -t nope a.yml", 2)]
    public void A_closed_standard_error_changes_no_exit_code(string command, int exitCode) =>
        Sigmac.Shell(folder, $"{command} 2>&-").ExitCode.Should().Be(exitCode);

    [Fact]
    public void Long_work_shows_a_bar_on_a_terminal_and_keeps_standard_output_clean()
    {
        if (!Sigmac.Has("script"))
        {
            // Without util-linux there is no terminal to be had.
            return;
        }

        Many(1200, length: 1);
        folder.With("many/0.yml", Rule.Broken);
        File.WriteAllText(folder["run"], $"{Sigmac.ShellWords} convert -t splunk many >queries\n");

        ProgramRun run = Sigmac.Shell(folder, "TERM=xterm script -qec 'bash run' terminal >/dev/null </dev/null");

        run.ExitCode.Should().Be(1);
        string terminal = folder.Read("terminal");
        terminal.Should().Contain("Converting").And.Contain("1201 rules, 1200 converted, 1 failed");
        terminal.IndexOf("SIG0212", StringComparison.Ordinal).Should()
            .BeGreaterThan(terminal.LastIndexOf("Converting", StringComparison.Ordinal) - "[COMMAND".Length, "messages wait until the bar is gone");
        folder.Read("queries").Should().NotContain("\e");
        File.ReadLines(folder["queries"]).Should().HaveCount(1200);
    }

    [Fact]
    public void Short_work_shows_no_bar_on_a_terminal()
    {
        if (!Sigmac.Has("script"))
        {
            return;
        }

        File.WriteAllText(folder["run"], $"{Sigmac.ShellWords} convert -t splunk a.yml >queries\n");

        Sigmac.Shell(folder, "TERM=xterm script -qec 'bash run' terminal >/dev/null </dev/null").ExitCode.Should().Be(0);

        folder.Read("terminal").Should().NotContain("Converting");
        folder.Read("queries").Should().Be("f=\"a\"\n");
    }

    [Theory]
    [InlineData("sigmac --version")]
    [InlineData("sigmac list formats splunk")]
    [InlineData("sigmac convert -t splunk a.yml")]
    [InlineData("sigmac convert -t splunk broken.yml >queries")]
    [InlineData("sigmac help")]
    public void The_terminal_is_left_as_it_was(string command)
    {
        if (!Sigmac.Has("script"))
        {
            return;
        }

        File.WriteAllText(folder["run"], $"sigmac() {{ {Sigmac.ShellWords} \"$@\"; }}\n{command}\n");

        Sigmac.Shell(folder, "NO_COLOR=1 TERM=xterm script -qec 'bash run' terminal >/dev/null </dev/null");

        // script writes a line before and after.
        string[] written = folder.Read("terminal").Split('\n');
        string text = string.Join('\n', written.Where(line => !line.StartsWith("Script ", StringComparison.Ordinal)));
        text.Should().NotContain("\e[?").And.NotContain("\e=");
        text.Trim().Should().NotBeEmpty();
    }

    private void Many(int count, int length)
    {
        foreach (int number in Enumerable.Range(1, count))
        {
            folder.With($"many/{number}.yml", Rule.For(new string('x', length)));
        }
    }
}
