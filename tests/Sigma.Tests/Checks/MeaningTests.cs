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
    [InlineData("condition_never", "s: {n: 5, n|gt: 7}", "s")]
    [InlineData("condition_never", "s: {n|gte: 5, n|lte: 5}\nf: {n: 5}", "s and not f")]
    [InlineData("condition_never", "s: {n: 5, n|startswith: x}", "s")]
    [InlineData("condition_never", "s: {n|gt: 5}\nf: {n|gte: 5}", "s and not f")]
    [InlineData("condition_never", "s: {n: 5}\nf: {n|re: '[0-9]', n|exists: true}\ng: {n|contains: ['0', '5']}", "s and f and not g")]
    [InlineData("condition_never", "s: {a: 127.0.0.1}\nf: {a|cidr: 127.0.0.0/8}", "s and not f")]
    [InlineData("condition_never", "s: {a|cidr: '::ffff:10.0.0.0/104'}\nf: {a|cidr: [10.0.0.0/9, 10.128.0.0/9]}", "s and not f")]
    [InlineData("value_covered", "s: {a|cidr: [10.0.0.0/8, '::ffff:10.1.0.0/112']}", "s")]
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
    [InlineData("condition_never", "s: {A|gt: 5, A: 7}", "s")]
    [InlineData("condition_never", "s: {A: 5}\nf: {A: '5'}", "s and not f")]
    [InlineData("condition_never", "s: {A: 5, A|startswith: '0'}", "s")]
    [InlineData("condition_never", "s: {A: 5, A|contains: '.'}", "s")]
    [InlineData("condition_never", "s: {A: 5, A|re: '^0'}", "s")]
    [InlineData("condition_never", "s: {EventID: 4688}\nf: {EventID|re: '^.{4}$'}", "s and not f")]
    [InlineData("condition_never", "s: {A: true}\nf: {A|cased: 'true'}", "s and not f")]
    [InlineData("condition_never", "s: {A|exists: true, A: null}", "s")]
    [InlineData("condition_never", "s: {A|exists: true}\nf: {A|re: '.*'}\ng: {A: null}", "s and not f and not g")]
    [InlineData("condition_never", "s: {A: '\u03C2'}\nf: {A|cased: '\u03C3'}", "s and not f")]
    [InlineData("condition_never", "s: {A: '\u212A'}\nf: {A: k}", "s and not f")]
    [InlineData("condition_never", "s: {A: '\u1E9E'}\nf: {A: '\u00DF'}", "s and not f")]
    [InlineData("condition_never", "s: {A: '?'}\nt: {A: '\U0001F600'}", "s and t")]
    [InlineData("condition_never", "s: {A: 'a*b'}\nf: {A|contains: \"\uE000\"}", "s and not f")]
    [InlineData("condition_never", "s: [ab]\nt: [cd]\nf: ['b*c', 'd*a']", "s and t and not f")]
    [InlineData("condition_never", "s: {A: 5, A|fieldref: B}\nt: {B: '05'}", "s and t")]
    [InlineData("range_never", "s: {n|gt: 3, n|gte: 5, n|lte: 5}", "s")]
    [InlineData("range_never", "s: {n|gt: 5.00000000000000000000000000001, n|lt: 5.00000000000000000000000000002}", "s")]
    [InlineData("filter_idle", "s: {DestinationPort|gte: 1024}\nf: {DestinationPort: [3389, 5985]}", "s and not f")]
    [InlineData("filter_idle", "s: {A|exists: true}\nf: {A: null}", "s and not f")]
    [InlineData("value_covered", "s: {A|cidr: ['2001:db8::/32', '::ffff:0:0/96']}", "s")]
    [InlineData("value_covered", "s: {A|cidr: ['fe80::/10', '::ffff:0:0/96']}", "s")]
    [InlineData("value_covered", "s: {A|cidr: ['::ffff:0:0/96', 10.0.0.0/8]}", "s")]
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

    [Theory]
    [InlineData("condition_always", "s: {B: z}\nf: {A|all: [x, y]}", "s or not f", true)]
    [InlineData("condition_always", "s: {a: x}", "s or not s", false)]
    [InlineData("condition_never", "s: {a: x}\nt: {a: y}", "s and t", true)]
    [InlineData("condition_never", "s: {a|contains: xy}\nf: {a|contains: x}", "s and not f", false)]
    [InlineData("range_never", "s: {A|gt: 10, A|lt: 5}", "s", true)]
    [InlineData("detection_covered", "s: {a: x}\nt: {a: x, b: z}", "s or t", false)]
    [InlineData("detection_covered", "s: {b: z}\nt: {b: z, a|all: [x, y]}\nu: {a: x, a|startswith: y}", "t or u", true)]
    [InlineData("filter_idle", "s: {a: x}\nf: {a: y}", "s and not f", true)]
    [InlineData("filter_idle", "s: {a|startswith: x}\nf: {a|startswith: y}", "s and not f", true)]
    public void Where_several_values_of_a_field_would_make_a_difference_the_hint_says_so(string name, string detections, string condition, bool makesOne) =>
        Found(name, detections, condition).Should().NotBeEmpty().And.OnlyContain(finding => (finding.Diagnostic.Hint != null && finding.Diagnostic.Hint.Contains("several values")) == makesOne);

    [Theory]
    [InlineData("re", "foo$", "; the expression also takes a line break behind the text")]
    [InlineData("re", "^foo$", "; the expression also takes a line break behind the text")]
    [InlineData("re", "^foo", "")]
    [InlineData("re", "(?i)foo", "")]
    [InlineData("re|i", "kid", "; the two differ in whether U+212A is 'k'")]
    [InlineData("re", "(?i)k", "; the two differ in whether U+212A is 'k'")]
    [InlineData("re", "(?i)\u00DF", "; the two differ in whether U+1E9E is '\u00DF'")]
    public void A_plain_text_for_an_expression_comes_with_what_the_two_do_not_have_in_common(string modifiers, string expression, string difference)
    {
        string hint = Found("regex_plain", $"s: {{a|{modifiers}: '{expression}'}}", "s").Should().ContainSingle().Subject.Diagnostic.Hint!;

        (hint.IndexOf(';') is >= 0 and var at ? hint[at..] : "").Should().Be(difference);
    }

    [Theory]
    [InlineData("condition_never", "s: {a: x}", "s and not s")]
    [InlineData("condition_always", "s: {a: x}", "s or not s")]
    [InlineData("range_never", "s: {n|gt: 10, n|lt: 5}", "not s")]
    [InlineData("value_covered", "s: {a|contains: [mimi, mimikatz]}", "not s")]
    [InlineData("item_idle", "s: {a|endswith: '\\a.exe', a|contains: 'a.exe'}", "not s")]
    [InlineData("detection_covered", "s_1: {a: x}\ns_2: {a: x, b: y}", "not 1 of s_*")]
    public void A_planted_fault_of_a_filter_is_found(string name, string detections, string condition) =>
        Found(name, "rules: any\n" + detections, condition, "filter").Should().ContainSingle();

    [Fact]
    public void That_a_filter_only_says_what_is_left_out_is_no_fault() => Found("condition_negative", "rules: any\ns: {a: x}", "not s", "filter").Should().BeEmpty();

    private static IEnumerable<Finding> Found(string name, string detections, string condition, string kind = "detection")
    {
        string text = $"title: T\nlogsource: {{product: windows}}\n{kind}:\n  {detections.Replace("\n", "\n  ")}\n  condition: {condition}\n";
        IReadOnlyList<Finding> findings = new Checker(CheckSelection.Of(CheckCatalog.All, [name], [], [], []), new CheckSettings()).Check(new SourceText("rule.yml", text)).Findings;
        findings.Where(finding => finding.Severity is Severity.Error && finding.Info.Name != name).Should().BeEmpty();
        return findings.Where(finding => finding.Info.Name == name);
    }
}
