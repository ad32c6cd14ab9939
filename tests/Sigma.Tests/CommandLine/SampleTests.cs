using System.Text.Json;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac sample</c> as a user sees it.</summary>
public sealed class SampleTests
{
    /// <summary>It is a warning for every command, and a failure for none.</summary>
    [Fact]
    public void A_template_that_no_rule_has_is_no_rule_without_a_sample()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value") + "---\naction: global\nlevel: high\n");

        ProgramRun run = Sigmac.Run(folder, "sample", "rule.yml");

        run.ExitCode.Should().Be(0);
        run.Error.Should().Contain("warning SIG0207").And.Contain("sigmac: 1 rule, 1 match");
    }

    [Fact]
    public void Events_go_to_standard_output_and_the_count_to_standard_error()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value"));
        ProgramRun run = Sigmac.Run(folder, "sample", "rule.yml");
        run.ExitCode.Should().Be(0);
        run.Lines.Should().HaveCountGreaterThan(1).And.AllSatisfy(line => JsonDocument.Parse(line).RootElement.ValueKind.Should().Be(JsonValueKind.Object));
        run.Lines[0].Should().Contain("\"f\":\"value\"");
        run.Error.Should().MatchRegex(@"^sigmac: 1 rule, 1 match, \d+ near misses\n$");
    }

    [Fact]
    public void Records_say_what_each_sample_is()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value"));
        JsonElement[] records = [.. Sigmac.Run(folder, "sample", "--json", "rule.yml").Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        records[0].GetProperty("kind").GetString().Should().Be("match");
        records[0].GetProperty("matches").GetBoolean().Should().BeTrue();
        records[1].GetProperty("matches").GetBoolean().Should().BeFalse();
        records.Should().AllSatisfy(record =>
        {
            record.GetProperty("path").GetString().Should().Be("rule.yml");
            record.GetProperty("place").GetString().Should().Be("rule.yml");
            record.GetProperty("line").GetInt32().Should().Be(5);
            record.GetProperty("events").GetArrayLength().Should().Be(1);
        });
    }

    [Theory]
    [InlineData("matches", true)]
    [InlineData("near-misses", false)]
    public void One_kind_can_be_asked_for(string only, bool matching)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value"));
        Sigmac.Run(folder, "sample", "--json", "--only", only, "rule.yml").Lines.Should().NotBeEmpty()
            .And.AllSatisfy(line => JsonDocument.Parse(line).RootElement.GetProperty("matches").GetBoolean().Should().Be(matching));
    }

    [Fact]
    public void Files_are_cases_that_pass()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/a/rule.yml", Rule.For("value", "id: 7b8d4d0e-1f2a-4c3b-9d5e-6f7081920a1b"));
        Sigmac.Run(folder, "sample", "-o", "out", "rules").ExitCode.Should().Be(0);
        File.Exists(Path.Combine(folder.Path, "out/a/rule.matches.ndjson")).Should().BeTrue();
        File.Exists(Path.Combine(folder.Path, "out/a/rule.near-misses.ndjson")).Should().BeTrue();
        ProgramRun run = Sigmac.Run(folder, "test", "rules", "--data", "out");
        run.Error.Should().Contain("0 failed");
        run.ExitCode.Should().Be(0);
    }

    /// <summary>Cases stand beside the rule where <c>sigmac test</c> looks first, and a folder of rules is soon given as the output too.</summary>
    [Fact]
    public void Cases_that_stand_beside_a_rule_are_not_replaced()
    {
        const string Written = "tests:\n  - {name: mine, event: {f: value}}\n";
        using TemporaryFolder folder = new TemporaryFolder().With("rules/a/rule.yml", Rule.For("value")).With("rules/a/rule.tests.yml", Written).With("rules/b.yml", Rule.For("value"));

        ProgramRun run = Sigmac.Run(folder, "sample", "-o", "rules", "rules");

        folder.Read("rules/a/rule.tests.yml").Should().Be(Written);
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/a/rule.yml: error SIG0707: cannot write 'rules/a/rule.tests.yml': it has the cases beside the rule, which may be yours; give another folder");
        File.Exists(folder["rules/b.tests.yml"]).Should().BeTrue("there were none");
    }

    [Theory]
    [InlineData("--count", "0", "--count takes a number from 1 up")]
    [InlineData("--only", "both", "--only takes matches or near-misses")]
    [InlineData("--start", "soon", "--start takes a time")]
    [InlineData("--start", "9999-12-31T23:59:59", "--start takes a time of the years 1601 to 9000, not '9999-12-31T23:59:59'")]
    [InlineData("--start", "0001-01-01", "--start takes a time of the years 1601 to 9000, not '0001-01-01'")]
    [InlineData("--shape", "round", "--shape takes nested, flat or winevent")]
    public void Wrong_use_is_said(string option, string value, string sentence)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule.For("value"));
        ProgramRun run = Sigmac.Run(folder, "sample", option, value, "rule.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(sentence);
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("A|year: 9999", "9999-", true)]
    [InlineData("A|year: 1", "0001-", true)]
    [InlineData("A|year|lte: 1", "0001-", true)]
    [InlineData("A|year: 9999, A|month: 12, A|day: 31", "9999-12-31T", true)]
    [InlineData("A|year: 1, A|month: 1, A|day: 1", "0001-01-01T", true)]
    [InlineData("A|year: 0", "", false)]
    public void The_ends_of_the_calendar_have_samples(string test, string beginning, bool found)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", $"title: T\nlogsource: {{category: test}}\ndetection: {{s: {{{test}}}, condition: s}}\n");
        ProgramRun run = Sigmac.Run(folder, "sample", "--only", "matches", "a.yml");
        run.Error.Should().NotContain("internal error");
        run.ExitCode.Should().Be(found ? 0 : 1);
        run.Output.Contains($"\"A\":\"{beginning}", StringComparison.Ordinal).Should().Be(found);
        Sigmac.Run(folder, "sample", "a.yml").Error.Should().NotContain("internal error");
    }

    [Fact]
    public void A_series_has_room_after_the_last_start()
    {
        using TemporaryFolder folder = new TemporaryFolder().With(
            "a.yml", "title: a\nname: a\nlogsource: {category: test}\ndetection: {s: {A: b}, condition: s}\n---\ntitle: c\ncorrelation: {type: event_count, rules: a, group-by: [U], timespan: 99999999d, condition: {gte: 3}}\n");
        Sigmac.Run(folder, "sample", "--start", "9000-12-31T23:59:59Z", "a.yml").ExitCode.Should().Be(0);
        Sigmac.Run(folder, "sample", "--start", "1601-01-01", "a.yml").ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_broken_rule_fails_and_the_others_have_samples()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.Broken).With("b.yml", Rule.For("value"));
        ProgramRun run = Sigmac.Run(folder, "sample", ".");
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("SIG0212").And.Contain("1 rule failed");
        run.Lines.Should().NotBeEmpty();
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_output_does_not_depend_on_the_number_of_jobs()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 20; i++)
        {
            folder.With($"r{i}.yml", Rule.For("value" + i));
        }

        Sigmac.Run(folder, "sample", "-j", "1", ".").Output.Should().Be(Sigmac.Run(folder, "sample", "-j", "4", ".").Output);
    }
}
