using Sigma.Cli;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.CommandLine;

/// <summary><c>--filter</c>, each key and operator, and what it does to a run.</summary>
public sealed class FilterTests : IDisposable
{
    private static readonly SortedDictionary<string, string> Rules = new()
    {
        ["a"] = Rule.For("a", "id: 01234567-89ab-4def-8123-456789abcdef\nlevel: high\nstatus: stable\ntags: [attack.t1059, attack.execution]"),
        ["b"] = Rule.For("b", "level: low\nstatus: experimental\ntags: [attack.t1059.001]"),
        ["c"] = Rule.For("c").Replace("{product: linux}", "{product: windows, service: security}"),
    };

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", Rules["a"])
        .With("rules/b.yml", Rules["b"])
        .With("rules/d.yml", Rule.Broken.Replace("title:", "level: low\ntitle:"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a", "level>=high")]
    [InlineData("a", "level>low")]
    [InlineData("a", "level=HIGH")]
    [InlineData("b", "level<=low")]
    [InlineData("b", "level<high")]
    [InlineData("bc", "level!=high")]
    [InlineData("a", "status=stable")]
    [InlineData("a", "status>=test")]
    [InlineData("bc", "status!=stable")]
    [InlineData("a", "tag=attack.t1059")]
    [InlineData("ab", "tag=attack.T1059*")]
    [InlineData("bc", "tag!=attack.t1059")]
    [InlineData("c", "logsource=windows")]
    [InlineData("c", "logsource=security")]
    [InlineData("ab", "logsource=linux")]
    [InlineData("a", "id=01234567-89AB-4def-8123-456789abcdef")]
    [InlineData("a", "level>=low", "tag=attack.execution")]
    [InlineData("a", "level>=low, tag=attack.execution")]
    public void A_filter_keeps_the_rules_for_which_it_holds(string kept, params string[] filters)
    {
        var diagnostics = new List<Diagnostic>();
        RuleFilter filter = RuleFilter.Parse(filters, diagnostics);

        diagnostics.Should().BeEmpty();
        string.Concat(Rules.Where(rule => filter.Wants(RuleReader.Read(new SourceText("rule.yml", rule.Value))[0])).Select(rule => rule.Key)).Should().Be(kept);
    }

    [Fact]
    public void A_broken_rule_is_not_lost_unless_what_it_says_excludes_it()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "rules", "--filter", "logsource=windows").Error.Should().Contain("rules/d.yml:5:11: error");
        Sigmac.Run(folder, "convert", "-t", "splunk", "rules", "--filter", "level=high").Should().Be(new ProgramRun(0, "f=\"a\"\n", ""));
    }

    [Theory]
    [InlineData("level", "it has no operator")]
    [InlineData("level=", "it has no value")]
    [InlineData("", "it has no operator")]
    [InlineData("tag>=x", "'tag' has no order")]
    [InlineData("level=3", "'3' is not one of informational, low, medium, high, critical")]
    public void A_filter_that_is_none_is_explained(string filter, string reason)
    {
        var diagnostics = new List<Diagnostic>();

        RuleFilter.Parse([filter], diagnostics);

        diagnostics.Should().ContainSingle().Which.Message.Should().StartWith($"invalid filter '{filter}': {reason}");
    }
}
