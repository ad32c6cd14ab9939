namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac migrate</c>: counts become correlations, dates and tags get their present form.</summary>
public sealed class MigrateTests : IDisposable
{
    private const string Older = """
        title: Many Whoamis
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        date: 2020/01/10
        tags:
            - attack.privilege_escalation
            - attack.t1086
        logsource:
            product: windows
        detection:
            selection:
                Image|endswith: '\whoami.exe'
            timeframe: 5m
            condition: selection | count(User) by Computer > 5 # often
        level: high

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_count_becomes_a_correlation_that_makes_the_same_query()
    {
        folder.With("a.yml", Older.ReplaceLineEndings("\n"));
        string before = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml").Output;

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.ExitCode.Should().Be(0);
        string text = folder.Read("a.yml");
        text.Should().Contain("date: 2020-01-10\n").And.Contain("- attack.privilege-escalation\n").And.Contain("- attack.t1059.001\n")
            .And.Contain("    condition: selection # often\n").And.NotContain("timeframe").And.NotContain("|count")
            .And.Contain("correlation:\n    type: value_count\n    rules:\n        - 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13\n    group-by:\n        - Computer\n    timespan: 5m\n    condition:\n        gt: 5\n        field: User\n");
        string after = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml").Output;
        after.Should().Contain("Image=\"*\\\\whoami.exe\"").And.Contain("> 5");
        before.Should().Contain("Image=\"*\\\\whoami.exe\"").And.Contain("> 5");
        Sigmac.Run(folder, "check", "--select", "correctness,correlations", "--fail-on", "warning", "a.yml").ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_rule_with_errors_is_left_and_said()
    {
        string text = Older.ReplaceLineEndings("\n").Replace("|endswith", "|endsin");
        folder.With("a.yml", text);

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.Error.Should().Contain("a.yml:1: the rule is left as it is: it has errors; 'sigmac check' shows them").And.Contain("0 files of 1 brought up to date");
        folder.Read("a.yml").Should().Be(text);
    }

    [Fact]
    public void A_count_of_a_rule_that_shares_parts_with_others_is_left_and_said()
    {
        string text = "action: global\n" + Older.ReplaceLineEndings("\n") + "---\nlevel: low\n---\nlevel: medium\n";
        folder.With("a.yml", text);

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.Error.Should().Contain("the count is left as it is: the rule shares parts with others of the file");
        folder.Read("a.yml").Should().Contain("| count(User)");
    }

    /// <summary>The correlation would count single events of the rule, and no longer its counts.</summary>
    [Theory]
    [InlineData("6F1C2A0E-3B5D-4C8F-9A7E-2D4B6C8E0F13", false)]
    [InlineData("6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13", true)]
    public void A_count_that_a_correlation_counts_is_left_and_said(string reference, bool inOneFile)
    {
        string rule = Older.ReplaceLineEndings("\n");
        string correlation = $"title: C\ncorrelation: {{type: event_count, rules: ['{reference}'], timespan: 1h, condition: {{gte: 2}}}}\n";
        folder.With("a.yml", inOneFile ? $"{rule}---\n{correlation}" : rule).With("b.yml", inOneFile ? rule.Replace("6f1c", "7f1c") : correlation);

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml", "b.yml");

        run.Error.Should().Contain("sigmac: a.yml:13: the count is left as it is: a correlation counts the rule, and would count its events then");
        folder.Read("a.yml").Should().Contain("condition: selection | count(User) by Computer > 5 # often").And.Contain("2020-01-10");
        folder.Read("b.yml").Contains("value_count", StringComparison.Ordinal).Should().Be(inOneFile, "nothing counts that rule");
    }

    [Theory]
    [InlineData("| count() > 5", "    timeframe: 5m\n", "a correlation needs a time")]
    [InlineData("| count(User) by Computer > 5 # often", "| min(User) > 5", "no type of correlation counts like this")]
    public void What_cannot_be_a_correlation_is_left_and_said(string a, string b, string reason)
    {
        string text = Older.ReplaceLineEndings("\n");
        text = reason.Contains("time") ? text.Replace(b, "").Replace("| count(User) by Computer > 5 # often", a) : text.Replace(a, b);
        folder.With("a.yml", text);

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.Error.Should().Contain("the count is left as it is: " + reason);
        folder.Read("a.yml").Should().Contain("condition: selection |").And.Contain("2020-01-10");
    }

    [Fact]
    public void The_comment_of_the_time_stays_with_it()
    {
        folder.With("a.yml", Older.ReplaceLineEndings("\n").Replace("timeframe: 5m", "timeframe: 5m  # a burst"));

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.Error.Should().NotContain("left as it is");
        folder.Read("a.yml").Should().NotContain("timeframe").And.Contain("    timespan: 5m  # a burst\n");
    }

    [Fact]
    public void A_difference_is_shown_and_nothing_written()
    {
        folder.With("a.yml", Older.ReplaceLineEndings("\n"));

        Sigmac.Run(folder, "migrate", "--diff", "a.yml").Output.Should().Contain("+correlation:\n");

        folder.Read("a.yml").Should().Be(Older.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_configuration_of_validators_becomes_a_section_that_is_read()
    {
        folder.With("v.yml", "validators:\n    - all\n    - -tlptag\nconfig:\n    filename_length: {min_size: 4}\n");
        folder.With("rule.yml", "title: Whoami.\nid: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13\nlogsource:\n    product: windows\n    category: process_creation\ndetection:\n    s:\n        Image: b\n    condition: s\n");

        ProgramRun run = Sigmac.Run(folder, "migrate", "--validators", "v.yml");

        run.Output.Should().Be("check:\n    select:\n        - 'pysigma'\n        - 'sigmahq'\n        - '-tlptag'\n    numbers:\n        'filename_length.min_size': '4'\n");
        folder.With(".sigmac.yml", run.Output);
        Sigmac.Run(folder, "check", "rule.yml").Output.Should().Contain("SIG1002").And.NotContain("SIG1821").And.NotContain("SIG1005");
    }

    /// <summary>Two sections of one name would be no configuration.</summary>
    [Fact]
    public void Configurations_of_validators_are_written_one_by_one()
    {
        folder.With("v.yml", "validators: [all]\n").With("w.yml", "validators: [all]\n");

        Sigmac.Run(folder, "migrate", "--validators", "v.yml", "w.yml").Should().Be(new ProgramRun(
            2, "", "sigmac: error SIG0706: the option '--validators' must be used with one file, not 'v.yml w.yml'\n   a configuration has one section 'check'\n"));
    }

    [Fact]
    public void No_text_of_such_a_configuration_begins_a_line_of_its_own()
    {
        folder.With("v.yml", "validators: [\"a\\nfail-on: never\"]\nexclusions: {\"x\\ncheck: {fail-on: never}\": [\"tlptag\\nstrict: true\"]}\nconfig: {\"a\\nb\": {c: \"1\\n2\"}}\n");

        string written = Sigmac.Run(folder, "migrate", "--validators", "v.yml").Output;

        written.Should().Be(
            """
            check:
                select:
                    - "a\nfail-on: never"
                numbers:
                    "a\nb.c": "1\n2"
                # rule x\u{a}check: {fail-on: never}: write '# sigmac: ignore tlptag\u{a}strict: true -- why' before its first key

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("modified: 2020/13/45", "'modified' must be a date such as 2026-11-24, but '2020/13/45' is not")]
    [InlineData("date: yesterday", "'date' must be a date such as 2026-11-24, but 'yesterday' is not")]
    public void What_cannot_be_brought_up_to_date_is_said(string line, string reason)
    {
        string text = $"title: Whoami\n{line}\nlogsource:\n    product: windows\ndetection:\n    s:\n        A: b\n    condition: s\n";
        folder.With("a.yml", text);

        ProgramRun run = Sigmac.Run(folder, "migrate", "a.yml");

        run.Error.Should().StartWith($"sigmac: a.yml:2: it is left as it is: {reason}\n");
        run.ExitCode.Should().Be(0);
        folder.Read("a.yml").Should().Be(text);
    }

    [Theory]
    [InlineData("{title: T, logsource: {product: windows}, detection: {s: {A: b}, timeframe: 5m, condition: s | count() by B > 5}}", "the rule is written in braces")]
    [InlineData("  title: T\n  logsource: {product: windows}\n  detection: {s: {A: b}, timeframe: 5m, condition: s | count() by B > 5}", "its keys are indented")]
    public void A_count_that_stays_has_the_reason_that_is_so(string rule, string reason)
    {
        folder.With("a.yml", rule + "\n");
        Sigmac.Run(folder, "migrate", "a.yml").Error.Should().Contain($"the count is left as it is: {reason}\n");
    }
}
