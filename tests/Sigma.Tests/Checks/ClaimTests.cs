using System.Text;
using CsCheck;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Tests.Matching;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>
/// Claims about random conditions on one field hold for awkward values of it: other ways to write a number, a boolean, a letter or an address,
/// no value, objects and lists. The matcher judges. Where a finding says that several values make a difference, only one value is tried.
/// </summary>
[Trait("Tier", "slow")]
public sealed class ClaimTests
{
    private const string Caveat = "several values";

    private static readonly string[] Texts =
    [
        "", "5", "05", "5.0", "+5", "5.", "5e0", "50e-1", ".5e1", "-5", "7", "07", "8", "3389", "0", "-0", "0e9", "5.5", "true", "TRUE", "True", "false", "FALSE", "a", "A", "ab", "Ab", "aB", "b",
        "ba", "aab", "x5", "k", "K", "\u212A", "\u03C3", "\u03C2", "\u03A3", "\u00DF", "\u1E9E", "\u00B5", "\u03BC", "\uD83D\uDE00", "a\uD83D\uDE00", "\uE000", "a\uE000", "a\\n", "5\\n", "10.1.1.1", "10.2.1.1",
        "11.0.0.1", "::ffff:10.1.1.1", "::FFFF:10.1.1.1", "::ffff:a01:101", "::ffff:11.0.0.1", "2001:db8::1", "2001:0DB8::0001", "fe80::1", "2024-05-05T05:07:00Z",
    ];

    private static readonly string[] Single =
        [.. Texts.Select(text => $"\"{text}\""), "5", "5.0", "0.5e1", "7", "8", "0", "-5", "5.5", "3389", "true", "false", "null", "[]", "{\"x\":1}", "[5]", "[null]"];

    private static readonly string[] Several = ["[\"a\",\"b\"]", "[\"ab\",\"x5\"]", "[5,7]", "[11,3]", "[5,\"05\"]", "[\"a\",null]", "[null,5]", "[true,false]", "[\"10.1.1.1\",\"2001:db8::1\"]", "[{\"x\":1},\"a\"]"];

    private static readonly (Event Event, string Text, bool IsList)[] Events =
    [
        .. Single.Select(value => (Event.Parse($"{{\"A\":{value}}}"), value, false)), (Event.Parse("{\"B\":1}"), "absent", false),
        .. Several.Select(value => (Event.Parse($"{{\"A\":{value}}}"), value, true)),
    ];

    private static readonly string[] Words =
        ["a", "A", "ab", "Ab", "b", "5", "05", "5.0", "+", ".", "0", "7", "true", "TRUE", "", "k", "\u212A", "\u03C3", "\u03C2", "\u00DF", "\u1E9E", "\u00B5", "\uE000", "\uD83D\uDE00", "10.1.1.1", "10."];

    private static readonly string[] Others =
    [
        "A: 5", "A: 7", "A: 0", "A: -5", "A: 5.5", "A: [3389, 5]", "A: [5, 'a', true]", "A: true", "A: false", "A: null", "A|exists: true", "A|exists: false", "A: '*'", "A: '?'", "A: '??'", "A: '?*'", "A: 'a?'",
        "A: '*5*'", "A|re: '^0'", "A|re: '^.{4}$'", "A|re: '^.$'", "A|re: '^5$'", "A|re: '[a-z]'", "A|re: '(?i)^true$'", "A|re: '\\.'", "A|re: '^[^5]*$'", "A|cidr: 10.0.0.0/8", "A|cidr: 10.1.0.0/16", "A|cidr: '::ffff:0:0/96'",
        "A|cidr: '::ffff:10.0.0.0/104'", "A|cidr: '2001:db8::/32'", "A|cidr: '::/0'", "A|cidr: 0.0.0.0/0", "A|all: [a, b]", "A|contains|all: [a, b]", "A|all: [5, '05']", "A|hour: 5", "A|hour|gt: 6", "A|neq: 5", "A|neq: a",
    ];

    private static readonly Gen<string> Items = Gen.Frequency(
        (2, OneOf(Others)),
        (1, Gen.Select(OneOf("gt", "gte", "lt", "lte"), OneOf("0", "5", "5.5", "7", "1024"), (way, number) => $"A|{way}: {number}")),
        (2, Gen.Select(OneOf("", "|contains", "|startswith", "|endswith"), OneOf("", "", "|cased"), OneOf(Words), (way, cased, word) => $"A{way}{cased}: '{word}'")));

    private static readonly Gen<string> Maps = Gen.Select(Items, Items, Gen.Int[0, 2])
        .Select((one, two, more) => more > 0 || Key(one) == Key(two) ? $"{{{one}}}" : $"{{{one}, {two}}}");

    private static readonly Gen<string> Conditions = OneOf("s and t", "s and not t", "s or t", "s or not t", "not s and not t", "not s or not t");

    [Fact]
    public void No_value_refutes_a_claim_about_a_condition()
    {
        int claims = 0;
        Gen.Select(Maps, Maps, Conditions).Sample(
            (s, t, condition) =>
            {
                string rule = Rule(s, t, condition);
                RuleMatcher? whole = null, first = null, second = null;
                foreach (Finding finding in Found(rule, "condition_never", "condition_always", "filter_idle", "detection_covered", "range_never"))
                {
                    claims++;
                    whole ??= Evaluator.Create(rule);
                    first ??= Evaluator.Create(Rule(s, t, "s"));
                    second ??= Evaluator.Create(Rule(s, t, "t"));
                    Refute(finding, rule, e => finding.Info.Name switch
                    {
                        "condition_never" => whole.Matches(e),
                        "condition_always" => !whole.Matches(e),
                        "filter_idle" => first.Matches(e) && second.Matches(e),
                        "range_never" => (finding.Span.Position.Line == 4 ? first : second).Matches(e),
                        _ => finding.Diagnostic.Message.StartsWith("'s'", StringComparison.Ordinal) ? second.Matches(e) && !first.Matches(e) : first.Matches(e) && !second.Matches(e),
                    });
                }
            },
            iter: Iterations.Of(6000), threads: 1);
        claims.Should().BeGreaterThan(500);
    }

    [Fact]
    public void No_event_of_two_fields_refutes_a_claim_about_keywords()
    {
        string[] words = ["ab", "cd", "b*c", "d*a", "a", "?", "x5", "abcd", "true", "b?c"];
        (Event Event, string Text)[] events =
            [.. from a in (string[])["ab", "cd", "abcd", "cdab", "x5", "b", "true", "abxcd"] from b in (string[])["cd", "ab", "a", "q", "5", "dxa"] select (Event.Parse($"{{\"A\":\"{a}\",\"B\":\"{b}\"}}"), $"{a}, B = {b}")];
        Gen<string> detections = Gen.Select(OneOf(words), OneOf(words), Gen.Int[0, 3]).Select((one, two, way) => way switch
        {
            0 => $"['{one}', '{two}']",
            1 => $"{{'|all': ['{one}', '{two}']}}",
            2 => $"{{A: '{one}'}}",
            _ => $"['{one}']",
        });
        int claims = 0;
        Gen.Select(detections, detections, OneOf("s and not t", "s and t", "s or not t")).Sample(
            (s, t, condition) =>
            {
                string rule = Rule(s, t, condition);
                foreach (Finding finding in Found(rule, "condition_never", "condition_always"))
                {
                    claims++;
                    RuleMatcher whole = Evaluator.Create(rule);
                    events.Where(one => whole.Matches(one.Event) == (finding.Info.Name == "condition_never")).Select(one => $"A = {one.Text} of\n{rule}").Should().BeEmpty();
                }
            },
            iter: Iterations.Of(2000), threads: 1);
        claims.Should().BeGreaterThan(50);
    }

    [Fact]
    public void No_value_refutes_a_claim_about_two_values_of_a_list()
    {
        string[] networks = ["10.0.0.0/8", "10.1.0.0/16", "::ffff:0:0/96", "::ffff:10.0.0.0/104", "fe80::/10", "2001:db8::/32", "::/0", "0.0.0.0/0"];
        int claims = 0;
        Gen<(string, string, string)> lists = Gen.Frequency(
            (1, Gen.Select(Gen.Const("|cidr"), OneOf(networks), OneOf(networks))),
            (3, Gen.Select(OneOf("", "|contains", "|startswith", "|endswith", "|contains|cased", "|cased"), OneOf([.. Words, "*", "?", "a?", "*b"]), OneOf([.. Words, "*a*", "?*", "a*b"]))));
        lists.Sample(
            (way, one, two) =>
            {
                string rule = Rule($"{{A{way}: ['{one}', '{two}']}}", "{B: x}", "s");
                foreach (Finding finding in Found(rule, "value_covered"))
                {
                    claims++;
                    (string narrow, string wide) = finding.Span.Characters.Trim('\'').SequenceEqual(one) ? (one, two) : (two, one);
                    RuleMatcher covered = Evaluator.Create(Rule($"{{A{way}: '{narrow}'}}", "{B: x}", "s"));
                    RuleMatcher covering = Evaluator.Create(Rule($"{{A{way}: '{wide}'}}", "{B: x}", "s"));
                    Refute(finding, rule, e => covered.Matches(e) && !covering.Matches(e));
                }
            },
            iter: Iterations.Of(3000), threads: 1);
        claims.Should().BeGreaterThan(100);
    }

    [Fact]
    public void No_value_refutes_a_claim_about_two_rules()
    {
        int claims = 0;
        Gen.Select(Maps, Maps).Sample(
            (s, t) =>
            {
                var checker = new Checker(CheckSelection.Of(CheckCatalog.All, ["SIG1909", "SIG1910"], [], [], []), new CheckSettings());
                string[] texts = [Rule(s, "{B: x}", "s"), Rule(t, "{B: x}", "s")];
                foreach (Finding finding in checker.CheckAll([.. texts.SelectMany((text, i) => checker.Check(new SourceText($"{i}.yml", text)).Rules)]))
                {
                    claims++;
                    int at = finding.Span.Source.Path[0] - '0';
                    RuleMatcher one = Evaluator.Create(texts[at]), other = Evaluator.Create(texts[1 - at]);
                    Refute(finding, texts[at] + texts[1 - at], e => finding.Info.Name == "rule_equal" ? one.Matches(e) != other.Matches(e) : one.Matches(e) && !other.Matches(e));
                }
            },
            iter: Iterations.Of(6000), threads: 1);
        claims.Should().BeGreaterThan(300);
    }

    [Fact]
    public void Letters_are_the_same_where_the_comparison_of_texts_says_so()
    {
        IEnumerable<Rune> all = Enumerable.Range(0, 0x20000).Where(Rune.IsValid).Select(codePoint => new Rune(codePoint));
        string[] other = [.. all.Where(letter => LetterCase.Of(letter.Value).Any(same => !letter.ToString().Equals(new Rune(same).ToString(), StringComparison.OrdinalIgnoreCase))).Select(letter => $"U+{letter.Value:X4}")];
        other.Should().BeEmpty();

        // The comparer has one key for each letter, so letters that are the same are as many as the keys say.
        all.Select(letter => letter.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).Should().HaveCount(all.Select(letter => LetterCase.Folded(letter.Value)).Distinct().Count());
        all.Where(letter => letter.IsAscii).SelectMany(letter => LetterCase.Of(letter.Value)).Should().OnlyContain(letter => letter < 0x80);
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);

    private static void Refute(Finding finding, string rule, Predicate<Event> refutes)
    {
        bool hasCaveat = finding.Diagnostic.Hint?.Contains(Caveat, StringComparison.Ordinal) is true;
        foreach ((Event e, string text, bool isList) in Events)
        {
            if ((!isList || !hasCaveat) && refutes(e))
            {
                throw new InvalidOperationException($"A = {text} refutes '{finding.Diagnostic.Message}' ({finding.Info.Code}, {finding.Diagnostic.Hint}) of\n{rule}");
            }
        }
    }

    private static string Key(string item) => item[..item.IndexOf(": ", StringComparison.Ordinal)];

    private static string Rule(string s, string t, string condition) => $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {s}\n  t: {t}\n  condition: {condition}\n";

    private static IEnumerable<Finding> Found(string rule, params string[] names) =>
        new Checker(CheckSelection.Of(CheckCatalog.All, names, [], [], []), new CheckSettings()).Check(new SourceText("rule.yml", rule)).Findings.Where(finding => names.Contains(finding.Info.Name));
}
