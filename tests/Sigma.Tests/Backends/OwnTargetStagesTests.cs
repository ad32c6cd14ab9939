using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>
/// A search with stages behind it: what stands in front narrows the events down and never loses one that the rule means, no text leaves its quotes
/// there, and what no stage tests again is said.
/// </summary>
public sealed class OwnTargetStagesTests
{
    private const string Staged = """
        expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})'}
        texts:
          quoted: {open: '"', close: '"', impossible: '"', many: '*'}
          exact: {pattern: {dialect: pcre, ignore_case: true, whole: true}, replace: {'"': '\x22', '\"': '\x22'}}
        regex: {dialect: pcre, replace: {'"': '\x22', '\"': '\x22'}}
        stages:
          where: {conjunct: ' | where {condition}', flag: ' | eval {flag}={condition}', flag_test: '{flag}=1', search: ' | search {expression}'}
        shapes:
          text: '{field}={quoted}'
          unwritable: &exact {stage: where, template: 'm({field}, "{exact}")'}
          regex: {stage: where, template: 'm({field}, "{regex}")'}
          keyword: '{quoted}'
          'null': 'no {field}'

        """;

    private const string WithoutWildcards = "quoted: {open: '\"', close: '\"', impossible: '\"'}";

    /// <summary>docs/backends.md, texts: a value with an impossible character is written by the shape 'unwritable'.</summary>
    [Theory]
    [InlineData("""{a: 'x" OR "" = "'}""", """a="x* OR ** = *" | where m(a, "(?i)^x\x22 OR \x22\x22 = \x22\z")""")]
    [InlineData("""{a|endswith: '"'}""", """a="**" | where m(a, "(?s)^.*\x22\z")""")]
    [InlineData("""{a: "x\ny"}""", """a="x*y" | where m(a, "(?i)^x\x0ay\z")""")]
    public void A_character_that_cannot_be_written_is_any_in_the_search_in_front(string detection, string query) =>
        new OwnTarget(Staged).Query(detection).Should().Be(query);

    /// <summary>Without a wildcard the search in front would ask for another text, and lose the events that have the rule's.</summary>
    [Theory]
    [InlineData("{a: 'x\"y'}", "* | where m(a, \"(?i)^x\\x22y\\z\")")]
    [InlineData("{a: 'x*y'}", "* | where m(a, \"(?is)^x.*y\\z\")")]
    [InlineData("{a: \"x\\ny\"}", "* | where m(a, \"(?i)^x\\x0ay\\z\")")]
    public void A_style_without_wildcards_narrows_nothing_down(string detection, string query) =>
        new OwnTarget(Staged.Replace("quoted: {open: '\"', close: '\"', impossible: '\"', many: '*'}", WithoutWildcards) + "  pattern: *exact\n").Query(detection).Should().Be(query);

    /// <summary>The shape of a stage is no part of a search.</summary>
    [Fact]
    public void A_text_whose_own_shape_is_that_of_a_stage_stands_there_only() =>
        new OwnTarget(Staged + "  wildcard: *exact\n").Query("{a: 'x*y', b: z}").Should().Be("""b="z" | where m(a, "(?is)^x.*y\z")""");

    /// <summary>A literal star is a wildcard in the search, and nothing behind it tests the text again.</summary>
    [Theory]
    [InlineData("{a: 'x\\*y'}")]
    [InlineData("{a: 'x\\*y', 'b|re': c}")]
    public void What_no_stage_tests_again_is_said(string detection)
    {
        Conversion made = new OwnTarget(Staged).Convert(detection);

        made.Query.Should().StartWith("a=\"x*y\"");
        made.Diagnostics.Where(finding => finding.Severity is not Severity.Info).Select(finding => $"{finding.Code.Id} {finding.Message}").Should().Equal(
            "SIG0602 the own query selects more events than the rule: a literal * or ? has no escape, so it acts as a wildcard");
    }

    /// <summary>What the search cannot say, and no stage either, is refused once.</summary>
    [Fact]
    public void What_nothing_can_write_is_refused_behind_a_search_too() =>
        new OwnTarget(Staged).Convert("{a: \"x\\ny\"}", "s or k\n  k: ['x\"y']").Diagnostics
            .Where(finding => finding.Severity is not Severity.Info).Select(finding => finding.Code.Id).Should().Equal("SIG0601");
}
