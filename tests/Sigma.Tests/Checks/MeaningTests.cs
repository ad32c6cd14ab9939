using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>What is said about the meaning of a rule is proved: planted faults are found, and what only looks like one is not.</summary>
public sealed class MeaningTests
{
    [Theory]
    [InlineData("condition_never", "s: {a|endswith: .exe, b: 1}\nf: {a|endswith: e}", "s and not f")]
    [InlineData("condition_never", "s: {a: x}\nt: {a: y}", "s and t")]
    [InlineData("condition_never", "s: {a|startswith|all: [x, y]}", "s")]
    [InlineData("range_never", "s: {n|gt: 10, n|lt: 5}", "s")]
    [InlineData("condition_never", "s: {a: null, a|contains: x}", "s")]
    [InlineData("condition_always", "s: {a: x}", "s or not s")]
    [InlineData("condition_always", "s: {a|contains: xy}\nt: {a|contains: x}", "t or not s")]
    [InlineData("condition_negative", "s: {a: x}\nt: {b: x}", "not s and not t")]
    [InlineData("value_covered", "s: {a|contains: [mimi, mimikatz]}", "s")]
    [InlineData("value_covered", "s: {a: ['*x*', 'axb']}", "s")]
    [InlineData("value_covered", "s: {a|cidr: [10.0.0.0/8, 10.1.0.0/16]}", "s")]
    [InlineData("value_idle", "s: {a|contains|all: [mimi, mimikatz]}", "s")]
    [InlineData("detection_covered", "s_1: {a: x}\ns_2: {a: x, b: y}", "1 of s_*")]
    [InlineData("detection_covered", "s: {a|startswith: x}\nt: {a|contains: x}", "s or t")]
    [InlineData("filter_idle", "s: {a|endswith: '\\a.exe'}\nf: {a|endswith: '\\b.exe'}", "s and not f")]
    [InlineData("filter_idle", "s: {a: x}\nf_1: {a: y}\nf_2: {b: y}", "s and not 1 of f_*")]
    [InlineData("one_of_satisfied", "s_1: {a: x}\ns_2: {b: y}", "s_1 and 1 of s_*")]
    [InlineData("regex_plain", "s: {a|re: whoami}", "s")]
    [InlineData("regex_plain", "s: {a|re|i: whoami}", "s")]
    [InlineData("regex_plain", "s: {a|re: '.*who ami.*'}", "s")]
    [InlineData("regex_all", "s: {a|re: '.*'}", "s")]
    [InlineData("regex_star", "s: {a|re: 'who[a-z]+.*'}", "s")]
    [InlineData("regex_backtracking", "s: {a|re: '([a-z]*)*x'}", "s")]
    [InlineData("item_idle", "s: {a|endswith: '\\a.exe', a|contains: 'a.exe'}", "s")]
    [InlineData("value_type", "s: {EventID: abc}", "s")]
    [InlineData("filter_positive", "s: {a: x}\nfilter: {b: y}", "s or filter")]
    [InlineData("dangling_detection", "s: {a: x}\nt: {b: y}", "s")]
    public void A_planted_fault_is_found(string name, string detections, string condition) => Found(name, detections, condition).Should().NotBeEmpty();

    [Theory]
    [InlineData("condition_never", "s: {a|endswith: .exe}\nf: {a|endswith: b.exe}", "s and not f")]
    [InlineData("condition_never", "s: {a: x}\nt: {b: y}", "s and t")]
    [InlineData("condition_never", "s: {a|contains|all: [x, y]}", "s")]
    [InlineData("range_never", "s: {n|gt: 5, n|lt: 10}", "s")]
    [InlineData("range_never", "s: {n|gte: 5, n|lte: 5}", "s")]
    [InlineData("condition_never", "s: {a|expand: '%x%'}\nf: {a|expand: '%x%'}", "s and not f")]
    [InlineData("condition_never", "s: {a|re: 'x+'}\nf: {a|re: 'y+'}", "s and not f")]
    [InlineData("condition_always", "s: {a: x}", "s")]
    [InlineData("condition_always", "s: {a|contains: x}\nt: {a|contains: xy}", "t or not s")]
    [InlineData("condition_negative", "s: {a: x}\nt: {b: x}", "s and not t")]
    [InlineData("value_covered", "s: {a|contains: [mimi, kittenz]}", "s")]
    [InlineData("value_covered", "s: {a|contains|cased: [Mimi, mimikatz]}", "s")]
    [InlineData("value_covered", "s: {a: [x, xy]}", "s")]
    [InlineData("value_covered", "s: {a|startswith: [yx, x]}", "s")]
    [InlineData("value_covered", "s: {a|contains: ['m?mi', mimikatz]}", "s")]
    [InlineData("value_covered", "s: {a|cidr: [10.1.0.0/16, 10.2.0.0/16]}", "s")]
    [InlineData("value_idle", "s: {a|contains: [mimi, mimikatz]}", "s")]
    [InlineData("value_idle", "s: {a|startswith|all: [x, yx]}", "s")]
    [InlineData("detection_covered", "s_1: {a: x, c: z}\ns_2: {a: x, b: y}", "1 of s_*")]
    [InlineData("detection_covered", "s_1: {a: x}\ns_2: {a: x, b: y}", "all of s_*")]
    [InlineData("filter_idle", "s: {a|endswith: '\\a.exe'}\nf: {b|endswith: '\\b.exe'}", "s and not f")]
    [InlineData("filter_idle", "s: {a|endswith: '\\a.exe'}\nf: {a|startswith: 'C:'}", "s and not f")]
    [InlineData("filter_idle", "s: {a|re: 'x+'}\nf: {a|contains: y}", "s and not f")]
    [InlineData("one_of_satisfied", "s_1: {a: x}\nt: {b: y}", "t and 1 of s_*")]
    [InlineData("one_of_satisfied", "s_1: {a: x}\ns_2: {b: y}", "s_1 and all of s_*")]
    [InlineData("regex_plain", "s: {a|re: 'who.mi'}", "s")]
    [InlineData("regex_plain", "s: {a|re|m: whoami}", "s")]
    [InlineData("regex_all", "s: {a|re: '.+'}", "s")]
    [InlineData("regex_star", "s: {a|re: 'x.*y'}", "s")]
    [InlineData("regex_star", "s: {a|re: 'x\\.*'}", "s")]
    [InlineData("regex_star", "s: {a|re: '.*a|b'}", "s")]
    [InlineData("regex_backtracking", "s: {a|re: '(\\\\[a-z]+)+x'}", "s")]
    [InlineData("regex_backtracking", "s: {a|re: '(a|b)+[a-z]+'}", "s")]
    [InlineData("item_idle", "s: {a|endswith: '\\a.exe', b|contains: 'a.exe'}", "s")]
    [InlineData("item_idle", "s: {a|endswith: '\\a.exe', a|startswith: 'C:'}", "s")]
    [InlineData("value_type", "s: {EventID: 4624}", "s")]
    [InlineData("value_type", "s: {ProcessId: '0x3e7'}", "s")]
    [InlineData("filter_positive", "s: {a: x}\nfilter: {b: y}", "s and not filter")]
    [InlineData("filter_positive", "s: {a: x}\nfilter: {b: y}", "s and not (filter)")]
    [InlineData("dangling_detection", "s_1: {a: x}\ns_2: {b: y}", "1 of s_*")]
    [InlineData("dangling_detection", "s: {a: x}\nt: {b: y}", "all of them")]
    public void What_only_looks_like_a_fault_is_not_reported(string name, string detections, string condition) => Found(name, detections, condition).Should().BeEmpty();

    private static IEnumerable<Finding> Found(string name, string detections, string condition)
    {
        string text = $"title: T\nlogsource: {{product: windows}}\ndetection:\n  {detections.Replace("\n", "\n  ")}\n  condition: {condition}\n";
        IReadOnlyList<Finding> findings = new Checker(CheckSelection.Of(CheckCatalog.All, [name], [], [], []), new CheckSettings()).Check(new SourceText("rule.yml", text)).Findings;
        findings.Where(finding => finding.Severity is Severity.Error && finding.Info.Name != name).Should().BeEmpty();
        return findings.Where(finding => finding.Info.Name == name);
    }
}
