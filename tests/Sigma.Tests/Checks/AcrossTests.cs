using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>Rules that select the same events, or all events of another, are found; what is not proved is not claimed.</summary>
public sealed class AcrossTests
{
    private const string Windows = "{product: windows, category: process_creation}";

    [Theory]
    [InlineData("s: {a|contains: xy}", "s", "t: {a: '*XY*'}", "t")]
    [InlineData("s: {a: [x, y]}", "s", "s: {a: y}\nt: {a: x}", "1 of them")]
    [InlineData("s: {a: x, b: y}", "s", "s: {b: y}\nt: {a: x}", "s and t")]
    [InlineData("s: {a: x}\nf: {b: y}\ng: {b: z}", "s and not f and not g", "s: {a: x}\nf: {b: [z, y]}", "s and not f")]
    [InlineData("s: {a: x}\nf: {b: y}", "not (not s or f)", "s: {a: x}\nf: {b: y}", "s and not f")]
    [InlineData("s: {a|contains: [xy, xyz]}", "s", "s: {a|contains: xy}", "s")]
    [InlineData("s: {a|contains|all: [xy, x]}", "s", "s: {a|contains: xy}", "s")]
    [InlineData("s: {a|endswith: xy}\nf: {a|startswith: q}", "s and not f", "s: {a|endswith: xy}\nf: {a: 'q*xy'}", "s and not f")]
    public void Rules_that_select_the_same_events_are_found(string first, string firstCondition, string second, string secondCondition)
    {
        IReadOnlyList<Finding> found = Find(Rule("A", Windows, first, firstCondition), Rule("B", Windows, second, secondCondition));

        found.Select(finding => finding.Info.Name).Should().Equal("rule_equal", "rule_equal");
        found[0].Diagnostic.Message.Should().Be("'B' in b.yml selects the same events");
        found[1].Span.Position.Should().Be((1, 8));
    }

    [Theory]
    [InlineData("s: {a: x, b: y}", "s", "s: {a: x}", "s", "only that rule selects a: 'x', b absent")]
    [InlineData("s: {a: x}", "s", "s: {a: [x, y]}", "s", "only that rule selects a: 'y'")]
    [InlineData("s: {a: x}\nf: {b: y}", "s and not f", "s: {a: x}", "s", "only that rule selects a: 'x', b: 'y'")]
    [InlineData("s: {a|endswith: '\\x.exe'}", "s", "s: {a|endswith: '.exe'}", "s", null)]
    [InlineData("s: {a: x}\nt: {b: y}", "s and t", "s: {a: x}\nt: {b: y}", "s or t", null)]
    [InlineData("s: {a|contains|cased: xY}", "s", "s: {a|contains: xy}", "s", null)]
    [InlineData("s: {n|gt: 10}", "s", "s: {n|gt: 5}", "s", "only that rule selects n: 6")]
    [InlineData("s: {n|gt: 5, b: y}", "s", "s: {n|gte: 5}", "s", "only that rule selects n: 5")]
    [InlineData("s: {a|cidr: '::ffff:10.0.0.0/104'}", "s", "s: {a|cidr: 10.0.0.0/8}", "s", "only that rule selects a: '10.0.0.17'")]
    [InlineData("s: {a: x}", "s", "s: {a: [x, z]}\nf: {a: y}", "s and not f", "only that rule selects a: 'z'; unless a field has several values")]
    public void A_rule_whose_events_another_one_selects_is_found_with_an_event_that_only_the_other_selects(
        string narrow, string narrowCondition, string wide, string wideCondition, string? hint)
    {
        Finding found = Find(Rule("A", Windows, narrow, narrowCondition), Rule("B", Windows, wide, wideCondition)).Should().ContainSingle().Subject;

        found.Info.Name.Should().Be("rule_contained");
        found.Span.Source.Path.Should().Be("a.yml");
        found.Diagnostic.Message.Should().Be("'B' in b.yml selects all events of this rule");
        found.Diagnostic.Hint.Should().StartWith("only that rule selects ");
        if (hint is not null)
        {
            found.Diagnostic.Hint.Should().Be(hint);
        }
    }

    [Theory]
    [InlineData("s: {a: x}", "s", "s: {a: y}", "s")]
    [InlineData("s: {a: x}", "s", "s: {b: x}", "s")]
    [InlineData("s: {a: [x, y]}", "s", "s: {a: [y, z]}", "s")]
    [InlineData("s: {a|contains|cased: xy}", "s", "s: {a|contains: xy}\nt: {b: z}", "s and t")]
    [InlineData("s: {n|gt: 5}", "s", "s: {n|gt: 10}\nt: {b: y}", "s or t")]
    [InlineData("s: {n|gte: 1024}", "s", "f: {n: 3389}", "not f")]
    [InlineData("s: {n: 5}", "s", "s: {n: '5'}\nt: {b: y}", "s or t")]
    [InlineData("s: {n: true}", "s", "s: {n|cased: 'true'}\nt: {b: y}", "s or t")]
    [InlineData("s: {a|exists: true}", "s", "f: {a: null}\nt: {b: y}", "not f or t")]
    [InlineData("s: {a|cidr: '::ffff:0:0/96'}", "s", "s: {a|cidr: 'fe80::/10'}", "s")]
    [InlineData("s: {a|re: 'x+y'}", "s", "s: {a|re: 'x{1,}y'}", "s")]
    [InlineData("s: {a|expand: '%x%'}", "s", "s: {a|expand: '%x%'}\nt: {b: y}", "s or t")]
    [InlineData("s: {a: x}", "s | count() by b > 5", "s: {a: [x, y]}", "s")]
    [InlineData("s: {a: x}\nf: {b: y}", "s and not f", "s: {a: x}\nf: {b|contains: y}", "s and not f or f and not s")]
    [InlineData("s: {a: null}", "s", "s: {a: ''}", "s")]
    public void What_is_not_so_or_not_proved_is_not_claimed(string first, string firstCondition, string second, string secondCondition)
    {
        IReadOnlyList<Finding> found = Find(Rule("A", Windows, first, firstCondition), Rule("B", Windows, second, secondCondition));

        found.Should().BeEmpty();
    }

    [Fact]
    public void A_log_source_that_asks_for_less_takes_another_in()
    {
        string narrow = Rule("A", "{product: windows, service: security}", "s: {a: x}", "s");

        Finding found = Find(narrow, Rule("B", "{product: windows}", "s: {a: x}", "s")).Should().ContainSingle().Subject;
        found.Info.Name.Should().Be("rule_contained");
        found.Span.Source.Path.Should().Be("a.yml");
        found.Diagnostic.Hint.Should().Be("that rule is for windows, this one for windows/security");
        Find(narrow, Rule("B", "{product: windows, service: system}", "s: {a: x}", "s")).Should().BeEmpty();
        Find(narrow, Rule("B", "{product: linux}", "s: {a: x}", "s")).Should().BeEmpty();
        Find(narrow, Rule("B", "{product: windows, category: process_creation}", "s: {a: x}", "s")).Should().BeEmpty();
    }

    [Fact]
    public void A_deprecated_rule_is_compared_with_none() =>
        Find("status: deprecated\n" + Rule("A", Windows, "s: {a: x, b: y}", "s"), Rule("B", Windows, "s: {a: x}", "s")).Should().BeEmpty();

    [Fact]
    public void The_checks_run_only_if_they_are_asked_for()
    {
        var usual = CheckSelection.Of(CheckCatalog.All, [], [], [], []);

        CheckCatalog.Own.OfType<RepositoryCheck>().Where(check => check.NeedsRules && usual.Has(check.Info)).Should().BeEmpty();
        new Checker(usual, new CheckSettings()).Check(new SourceText("a.yml", Rule("A", Windows, "s: {a: x}", "s"))).Rules.Should().OnlyContain(rule => rule.Rule == null);
    }

    private static string Rule(string title, string source, string detections, string condition) =>
        $"title: {title}\nlogsource: {source}\ndetection:\n  {detections.Replace("\n", "\n  ")}\n  condition: {condition}\n";

    private static IReadOnlyList<Finding> Find(string first, string second)
    {
        var checker = new Checker(CheckSelection.Of(CheckCatalog.All, ["SIG1909", "SIG1910"], [], [], []), new CheckSettings());
        CheckedFile[] files = [checker.Check(new SourceText("a.yml", first)), checker.Check(new SourceText("b.yml", second))];
        files.SelectMany(file => file.Findings).Where(finding => finding.Severity is Severity.Error).Should().BeEmpty();
        return checker.CheckAll([.. files.SelectMany(file => file.Rules)]);
    }
}
