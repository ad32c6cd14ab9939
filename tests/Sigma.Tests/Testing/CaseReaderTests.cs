using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Tests.Testing;

public sealed class CaseReaderTests
{
    [Fact]
    public void A_case_has_a_name_events_and_what_is_expected()
    {
        RuleCase read = Read("rule: abc\ntests:\n  - name: one\n    events: [{a: 1, b: {c: 'x'}}, {a: '2'}]\n    matches: [2]\n").Should().ContainSingle().Subject;
        read.Name.Should().Be("one");
        read.Rule.Should().Be("abc");
        read.Events.Should().Equal("""{"a": 1, "b": {"c": "x"}}""", """{"a": "2"}""");
        read.Expected.Numbers.Should().Equal(2);
        read.Span.Position.Line.Should().Be(3);
    }

    [Theory]
    [InlineData("matches: 2", 2, 2)]
    [InlineData("matches: 0", 0, 0)]
    [InlineData("matches: false", 0, 0)]
    [InlineData("matches: true", 1, null)]
    [InlineData("description: nothing is said", 1, null)]
    public void What_is_expected_is_a_number_or_whether_any(string line, int least, int? most)
    {
        RuleCase read = Read($"tests:\n  - event: {{a: 1}}\n    {line}\n").Single();
        read.Expected.Least.Should().Be(least);
        read.Expected.Most.Should().Be(most);
        read.Name.Should().Be("case 1");
    }

    [Theory]
    [InlineData("match_count: 3", 3, 3)]
    [InlineData("provider: p", 1, null)]
    public void The_public_regression_data_is_read(string line, int least, int? usual)
    {
        RuleCase read = Read(
            "id: i\nrule_metadata:\n  - id: the-rule\n    title: T\nregression_tests_info:\n  - name: Positive\n    type: evtx\n"
            + $"    path: regression_data/rules/a/b/the-rule.evtx\n    {line}\n").Single();
        read.Rule.Should().Be("the-rule");
        read.Data.Should().Be("the-rule.evtx");
        read.OtherData.Should().Equal("the-rule.json");
        read.Expected.Least.Should().Be(least);
        read.Expected.Most.Should().BeNull("the public runner warns of more matches, and does not fail");
        read.Count.Should().Be(usual);
    }

    [Fact]
    public void Regression_data_whose_tests_are_commented_out_has_no_case()
    {
        var diagnostics = new List<Diagnostic>();
        CaseReader.Read(new SourceText("info.yml", "id: i\nrule_metadata:\n  - id: the-rule\nregression_tests_info:\n"), diagnostics).Should().BeEmpty();
        diagnostics.Select(diagnostic => diagnostic.Code.Id).Should().Equal("SIG0818");
    }

    [Theory]
    [InlineData("info.yml", "id: i\nregression_test_info:\n  - path: x.evtx\n", "regression_test_info", "did you mean 'regression_tests_info'?")]
    [InlineData("rule.tests.yml", "id: i\ntest: []\n", "id", null)]
    [InlineData("rule.tests.yml", "id: i\ntestss: []\n", "testss", "did you mean 'tests'?")]
    public void A_key_that_is_nearly_the_one_of_the_tests_is_a_mistake(string path, string text, string at, string? hint)
    {
        var diagnostics = new List<Diagnostic>();
        CaseReader.Read(new SourceText(path, text), diagnostics).Should().BeEmpty();
        Diagnostic found = diagnostics.Should().ContainSingle(diagnostic => diagnostic.Code.Id == "SIG0811").Subject;
        found.Span!.Value.Characters.ToString().Should().StartWith(at);
        (hint is null || found.Hint == hint).Should().BeTrue(found.Hint);
    }

    [Fact]
    public void A_broken_case_does_not_keep_the_others_from_being_read()
    {
        var diagnostics = new List<Diagnostic>();
        CaseReader.Read(new SourceText("a.tests.yml", "tests:\n  - {matches: 1}\n  - {event: {a: 1}}\n"), diagnostics).Should().ContainSingle();
        diagnostics.Select(d => d.Code.Id).Should().Equal("SIG0814");
    }

    private static IReadOnlyList<RuleCase> Read(string text)
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<RuleCase> cases = CaseReader.Read(new SourceText("a.tests.yml", text), diagnostics);
        diagnostics.Should().BeEmpty();
        return cases;
    }
}
