namespace Sigma.Tests.CommandLine;

/// <summary>What is said and how, the options of targets, pipelines, and targets of the user's own.</summary>
public sealed class SettingsTests : IDisposable
{
    /// <summary>A warning: the level is none.</summary>
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("warning.yml", Rule.For("w", "level: hgh"))
        .With("note.yml", Rule.For("yes"))
        .With("a.yml", Rule.For("a"))
        .With("broken.yml", Rule.Broken);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_warning_is_said_and_fails_a_rule_only_when_strict()
    {
        ProgramRun plain = Sigmac.Run(folder, "convert", "-t", "splunk", "warning.yml");
        ProgramRun strict = Sigmac.Run(folder, "convert", "-t", "splunk", "--strict", "warning.yml", "a.yml");

        plain.ExitCode.Should().Be(0);
        plain.Output.Should().Be("f=\"w\"\n");
        plain.Error.Should().StartWith("warning.yml:3:8: warning SIG0208: ");
        strict.ExitCode.Should().Be(1);
        strict.Output.Should().Be("f=\"a\"\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--strict", "--json", "warning.yml").Output.Should()
            .Contain("\"status\":\"failed\",\"reason\":\"warning\",\"queries\":[],\"query\":null");
    }

    [Fact]
    public void Quiet_says_errors_only_and_when_strict_what_failed_the_rule()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "-q", "warning.yml", "a.yml").Error.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "splunk", "-q", "broken.yml").Error.Should().Contain("SIG0212");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-q", "--strict", "warning.yml").Error.Should().Contain("SIG0208");
    }

    [Fact]
    public void Verbose_says_what_is_only_worth_knowing()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "note.yml").Error.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "splunk", "-v", "note.yml").Error.Should().Contain("info SIG0225");
    }

    [Fact]
    public void What_all_targets_share_is_said_once() =>
        Sigmac.Run(folder, "convert", "-t", "splunk,grep,es-qs,graylog", "broken.yml").Error.Should().MatchRegex(@"\A(?!(.|\n)*SIG0212(.|\n)*SIG0212)");

    [Fact]
    public void Colours_are_for_terminals_or_those_who_ask()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "broken.yml").Error.Should().NotContain("\e");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--color", "never", "broken.yml").Error.Should().NotContain("\e");
        ProgramRun always = Sigmac.RunWith(folder, [("NO_COLOR", "1")], "convert", "-t", "splunk", "--color", "always", "broken.yml", "a.yml");
        always.Error.Should().Contain("\e[31merror SIG0212\e[0m");
        always.Output.Should().Be("f=\"a\"\n");
    }

    [Fact]
    public void An_option_reaches_the_targets_that_have_it()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,xpack-watcher", "-O", "mail=soc=1@example.org", "a.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().StartWith("f=\"a\"\n").And.Contain("soc=1@example.org");
    }

    [Fact]
    public void A_pipeline_is_given_by_name_file_or_folder()
    {
        folder.With("p/one.yml", Mapping("f", "g")).With("p/sub/two.yml", Mapping("g", "h"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "p/one.yml", "a.yml").Output.Should().Be("g=\"a\"\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "p", "a.yml").Output.Should().Be("h=\"a\"\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "splunk-windows", "a.yml").Output.Should().Be("f=\"a\"\n");
    }

    [Fact]
    public void Without_its_pipeline_a_target_takes_the_names_as_they_are()
    {
        folder.With("w.yml", Rule.For("4624").Replace("f:", "EventID:").Replace("{product: linux}", "{product: windows, service: security}"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "w.yml").Output.Should().Contain("EventCode");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--without-pipeline", "w.yml").Output.Should().Be("EventID=\"4624\"\n");
    }

    [Theory]
    [InlineData("p.yml", "name: p\ntransformations:\n  - type: field_name_maping\n", @"^p\.yml:3:11: error SIG0403: unknown transformation 'field_name_maping'(.|\n)*did you mean 'field_name_mapping'\?")]
    [InlineData("p.yml", "name: [p\n", @"^p\.yml:1:\d+: error SIG01\d\d: ")]
    public void A_broken_pipeline_is_reported_at_its_place(string path, string text, string message)
    {
        folder.With(path, text);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", path, "a.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().MatchRegex(message);
    }

    [Fact]
    public void A_target_of_ones_own_takes_a_folder_and_no_code()
    {
        folder.With("targets/mine/backend.yml", Dialect);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "mine", "--backends", "targets", "a.yml");

        run.Error.Should().BeEmpty();
        run.Output.Should().Be("f is 'a'\n");
        Sigmac.Run(folder, "convert", "-t", "mine", "--backends", "targets/mine", "a.yml").Output.Should().Be("f is 'a'\n");
        Sigmac.Run(folder, "list", "targets", "--backends", "targets").Output.Should().MatchRegex("(?m)^mine +Mine +default +my own language");
    }

    [Fact]
    public void A_broken_target_is_reported_at_its_place()
    {
        folder.With("targets/mine/backend.yml", Dialect.Replace("description:", "desciption:"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "mine", "--backends", "targets", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().MatchRegex(@"targets/mine/backend\.yml:2:1: error SIG0501(.|\n)*did you mean 'description'\?");
    }

    private const string Dialect = """
        title: Mine
        description: my own language
        expression: {and: ' and ', or: ' or ', not: 'not {operand}', group: '({expression})', everything: any}
        fields: {plain: '^[a-z]+$', quoted: {open: '`', close: '`', escape: '\', escaped: '\`'}}
        texts:
          quoted: {open: "'", close: "'", escape: '\', escaped: "\\'", many: '*'}
        shapes:
          text: '{field} is {quoted}'
        formats:
          default: {description: the query}
        """;

    private static string Mapping(string from, string to) =>
        $"name: {from}\ntransformations:\n  - type: field_name_mapping\n    mapping: {{{from}: {to}}}\n";
}
