using System.Text.Json;
using System.Xml.Linq;
using Sigma.Engines.Tests.Engines;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac test</c> as a user sees it.</summary>
public sealed class TestCommandTests
{
    private const string Passing = "tests:\n  - {name: yes, event: {f: value}, matches: 1}\n  - {name: no, event: {f: other}, matches: 0}\n";
    private const string Failing = "tests:\n  - name: 'wrong <&>'\n    events: [{f: other}, {f: value}]\n    matches: [1]\n";

    [Fact]
    public void Cases_beside_a_rule_are_run()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/rule.yml", Rule.For("value")).With("rules/rule.tests.yml", Passing);
        ProgramRun run = Sigmac.Run(folder, "test", "rules");
        run.Error.Should().Be("sigmac: 1 rule; 2 cases, 2 passed, 0 failed\n");
        run.Output.Should().BeEmpty("what passes is not worth a line");
        run.ExitCode.Should().Be(0);
        Sigmac.Run(folder, "test", "-v", "rules/rule.yml").Lines.Should().Contain(line => line.StartsWith("  ok   yes (rules/rule.tests.yml:2)"));
    }

    [Fact]
    public void The_time_of_an_event_is_where_its_log_has_it()
    {
        const string Rules = """
            title: One
            name: one
            logsource: {category: test}
            detection: {s: {act: deny}, condition: s}
            ---
            title: Many
            name: many
            correlation: {type: event_count, rules: [one], timespan: 1h, condition: {gte: 2}}
            """;
        const string Line = "CEF:0|Vendor|Product|1|100|deny|5|act=deny rt=Mar 0{0} 2026 08:00:0{0}\n";
        string first = string.Format(System.Globalization.CultureInfo.InvariantCulture, Line, 2);
        string later = string.Format(System.Globalization.CultureInfo.InvariantCulture, Line, 4);
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rules).With("near.cef", first + first).With("far.cef", first + later)
            .With("rule.tests.yml", "rule: many\ntests:\n  - {name: near, data: near.cef, matches: 1}\n  - {name: far, data: far.cef, matches: 0}\n");

        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");

        run.ExitCode.Should().Be(0, run.Output);
        run.Error.Should().EndWith("2 cases, 2 passed, 0 failed\n");
    }

    [Theory]
    [InlineData("info.yml", "id: i\nrule_metadata:\n  - id: the-rule\nregression_tests_info:\n#  - name: x\n")]
    [InlineData("info.yml", "id: i\nrule_metadata:\n  - id: the-rule\n# regression_tests_info:\n#  - name: x\n")]
    [InlineData("info.yml", "rule_metadata:\n  - id: the-rule\nregression_tests_info: []\n")]
    [InlineData("info.yml", "regression_tests_info: ~\n")]
    [InlineData("info.yml", "# all of it\n")]
    [InlineData("info.yml", "id: i\ndescription: N/A\nauthor: somebody\n")]
    [InlineData("INFO.yml", "id: i\n")]
    [InlineData("info.yml", "")]
    [InlineData("rule.tests.yml", "tests:\n#  - event: {a: 1}\n")]
    [InlineData("rule.tests.yml", "rule: the-rule\ntests: []\n")]
    public void A_file_whose_cases_are_commented_out_is_no_mistake(string name, string text)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value")).With("data/" + name, text);

        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml", "--data", "data");

        run.ExitCode.Should().Be(0, run.Error);
        run.Error.Should().Contain($"sigmac: 1 case file without cases, such as data/{name}").And.Contain("1 rule, 1 without cases; 0 cases").And.NotContain("mistake");
        Sigmac.Run(folder, "test", "--require-tests", "rule.yml", "--data", "data").ExitCode.Should().Be(1);
    }

    [Fact]
    public void A_rule_file_that_cannot_be_read_fails_the_run_though_all_cases_pass()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/rule.yml", Rule.For("value")).With("rules/rule.tests.yml", Passing).With("alone/x", "");
        File.WriteAllBytes(folder["rules/broken.yml"], [0xFF, 0xFE, 0xFF]);
        File.WriteAllBytes(folder["alone/broken.yml"], [0xFF, 0xFE, 0xFF]);

        ProgramRun run = Sigmac.Run(folder, "test", "rules");
        ProgramRun alone = Sigmac.Run(folder, "test", "alone");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/broken.yml:1:1: error SIG0103").And.EndWith("sigmac: 1 rule; 2 cases, 2 passed, 0 failed\n");
        alone.ExitCode.Should().Be(1);
        alone.Error.Should().Contain("alone/broken.yml:1:1: error SIG0103").And.NotContain("SIG0817");
    }

    /// <summary>The rule is tested without the filter, so that the cases prove nothing of it.</summary>
    [Fact]
    public void A_broken_filter_fails_the_run_though_all_cases_pass_and_a_template_is_no_rule_without_a_case()
    {
        using TemporaryFolder folder = new TemporaryFolder()
            .With("rule.yml", Rule.For("value"))
            .With("rule.tests.yml", "tests: [{event: {f: value}}]\n")
            .With("filter.yml", "title: F\nlogsource: {product: x}\nfilter: {rules: any, sel: {f|foo: value}, condition: not sel}\n---\naction: global\nlevel: low\n");

        ProgramRun run = Sigmac.Run(folder, "test", "--require-tests", ".");

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("filter.yml:3:30: error SIG0212").And.EndWith("sigmac: 1 rule; 1 case, 1 passed, 0 failed\n");
    }

    [Fact]
    public void A_broken_rule_without_a_case_is_named()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/rule.yml", Rule.For("value")).With("rules/rule.tests.yml", Passing).With("rules/broken.yml", Rule.Broken);

        ProgramRun one = Sigmac.Run(folder, "test", "rules");
        folder.With("rules/torn.yml", "title: [");
        ProgramRun two = Sigmac.Run(folder, "test", "rules");
        folder.With("rules/torn.tests.yml", Passing);
        ProgramRun tested = Sigmac.Run(folder, "test", "rules");

        one.Should().Be(new ProgramRun(0, "", "sigmac: rules/broken.yml has errors and no case; 'sigmac check' shows them\nsigmac: 2 rules, 1 without cases; 2 cases, 2 passed, 0 failed\n"));
        two.Error.Should().StartWith("sigmac: 2 rules without cases have errors, such as rules/broken.yml; 'sigmac check' shows them\n");
        tested.ExitCode.Should().Be(1, "the cases of a broken rule fail");
        tested.Error.Should().Contain("rules/broken.yml has errors and no case");
    }

    /// <summary>No event is what nobody meant to test: a file that is empty, say, because its content was not fetched.</summary>
    [Theory]
    [InlineData("matches: 0", "data.ndjson", "")]
    [InlineData("matches: 0", "data.csv", "f,g\n")]
    [InlineData("matches: false", "data.json", "[]")]
    public void A_case_without_an_event_proves_nothing(string matches, string data, string text)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value")).With("rule.tests.yml", $"tests:\n  - {{name: none, data: {data}, {matches}}}\n").With(data, text);

        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain($"FAIL none (rule.tests.yml:2): cannot read the events of 'none': {data} has no event");
    }

    [Theory]
    [InlineData("tests: [{events: [], matches: 0}]", "rule.tests.yml:1:18: error SIG0813: events must be a list of maps, not an empty list")]
    [InlineData("tests: {event: {f: a}}", "rule.tests.yml:1:8: error SIG0811: a file of cases must be a map with a list of cases under 'tests'; found a map")]
    [InlineData("tests: all", "rule.tests.yml:1:8: error SIG0811: a file of cases must be a map with a list of cases under 'tests'; found a string")]
    [InlineData("Tests: [{event: {f: a}}]", "did you mean 'tests'?")]
    public void A_mistake_of_a_file_of_cases_is_shown_at_its_place(string cases, string message)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value")).With("rule.tests.yml", cases);

        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain(message);
        run.Error.Contains("did you mean", StringComparison.Ordinal).Should().Be(cases.StartsWith("Tests:", StringComparison.Ordinal), "the key is spelt as it must be");
    }

    [Fact]
    public void A_failed_case_says_which_test_decided()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value")).With("rule.tests.yml", Failing);
        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("FAIL wrong <&> (rule.tests.yml:2): 1 of 2 events match (2); expected: just 1");
        run.Output.Should().Contain("event 1 does not match:").And.Contain("rule.yml:5: fails: f = 'value'; the event has f 'other'");
    }

    [Fact]
    public void Records_and_junit_say_the_same()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("value")).With("a.tests.yml", Failing).With("b.yml", Rule.For("value")).With("b.tests.yml", Passing);
        ProgramRun run = Sigmac.Run(folder, "test", "--json", "--junit", "out/results.xml", ".");
        run.ExitCode.Should().Be(1);
        JsonElement[] records = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        records.Select(record => record.GetProperty("passed").GetBoolean()).Should().Equal(false, true, true);
        XElement suites = XDocument.Load(Path.Combine(folder.Path, "out/results.xml")).Root!;
        suites.Attribute("tests")!.Value.Should().Be("3");
        suites.Attribute("failures")!.Value.Should().Be("1");
        XElement failed = suites.Descendants("failure").Should().ContainSingle().Subject.Parent!;
        failed.Attribute("name")!.Value.Should().Be("wrong <&>");
        failed.Attribute("classname")!.Value.Should().Be("./a.yml");
    }

    [Fact]
    public void A_rule_without_a_case_is_counted_and_fails_where_that_is_asked_for()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("value")).With("a.tests.yml", Passing).With("b.yml", Rule.For("value"));
        ProgramRun run = Sigmac.Run(folder, "test", ".");
        run.ExitCode.Should().Be(0);
        run.Error.Should().Contain("2 rules, 1 without cases; 2 cases");
        ProgramRun required = Sigmac.Run(folder, "test", "--require-tests", ".");
        required.ExitCode.Should().Be(1);
        required.Output.Should().Contain("b.yml").And.Contain("the rule has no case");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("tests:\n  - {name: a, evnt: {f: value}}\n", "SIG0812", "did you mean 'event'?")]
    [InlineData("tests:\n  - {name: a, data: nothing.json}\n", "cannot read", "nothing.json")]
    [InlineData("rule: unknown\ntests:\n  - {name: a, event: {f: value}}\n", "SIG0233", "unknown")]
    [InlineData("test: []\n", "SIG0811", "rule.tests.yml")]
    public void A_broken_file_of_cases_fails(string cases, string first, string second)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value")).With("rule.tests.yml", cases);
        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");
        run.ExitCode.Should().Be(1);
        (run.Output + run.Error).Should().Contain(first).And.Contain(second);
    }

    [Fact]
    public void No_case_at_all_is_wrong_use()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value"));
        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("SIG0817");
        Sigmac.Run(folder, "test", "rule.yml", "--data", "missing").ExitCode.Should().Be(2);
    }

    [Fact]
    public void Files_of_cases_are_no_rules()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/rule.yml", Rule.For("value")).With("rules/rule.tests.yml", Passing);
        Sigmac.Run(folder, "convert", "-t", "splunk", "rules").Output.Should().Be("f=\"value\"\n");
    }

    [Fact]
    public void The_cases_of_our_rules_pass()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(folder, "test", Path.Combine(Repository.Root, "rules"));
        run.Output.Should().BeEmpty();
        run.Error.Should().MatchRegex(@"; \d\d cases, \d\d passed, 0 failed");
        run.ExitCode.Should().Be(0);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [SharedFact]
    public void The_public_regression_data_passes()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = Sigmac.Run(folder, "test", SharedFolder.In("corpus", "sigmahq"), "--data", SharedFolder.In("corpus", "regression"));
        run.Error.Should().Contain("; 103 cases, 103 passed, 0 failed");
        run.ExitCode.Should().Be(0);
    }
}
