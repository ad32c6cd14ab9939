using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>Every setting of <c>.sigmac.yml</c>: a wrong value is reported at its place, whatever the command where that can be told.</summary>
public sealed class ConfigurationValueTests
{
    /// <summary>Settings whose values any command can check: the setting, a file with a mistake, the place, what is said, and the hint.</summary>
    public static TheoryData<string, string, string, string, string> Mistakes => new()
    {
        { "targets", "targets: [splunk, {a: b}]", "1:19", "SIG0904: 'targets' must be a string or a list of strings, not a map", "" },
        { "targets", "targets: splunk\n---\ntargets: grep", "3:1", "must be one map of settings, not several", "put all settings before the first '---'" },
        { "fail-on", "check: {fail-on: never}\n---\ncheck: {fail-on: info}", "3:1", "must be one map of settings, not several", "" },
        { "pipelines", "pipelines: [[a]]", "1:13", "SIG0904: 'pipelines' must be", "" },
        { "without-pipeline", "without-pipeline: 1", "1:19", "SIG0904: 'without-pipeline' must be true or false", "" },
        { "unmapped", "unmapped: wran", "1:11", "SIG0904: 'unmapped' must be ignore, warn or error, not 'wran'", "did you mean 'warn'?" },
        { "variables", "variables: {a=b: c}", "1:13", "SIG0904: 'variables' must be names without an equals sign", "" },
        { "options", "options: {index: {a: b}}", "1:18", "SIG0904: 'index' must be a string", "" },
        { "overrides", "overrides: [{set: {level: hihg}}]", "1:27", "SIG0904: 'level' must be one of", "did you mean 'high'?" },
        { "overrides", "overrides: [{mtach: {id: a}, set: {owner: b}}]", "1:14", "SIG0903: unknown setting 'mtach'", "did you mean 'match'?" },
        { "backends", "backends: [a]", "1:11", "SIG0904: 'backends' must be a string", "" },
        { "filter", "filter: ['level>=high', 'levle>=high']", "1:25", "SIG0708: invalid filter 'levle>=high': unknown key 'levle'", "did you mean 'level'?" },
        { "strict", "strict: maybe", "1:9", "SIG0904: 'strict' must be true or false", "" },
        { "attack", "attack: [a, b]", "1:9", "SIG0904: 'attack' must be a string, not a list", "" },
        { "format", "doc: {format: htlm}", "1:15", "SIG0904: 'format' must be markdown or html, not 'htlm'", "did you mean 'html'?" },
        { "format", "coverage: {format: jsn}", "1:20", "SIG0904: 'format' must be table, navigator, csv or json", "did you mean 'json'?" },
        { "format", "check: {format: sarfi}", "1:17", "SIG0904: 'format' must be text, json, sarif", "did you mean 'sarif'?" },
        { "output-template", "convert: {output-template: [a]}", "1:28", "SIG0904: 'output-template' must be a string", "" },
        { "skip-unsupported", "convert: {skip-unsupported: perhaps}", "1:29", "SIG0904: 'skip-unsupported' must be true or false", "" },
        { "template", "doc: {template: [a]}", "1:17", "SIG0904: 'template' must be a string", "" },
        { "title", "doc: {title: {a: b}}", "1:14", "SIG0904: 'title' must be a string", "" },
        { "data-needed", "doc: {data-needed: }", "1:", "SIG0904: 'data-needed' must be a string", "" },
        { "atomics", "doc: {atomics: [a]}", "1:16", "SIG0904: 'atomics' must be a string", "" },
        { "findings", "doc: {findings: shwo}", "1:17", "SIG0904: 'findings' must be show or hide, not 'shwo'", "did you mean 'show'?" },
        { "by", "coverage: {by: tactics}", "1:16", "SIG0904: 'by' must be technique, tactic", "did you mean 'tactic'?" },
        { "rule-url", "coverage: {rule-url: 'javascript:alert(1)'}", "1:22", "SIG0904: 'rule-url' must be an address of the web", "https://" },
        { "select", "check: {select: [default, titel_end]}", "1:27", "SIG0904: 'select' must be a check: its code, name or group, not 'titel_end'", "did you mean 'title_end'?" },
        { "ignore", "check: {ignore: SIG9}", "1:17", "SIG0904: 'ignore' must be a check: its code, name or group, not 'SIG9'", "" },
        { "per-path-ignores", "check: {per-path-ignores: {'[': SIG12}}", "1:28", "SIG0904: 'per-path-ignores' must be patterns of paths with * and ?, not '['", "brackets and braces have no meaning" },
        { "per-path-ignores", "check: {per-path-ignores: {'a\\b': SIG12}}", "1:28", "SIG0904: 'per-path-ignores' must be patterns", "write paths with slashes" },
        { "per-path-ignores", "check: {per-path-ignores: {'!a': SIG12}}", "1:28", "SIG0904: 'per-path-ignores' must be patterns", "cannot be turned round" },
        { "per-path-ignores", "check: {per-path-ignores: {old: metadat}}", "1:33", "SIG0904: 'per-path-ignores' must be a check: its code, name or group, not 'metadat'", "did you mean 'metadata'?" },
        { "severities", "check: {severities: {titel_end: error}}", "1:22", "SIG0904: 'severities' must be a check: its code, name or group, not 'titel_end'", "did you mean 'title_end'?" },
        { "severities", "check: {severities: {title_end: eror}}", "1:33", "SIG0904: 'title_end' must be error, warning or info, not 'eror'", "did you mean 'error'?" },
        { "fail-on", "check: {fail-on: warn}", "1:18", "SIG0904: 'fail-on' must be error, warning, info or never, not 'warn'", "" },
        { "baseline", "check: {baseline: [a]}", "1:19", "SIG0904: 'baseline' must be a string", "" },
        { "validator-config", "check: {validator-config: {}}", "1:27", "SIG0904: 'validator-config' must be a string", "" },
        { "tag-namespaces", "check: {tag-namespaces: 5}", "1:25", "SIG0904: 'tag-namespaces' must be a string, not '5'", "put it in quotes" },
        { "tag-namespaces", "check: {tag-namespaces: [ours, 'a.b']}", "1:32", "SIG0904: 'tag-namespaces' must be what stands before the dot of a tag", "" },
        { "custom-attributes", "check: {custom-attributes: [true]}", "1:29", "SIG0904: 'custom-attributes' must be a string, not 'true'", "put it in quotes" },
        { "custom-fields", "check: {custom-fields: [a, 1.5]}", "1:28", "SIG0904: 'custom-fields' must be a string, not '1.5'", "put it in quotes" },
        { "log-sources", "check: {log-sources: [a]}", "1:23", "SIG0904: 'log-sources' must be product/category/service", "write a// for a product" },
        { "log-sources", "check: {log-sources: linux/process_creation}", "1:22", "SIG0904: 'log-sources' must be product/category/service", "two slashes" },
        { "authors", "check: {authors: [A, 7]}", "1:22", "SIG0904: 'authors' must be a string, not '7'", "put it in quotes" },
        { "numbers", "check: {numbers: {nope.max: 1}}", "1:19", "SIG0903: unknown setting 'nope.max'", "use one of " },
        { "numbers", "check: {numbers: {sigmahq_titel_length.max_length: 1}}", "1:19", "SIG0903: unknown setting", "did you mean 'sigmahq_title_length.max_length'?" },
        { "numbers", "check: {numbers: {sigmahq_title_length.max_length: -1}}", "1:52", "SIG0904: 'sigmahq_title_length.max_length' must be a whole number from 0 to 1000000, not '-1'", "" },
        { "numbers", "check: {numbers: {sigmahq_title_length.max_length: 99999999999999}}", "1:52", "must be a whole number from 0 to 1000000", "" },
        { "numbers", "check: {numbers: {sigmahq_title_length.max_length: many}}", "1:52", "must be a whole number from 0 to 1000000, not 'many'", "" },
        { "custom-checks", "check: {custom-checks: {a: {message: m, mesage: m, detection: {s: {title: a}, condition: s}}}}", "1:41", "SIG0903: unknown setting 'mesage'", "did you mean 'message'?" },
    };

    /// <summary>What only the command that uses it can tell.</summary>
    [Theory]
    [InlineData("convert", "targets: [grep, splnk]", "1:17", "did you mean 'splunk'?")]
    [InlineData("convert", "targets: splunk\npipelines: [ecs_windws]", "2:13", "did you mean 'ecs_windows'?")]
    [InlineData("convert", "targets: splunk\npipelines: [a/b.yml]", "2:13", "a/b.yml")]
    [InlineData("convert", "targets: splunk\nconvert: {format: savedsearch}", "2:19", "savedsearch")]
    [InlineData("explain", "targets: splunk\nexplain: {format: savedsearch}", "2:19", "savedsearch")]
    [InlineData("convert", "targets: es-qs\noptions: {idnex: a}", "2:11", "idnex")]
    [InlineData("convert", "targets: splunk\nbackends: nowhere", "2:11", "nowhere")]
    [InlineData("doc", "targets: splunk\nattack: nowhere.json", "2:9", "nowhere.json")]
    [InlineData("coverage", "attack: nowhere.json", "1:9", "nowhere.json")]
    [InlineData("doc", "targets: splunk\ndoc: {template: nowhere}", "2:17", "nowhere")]
    [InlineData("doc", "targets: splunk\ndoc: {data-needed: nowhere}", "2:20", "nowhere")]
    [InlineData("doc", "targets: splunk\ndoc: {atomics: nowhere}", "2:16", "nowhere")]
    [InlineData("check", "check: {baseline: nowhere.json}", "1:19", "nowhere.json")]
    [InlineData("check", "check: {validator-config: nowhere.yml}", "1:27", "nowhere.yml")]
    public void What_a_value_names_is_missed_at_its_place(string command, string text, string place, string said)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one")).With(".sigmac.yml", text + "\n");
        ProgramRun run = Sigmac.Run(folder, command, "a.yml");
        run.ExitCode.Should().Be(2, run.Error);
        run.Error.Should().Contain($".sigmac.yml:{place}: error").And.Contain(said);
    }

    [Theory]
    [InlineData("targets: {a: b}", "SIG0904")]
    [InlineData("target: splunk", "SIG0903")]
    public void A_file_with_a_mistake_is_not_said_to_lack_a_target(string text, string code)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one")).With(".sigmac.yml", text + "\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(code).And.NotContain("SIG0911");
        Sigmac.Run(folder, "convert", "a.yml", "--config", "gone.yml").Error.Should().Be("sigmac: error SIG0701: no such file or folder: 'gone.yml'\n");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_value_is_reported_at_its_place_by_every_command(string setting, string text, string place, string message, string hint)
    {
        text.Should().Contain(setting);
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one")).With(".sigmac.yml", text + "\n");
        foreach (string command in SettingTable.Commands)
        {
            string[] arguments = command is "convert" or "explain" ? [command, "-t", "splunk", "a.yml"] : [command, "a.yml"];
            ProgramRun run = Sigmac.Run(folder, arguments);
            run.ExitCode.Should().Be(2, $"{command} must refuse {text}");
            run.Error.Should().Contain($".sigmac.yml:{place}").And.Contain(message).And.Contain(hint.Length > 0 ? hint : message);
            run.Error.Split(" error SIG").Should().HaveCount(2, "{0} says it once", command);
        }
    }

    [Fact]
    public void Every_setting_has_a_mistake_above() =>
        SettingTable.All.Select(setting => setting.Name).Distinct().Should().BeEquivalentTo(Mistakes.Select(row => (string)row[0]).Distinct());

    [Theory]
    [InlineData("output")]
    [InlineData("prune")]
    [InlineData("fix")]
    public void What_writes_files_is_refused_with_the_reason(string name)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one")).With(".sigmac.yml", $"convert: {{{name}: x}}\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain($".sigmac.yml:1:11: error SIG0905: a configuration file cannot give '{name}'").And.Contain($"give --{name} on the command line");
    }

    [Fact]
    public void Words_and_numbers_that_are_right_pass()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one")).With(".sigmac.yml", """
            unmapped: ignore
            filter: ['level>=low, status!=stable', 'tag=attack.*']
            doc: {format: html, findings: hide}
            coverage: {by: field, format: csv, rule-url: 'https://example.org/rules/'}
            check:
              select: [default, -style, 'SIG12, tags', 'pysigma:duplicate_tag', number_as_string, own_one]
              ignore: own_one
              per-path-ignores: {'rules/old=new/**': [SIG1207, own_one], '*.yml': style}
              severities: {own_one: info, title_end: warning}
              fail-on: never
              tag-namespaces: [ours, d3-x]
              custom-attributes: ['5', tests]
              log-sources: [ours//, /web/, ours/web/apache]
              numbers: {sigmahq_title_length.max_length: 80, filename_length.min_size: 0}
              custom-checks: {own_one: {message: m, detection: {s: {title: a}, condition: s}}}
            """);
        ProgramRun run = Sigmac.Run(folder, "check", "a.yml");
        run.Error.Should().NotContain("error");
        run.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("--select", "titel_end", "the option 'select' must be a check: its code, name or group, not 'titel_end'", "did you mean 'title_end'?")]
    [InlineData("--ignore", "titel_end", "the option 'ignore' must be a check", "did you mean 'title_end'?")]
    [InlineData("--severity", "titel_end=error", "the option 'severity' must be a check with error, warning or info, as title_end=error, not 'titel_end'", "did you mean 'title_end'?")]
    [InlineData("--severity", "title_end=grave", "the option 'severity' must be a check with error, warning or info", "")]
    public void An_option_is_called_by_its_own_name(string option, string value, string message, string hint)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("one"));
        ProgramRun run = Sigmac.Run(folder, "check", option, value, "a.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(message).And.Contain(hint.Length > 0 ? hint : message);
    }

    [Fact]
    public void Standard_input_cannot_be_corrected_in_place()
    {
        using var folder = new TemporaryFolder();
        byte[] rule = "title: A rule.\nlogsource: {product: linux}\ndetection: {s: {a: b}, condition: s}\n"u8.ToArray();
        ProgramRun run = Sigmac.Run(folder, rule, ["check", "--fix", "-"]);
        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Error.Should().Contain("--fix").And.Contain("--diff shows the corrections");
        Sigmac.Run(folder, rule, ["check", "--fix", "--diff", "--select", "title_end", "-"]).Output.Should().Contain("+title: A rule\n");
    }

    /// <summary>A name that is not UTF-8 cannot be opened; to say that it does not exist would send people looking.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_name_that_is_not_utf8_is_called_that()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // other systems have no such names
        }

        using TemporaryFolder folder = new TemporaryFolder().With("rules/a.yml", Rule.For("one"));
        Sigmac.Shell(folder, "cp rules/a.yml \"rules/$(printf 'caf\\351').yml\"").ExitCode.Should().Be(0);
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");
        run.Output.Should().Be("f=\"one\"\n");
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("not valid UTF-8").And.NotContain("does not exist");
        Sigmac.Run(folder, "convert", "-t", "splunk", "rules/caf\uFFFD.yml").Error.Should().Contain("not valid UTF-8");
        Sigmac.Shell(folder, "rm -r rules").ExitCode.Should().Be(0, "the runtime cannot remove it");
    }
}
