namespace Sigma.Tests.CommandLine;

/// <summary>Queries go to standard output and nothing else does; the exit code says what became of the work.</summary>
public sealed class StreamsAndExitCodesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_rule_gives_its_query_and_not_a_word_more()
    {
        folder.With("a.yml", Rule.For("a"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml").Should().Be(new ProgramRun(0, "f=\"a\"\n", ""));
    }

    [Fact]
    public void A_broken_rule_among_good_ones_is_reported_and_the_good_ones_come_out()
    {
        folder.With("rules/a.yml", Rule.For("a")).With("rules/b.yml", Rule.Broken).With("rules/c.yml", Rule.For("c"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"a\"\nf=\"c\"\n");
        run.Error.Should().Be("""
            rules/b.yml:4:11: error SIG0212: unknown modifier 'endwith'
              |
            4 |     s: {f|endwith: x}
              |           ^^^^^^^ did you mean 'endswith'?
            sigmac: 3 rules, 2 converted, 1 failed

            """);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("unknown target 'splnk'", "did you mean 'splunk'?", "-t", "splnk", "a.yml")]
    [InlineData("unknown target ''", "use one of clickhouse, cortex-xql, duckdb, eql, es-qs, ", "-t", ",", "a.yml")]
    [InlineData("has no format 'savedsearch'", "did you mean 'savedsearches'?", "-t", "splunk", "-f", "savedsearch", "a.yml")]
    [InlineData("has no option 'earlyest'", "did you mean 'earliest'?", "-t", "splunk", "-O", "earlyest=1", "a.yml")]
    [InlineData("must be name=value, not 'earliest'", "sigmac: ", "-t", "splunk", "-O", "earliest", "a.yml")]
    [InlineData("unknown pipeline 'splunk-window'", "did you mean 'splunk-windows'?", "-t", "splunk", "-p", "splunk-window", "a.yml")]
    [InlineData("the pipeline 'winlogbeat' is for es-qs, xpack-watcher", "not for splunk", "-t", "splunk", "-p", "winlogbeat", "a.yml")]
    [InlineData("unknown key 'levl'", "did you mean 'level'?", "-t", "splunk", "--filter", "levl=high", "a.yml")]
    [InlineData("'hih' is not one of", "did you mean 'high'?", "-t", "splunk", "--filter", "level=hih", "a.yml")]
    [InlineData("no such file or folder: 'b.yml'", "sigmac: ", "-t", "splunk", "a.yml", "b.yml")]
    [InlineData("no rule found in empty", "rules are files that end in .yml or .yaml", "-t", "splunk", "empty")]
    [InlineData("no rule found in a.yml", "no rule matches the filter", "-t", "splunk", "--filter", "level=high", "a.yml")]
    [InlineData("no such file or folder: 'nowhere'", "sigmac: ", "-t", "splunk", "--backends", "nowhere", "a.yml")]
    [InlineData("there is no option '--jsn'", "did you mean '--json'?", "-t", "splunk", "--jsn", "a.yml")]
    [InlineData("there is no option '-Z'", "Try 'sigmac convert --help'.", "-t", "splunk", "-Z", "a.yml")]
    [InlineData("no target is given", "give one with --target", "a.yml")]
    [InlineData("argument 'rules' missing", "Try 'sigmac convert --help'.", "-t", "splunk")]
    [InlineData("--jobs takes a number from 1 up, not 'x'", "sigmac: ", "-t", "splunk", "-j", "x", "a.yml")]
    [InlineData("--jobs takes a number from 1 up, not '0'", "sigmac: ", "-t", "splunk", "-j", "0", "a.yml")]
    [InlineData("--color takes auto, always or never, not 'blue'", "sigmac: ", "-t", "splunk", "--color", "blue", "a.yml")]
    [InlineData("--output-template names the files in an output folder; add --output", "sigmac: ", "-t", "splunk", "--output-template", "x", "a.yml")]
    public void Wrong_use_converts_nothing_and_says_what_was_meant(string message, string hint, params string[] arguments)
    {
        Directory.CreateDirectory(folder["empty"]);
        folder.With("a.yml", Rule.For("a"));

        ProgramRun run = Sigmac.Run(folder, ["convert", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message).And.Contain(hint);
    }

    [Theory]
    [InlineData("there is no command 'sigmac conver'; did you mean 'convert'?", "conver", "-t", "splunk")]
    [InlineData("there is no command 'sigmac list target'; did you mean 'targets'?", "list", "target")]
    [InlineData("'sigmac list' needs a command; there are targets, formats", "list")]
    [InlineData("'sigmac list targets' takes no argument 'x'", "list", "targets", "x")]
    [InlineData("there is no option '--backend'; did you mean '--backends'?", "list", "targets", "--backend")]
    [InlineData("SIG0701: no such file or folder: '--json'", "convert", "-t", "splunk", "--", "--json")]
    [InlineData("SIG0701: no such file or folder: '-nope.yml'", "match", "-r", "a.yml", "--", "-nope.yml")]
    [InlineData("unknown target 'splnk'", "list", "formats", "splnk")]
    public void A_mistyped_command_is_explained(string message, params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, arguments);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message);
    }

    [Fact]
    public void All_that_is_wrong_with_a_call_is_said_at_once()
    {
        string error = Sigmac.Run(folder, "convert", "-t", "splnk", "-p", "nowhere", "--filter", "x=y", "nothing.yml").Error;

        error.Should().Contain("SIG0703").And.Contain("SIG0401").And.Contain("SIG0708").And.Contain("SIG0701");
    }

    [Fact]
    public void A_name_may_start_with_an_at_sign()
    {
        folder.With("@a.yml", Rule.For("a"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "@a.yml").Output.Should().Be("f=\"a\"\n");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("sigmac convert -t splunk rule.yml")]
    [InlineData("sigmac convert -t es-qs,grep rules/ -o out/", "convert")]
    [InlineData("sigmac list formats xpack-watcher", "list")]
    [InlineData("sigmac list targets --backends", "list", "targets")]
    [InlineData("sigmac list formats xpack-watcher", "list", "formats")]
    [InlineData("sigmac list options es-qs", "list", "options")]
    [InlineData("sigmac list pipelines", "list", "pipelines")]
    [InlineData("sigmac list modifiers", "list", "modifiers")]
    public void Help_shows_the_usage_and_examples(string example, params string[] command)
    {
        ProgramRun run = Sigmac.Run(folder, [.. command, "--help"]);

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        run.Output.Should().Contain("Usage:\n  sigmac").And.Contain("Examples:\n").And.Contain(example);
    }
}
