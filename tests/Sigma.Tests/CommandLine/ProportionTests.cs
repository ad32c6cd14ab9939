using System.Text.Json.Nodes;

namespace Sigma.Tests.CommandLine;

/// <summary>Messages in proportion: equal ones once, a sum by code, and what a target cannot express apart from what is broken.</summary>
public sealed class ProportionTests : IDisposable
{
    private const string Dates = """
        title: Dates
        logsource: {product: linux}
        detection:
            s:
                created|hour:
                    - 1
                    - 2
                    - 3
            condition: s

        """;

    private readonly TemporaryFolder folder = new TemporaryFolder().With("dates.yml", Dates);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Equal_findings_of_a_rule_are_one_message_that_names_the_other_lines()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "dates.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Be("""
            dates.yml:6:15: error SIG0601: Splunk cannot express a part of a date: a search has no test for a part of a date in a field
              |
            6 |             - 1
              |               ^
              and 2 more like it, in lines 7 and 8

            """);
    }

    [Fact]
    public void With_verbose_each_has_its_own_message()
    {
        string error = Sigmac.Run(folder, "convert", "-v", "-t", "splunk", "dates.yml").Error;

        error.Should().Contain("dates.yml:6:15: error").And.Contain("dates.yml:7:15: error").And.Contain("dates.yml:8:15: error").And.NotContain("more like it");
    }

    [Fact]
    public void Records_have_all_of_them()
    {
        string output = Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "dates.yml").Output;

        JsonNode.Parse(output)!["diagnostics"]!.AsArray().Should().HaveCount(3);
    }

    [Fact]
    public void Many_messages_are_summed_up_by_code_before_the_last_line()
    {
        for (int number = 1; number <= 5; number++)
        {
            folder.With($"rules/{number}.yml", Dates);
        }

        folder.With("rules/broken.yml", Rule.Broken).With("rules/level.yml", Rule.For("a", "level: hihg"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(1);
        run.Error.Should().EndWith("""
            sigmac: SIG0601: 15 errors in 5 rules; 'sigmac explain SIG0601' says what the code means
            sigmac: SIG0212: 1 error in 1 rule
            sigmac: SIG0208: 1 warning in 1 rule
            sigmac: 7 rules, 1 converted, 1 failed, 5 unsupported

            """);
        Sigmac.Run(folder, "convert", "-q", "-t", "splunk", "rules").Error.Should().NotContain("sigmac: ");
    }

    [Theory]
    [InlineData("convert -t grep")]
    [InlineData("explain -t grep --json")]
    public void A_warning_that_many_rules_have_is_shown_for_three_and_counted(string command)
    {
        WriteExcluding(12);
        string[] arguments = [.. command.Split(' '), "many"];

        string error = Sigmac.Run(folder, arguments).Error;

        Count(error, "warning SIG0603").Should().Be(3);
        Count(error, "warning SIG0602").Should().Be(1, "another kind has its own");
        error.Should().Contain("sigmac: SIG0603: 12 warnings in 12 rules; 'sigmac explain SIG0603' says what the code means; '-v' shows each: an excluded value is searched for in the whole line, and may be in another field or part of a longer value (12)\n");
        error.Should().Contain("sigmac: SIG0602: 1 warning in 1 rule\n");
        Count(Sigmac.Run(folder, [.. arguments, "-v"]).Error, "warning SIG0603").Should().Be(12);
        Count(Sigmac.Run(folder, [.. arguments, "--strict"]).Error, "warning SIG0603").Should().Be(12, "each fails its rule");
        Sigmac.Run(folder, [.. arguments, "-q"]).Error.Should().BeEmpty();
    }

    [Fact]
    public void Records_have_the_warnings_of_all_rules()
    {
        WriteExcluding(12);
        Count(Sigmac.Run(folder, "convert", "-t", "grep", "--json", "many").Output, "\"SIG0603\"").Should().Be(12);
    }

    [Fact]
    public void Matching_and_coverage_fold_them_too()
    {
        for (int number = 1; number <= 9; number++)
        {
            // A technique that nobody knows for coverage, and a level that nobody knows for match.
            folder.With($"odd/{number}.yml", $"title: R{number}\nlevel: hihg\ntags: [attack.t990{number}]\nlogsource: {{product: linux}}\ndetection: {{s: {{f: x}}, condition: s}}\n");
        }

        folder.With("e.json", "{\"f\": \"x\"}\n");
        string matched = Sigmac.Run(folder, "match", "-r", "odd", "e.json").Error;
        Count(matched, "warning SIG0208").Should().Be(3);
        matched.Should().Contain("SIG0208: 9 warnings in 9 rules").And.Contain("'-v' shows each: ");
        string covered = Sigmac.Run(folder, "coverage", "odd").Error;
        Count(covered, "warning SIG0907").Should().Be(3);
        covered.Should().Contain("SIG0907: 9 warnings in 9 rules").And.Contain("and 6 other reasons");
        Count(Sigmac.Run(folder, "coverage", "-v", "odd").Error, "warning SIG0907").Should().Be(9);
    }

    [Fact]
    public void Rules_that_a_target_cannot_express_are_counted_apart_and_fail_the_run()
    {
        folder.With("a.yml", Rule.For("a"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", ".");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().EndWith("sigmac: 2 rules, 1 converted, 0 failed, 1 unsupported\n");
    }

    [Fact]
    public void With_skip_unsupported_they_are_warnings_and_do_not_fail_it()
    {
        folder.With("a.yml", Rule.For("a"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--skip-unsupported", ".");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().StartWith("./dates.yml:6:15: warning SIG0601: ").And.EndWith("sigmac: 2 rules, 1 converted, 0 failed, 1 unsupported\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--skip-unsupported", "--strict", ".").ExitCode.Should().Be(0, "no rule has a warning of its own");
    }

    [Fact]
    public void Skip_unsupported_does_not_hide_a_broken_rule_nor_a_missing_value()
    {
        folder.With("broken.yml", Rule.Broken).With("expand.yml", Rule.For("\"%x%\"").Replace("{f:", "{f|expand:", StringComparison.Ordinal));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--skip-unsupported", ".");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("error SIG0212").And.Contain("error SIG0605").And.EndWith("sigmac: 3 rules, 0 converted, 2 failed, 1 unsupported\n");
    }

    [Fact]
    public void A_rule_that_a_pipeline_refuses_or_that_is_beyond_a_limit_of_the_target_is_one_that_it_cannot_express()
    {
        string values = string.Join(", ", Enumerable.Range(1, 2000).Select(number => $"'{number:0000}{new string('x', 196)}'"));
        folder.With("a.yml", Rule.For("a")).With("long.yml", $"title: L\nlogsource: {{product: linux}}\ndetection: {{s: {{f: [{values}]}}, condition: s}}\n")
            .With("b.yml", "title: B\nlogsource: {product: windows}\ndetection: {s: {f: b}, condition: s}\n")
            .With("refuse.yml", "name: refuse\ntransformations:\n  - {type: rule_failure, message: not here, rule_conditions: [{type: logsource, product: windows}]}\n");

        ProgramRun refused = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "refuse.yml", "--skip-unsupported", "a.yml", "b.yml");
        ProgramRun tooLong = Sigmac.Run(folder, "convert", "-t", "logql", "--skip-unsupported", "a.yml", "long.yml");

        refused.ExitCode.Should().Be(0);
        refused.Error.Should().Contain("warning SIG0410: ").And.EndWith("sigmac: 2 rules, 1 converted, 0 failed, 1 unsupported\n");
        tooLong.ExitCode.Should().Be(0);
        tooLong.Error.Should().Contain("warning SIG0618: ").And.EndWith("sigmac: 2 rules, 1 converted, 0 failed, 1 unsupported\n");
    }

    [Fact]
    public void A_configuration_can_set_it()
    {
        folder.With(".sigmac.yml", "convert: {skip-unsupported: true}\n");

        Sigmac.Run(folder, "convert", "-t", "splunk", "dates.yml").ExitCode.Should().Be(0);
        Sigmac.Run(folder, "convert", "--no-config", "-t", "splunk", "dates.yml").ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("dates.yml", "unsupported")]
    [InlineData("broken.yml", "error")]
    [InlineData("warned.yml", "warning", "--strict")]
    [InlineData("warned.yml", null)]
    public void A_record_says_why_a_rule_failed(string file, string? reason, params string[] options)
    {
        folder.With("broken.yml", Rule.Broken).With("warned.yml", Rule.For("a", "level: hihg"));

        JsonNode record = JsonNode.Parse(Sigmac.Run(folder, ["convert", "-t", "splunk", "--json", file, .. options]).Output)!;

        record["reason"]?.GetValue<string>().Should().Be(reason);
        record["status"]!.GetValue<string>().Should().Be(reason is null ? "converted" : "failed");
    }

    [Fact]
    public void A_rule_that_one_of_two_targets_cannot_express_is_counted_once_and_keeps_its_other_query()
    {
        folder.With("a.yml", Rule.For("a"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "powershell,splunk", "-f", "eventdata", ".");

        run.ExitCode.Should().Be(2, "splunk has no such format");
        run = Sigmac.Run(folder, "convert", "-t", "grep,splunk", "--skip-unsupported", ".");
        run.ExitCode.Should().Be(0);
        run.Error.Should().EndWith("sigmac: 2 rules, 1 converted, 0 failed, 1 unsupported\n");
    }

    /// <summary>Rules of which grep says that it selects fewer events, and one of which it selects more.</summary>
    private void WriteExcluding(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            folder.With($"many/{number:00}.yml", $"title: R{number}\nlogsource: {{product: linux}}\ndetection:\n  s: {{f: x{number}}}\n  n: {{g: y{number}}}\n  condition: s and not n\n");
        }

        folder.With("many/wide.yml", "title: W\nlogsource: {product: linux}\ndetection: {s: {f|re: '^a[bc]d$'}, condition: s}\n");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
