namespace Sigma.Tests.CommandLine;

/// <summary><c>.sigmac.yml</c>: settings beside the rules.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Used = "sigmac: settings are read from .sigmac.yml; use --no-config to ignore them\n";

    private readonly TemporaryFolder folder = new();

    public ConfigurationTests() => folder.With("a.yml", Rule.For("one", "level: high"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Settings_stand_in_for_options()
    {
        folder.With(".sigmac.yml", "targets: [splunk]\nfilter: level>=high\n").With("b.yml", Rule.For("two", "level: low"));

        ProgramRun run = Sigmac.Run(folder, "convert", "a.yml", "b.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("f=\"one\"\n");
    }

    [Theory]
    [InlineData("targets: [splunk]\nunmapped: ignore\nconvert: {targets: es-qs}\n", "f.keyword:one\n")]
    [InlineData("targets: [grep]\n", "grep -iP '^.*one'\n")]
    [InlineData("targets: splunk\nconvert: {format: savedsearches}\ndoc: {format: html}\n", "[")]
    public void A_commands_own_section_goes_before_the_top(string text, string output)
    {
        folder.With(".sigmac.yml", text);

        ProgramRun run = Sigmac.Run(folder, "convert", "a.yml");

        (run.ExitCode, run.Error).Should().Be((0, Used));
        run.Output.Should().StartWith(output.StartsWith("f.keyword", StringComparison.Ordinal) ? "f" : output);
    }

    [Theory]
    [InlineData("convert")]
    [InlineData("explain")]
    [InlineData("doc")]
    [InlineData("coverage")]
    public void A_file_that_was_found_is_named(string command)
    {
        folder.With(".sigmac.yml", "targets: [splunk]\n");

        Sigmac.Run(folder, command, "a.yml").Error.Should().StartWith(Used);
        Sigmac.Run(folder, command, "-q", "a.yml").Error.Should().NotContain("settings are read");
        Sigmac.Run(folder, command, "--config", ".sigmac.yml", "a.yml").Error.Should().NotContain("settings are read");
        Sigmac.Run(folder, command, "--no-config", "a.yml").Error.Should().NotContain("settings are read");
    }

    [Fact]
    public void The_command_line_wins()
    {
        folder.With(".sigmac.yml", "targets: [grep]\nfilter: [level=low]\n");

        Sigmac.Run(folder, "convert", "-t", "splunk", "--filter", "level=high", "a.yml").Output.Should().Be("f=\"one\"\n");
    }

    [Fact]
    public void Explain_shows_what_convert_would_do()
    {
        folder.With(".sigmac.yml", "targets: [splunk]\npipelines: [names.yml]\nexplain: {format: savedsearches}\n")
            .With("names.yml", "transformations:\n  - type: field_name_prefix\n    prefix: our_\n");

        ProgramRun run = Sigmac.Run(folder, "explain", "a.yml");

        (run.ExitCode, run.Error).Should().Be((0, Used));
        run.Output.Should().Contain("our_f=").And.Contain("names.yml").And.Contain("savedsearches");
        Sigmac.Run(folder, "explain", "--no-config", "a.yml").Error.Should().Contain("no target is given");
    }

    [Fact]
    public void Another_file_or_none_can_be_said()
    {
        folder.With(".sigmac.yml", "targets: [grep]\n").With("other/mine.yml", "targets: [splunk]\n");

        Sigmac.Run(folder, "convert", "--config", "other/mine.yml", "a.yml").Output.Should().Be("f=\"one\"\n");
        ProgramRun none = Sigmac.Run(folder, "convert", "--no-config", "a.yml");
        (none.ExitCode, none.Output).Should().Be((2, ""));
        none.Error.Should().Contain("no target is given");
        Sigmac.Run(folder, "convert", "--no-config", "--config", "other/mine.yml", "a.yml").Error.Should().Contain("cannot be used together");
        Sigmac.Run(folder, "convert", "--config", "nowhere.yml", "a.yml").Error.Should().Contain("no such file or folder: 'nowhere.yml'");
    }

    [Fact]
    public void It_is_found_above_within_a_repository_and_its_paths_are_seen_from_it()
    {
        const string Prefix = "name: p\npriority: 10\ntransformations:\n  - id: x\n    type: field_name_prefix\n    prefix: my.\n";
        folder.With("repo/.git/HEAD", "x").With("repo/.sigmac.yml", "targets: splunk\npipelines: [pipes/p.yml]\n").With("repo/pipes/p.yml", Prefix).With("repo/rules/deep/a.yml", Rule.For("one"));

        Sigmac.RunBelow(folder, "repo/rules/deep", "convert", "a.yml").Output.Should().Be("my.f=\"one\"\n");
    }

    [Fact]
    public void Outside_of_a_repository_folders_above_are_not_asked()
    {
        folder.With(".sigmac.yml", "targets: splunk\n").With("sub/a.yml", Rule.For("one"));

        Sigmac.RunBelow(folder, "sub", "convert", "a.yml").Error.Should().Contain("no target is given");
    }

    [Fact]
    public void Variables_and_options_reach_their_places()
    {
        folder.With("a.yml", "title: T\nid: 13acf386-b8c6-4fe0-9a6e-c4756b974698\nlogsource: {product: linux}\ndetection: {s: {f|expand: '%who%'}, condition: s}\n")
            .With("p.yml", "name: p\npriority: 10\ntransformations:\n  - type: value_placeholders\n")
            .With(".sigmac.yml", "targets: xpack-watcher\nunmapped: ignore\npipelines: p.yml\nvariables: {who: [root, 'a,b']}\noptions: {mail: soc@example.org}\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "a.yml");

        (run.ExitCode, run.Error).Should().Be((0, Used));
        run.Output.Should().Contain("soc@example.org").And.Contain("root").And.Contain("a,b");
    }

    [Fact]
    public void Documentation_has_settings_of_its_own()
    {
        folder.With("cfg/.sigmac.yml", "targets: [splunk, grep]\ndoc: {template: page.scriban}\n").With("cfg/page.scriban", "{{ for q in queries }}{{ q.target }} {{ end }}\n");

        Sigmac.Run(folder, "doc", "--config", "cfg/.sigmac.yml", "a.yml").Output.Should().Be("splunk grep \n");
        Sigmac.Run(folder, "doc", "--config", "cfg/.sigmac.yml", "-t", "graylog", "a.yml").Output.Should().Be("graylog \n");
    }

    [Theory]
    [InlineData("target: splunk\n", ".sigmac.yml:1:1: error SIG0903: unknown setting 'target'", "did you mean 'targets'?")]
    [InlineData("format: json\n", "1:1: error SIG0903", "it belongs under convert or explain or doc or coverage")]
    [InlineData("doc:\n  pages: all\n", "2:3: error SIG0903", "use one of ")]
    [InlineData("targets: {splunk: x}\n", "1:10: error SIG0904: 'targets' must be a string or a list of strings, not a map", "")]
    [InlineData("without-pipeline: maybe\n", "1:19: error SIG0904: 'without-pipeline' must be true or false", "")]
    [InlineData("convert: [splunk]\n", "1:10: error SIG0904: 'convert' must be a map of settings", "")]
    [InlineData("options: {index: [a]}\n", "1:18: error SIG0904: 'index' must be a string", "")]
    [InlineData("- targets\n", "1:1: error SIG0904: '.sigmac.yml' must be a map of settings", "")]
    [InlineData("allow-commands: true\n", "1:1: error SIG0905: a configuration file cannot give 'allow-commands'", "give --allow-commands on the command line")]
    [InlineData("convert: {allow-files: true}\n", "1:11: error SIG0905", "give --allow-files on the command line")]
    [InlineData("targets: [splunk\n", ".sigmac.yml:", "error SIG01")]
    [InlineData("coverage: {by: tecnique}\n", "", "")]
    public void A_mistake_in_it_is_shown_and_nothing_is_done(string text, string message, string hint)
    {
        folder.With(".sigmac.yml", text);
        bool coverage = text.StartsWith("coverage", StringComparison.Ordinal);

        ProgramRun run = coverage ? Sigmac.Run(folder, "coverage", "a.yml") : Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(coverage ? "1:16: error SIG0904: 'by' must be technique, tactic" : message).And.Contain(coverage ? "did you mean 'technique'?" : hint.Length > 0 ? hint : message);
    }
}
