using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>A rule and events around its values: some fit, some nearly.</summary>
internal sealed record FidelityCase(string Text, SigmaRule Rule, IReadOnlyList<IReadOnlyDictionary<string, string?>> Events);

/// <summary>
/// Random rules whose values are dense in the characters that languages read: the signs of quotes, escapes, wildcards,
/// brackets and operators, blanks at both ends, letters of several scripts, characters of two units.
/// </summary>
internal sealed class CaseGenerator(RuleParts parts)
{
    private const string Signs = "\\\\\\*?\"'$%^&|()[]{}<>/#;,:~+-=`!@._";
    private const string Letters = "aAbBxX1é漢Я  \u3000\u00a0";

    /// <summary>Sharp s, dotted and dotless i, Kelvin, long s, the sigmas, micro, Angstrom, a letter in title case.</summary>
    public const string Odd = "\u00df\u1e9e\u0130\u0131\u212a\u017f\u03c2\u03c3\u03a3\u00b5\u03bc\u212b\u00e5\u00c5kKsSiI";

    private static readonly string[] PlainNames = ["fA", "fB", "fC"];
    private static readonly string[] OddNames =
        ["odd name", "a-b", "a.b", "x(y)", "AND", "or", "Not", "IN", "search", "a:b", "it's", "h\"i", "a\\b", "a/b", "é", "[x]", "{x}", "a,b", "a=b", "+f", "$f", "#f", "~", "a&b", "TO"];

    // Without k and s: PCRE takes the Kelvin sign and the long s for them, also in a class.
    private static readonly string[] Expressions =
        ["a+b", "^[ab]+x?$", "(?:ab|b1)", "[b-h(]{1,2}1", "x\\\\", "\\.\\*", "a.*b", "\\$[a-h]", "a\"b", "[\\]\\[|]", "^A", "1$", "\\(.*\\)", "a|B", "/x", "'", "b{1,2}", "[ \\t]b", "\\d+", "x\\|y",
        "(?x)a #", "(?x) b 1 # c)", "(a|b)x?\\1", "(?<n>[ab])1?\\k<n>", "(?i)ab|1", "a(?i)b|X"];

    private static readonly string[] Networks =
        ["10.0.0.0/8", "192.168.4.0/22", "172.16.0.0/12", "1.2.3.4/32", "0.0.0.0/0", "fe80::/10", "fe80::/64", "2001:db8:a0::/44", "2001:db8::/36", "2001:db8::/120", "::1/128", "::/0", "fc00::/7"];

    // An IPv6 address in its canonical form and in the long one.
    private static readonly string[] Addresses =
    [
        "10.0.0.1", "11.0.0.1", "192.168.5.9", "192.168.8.1", "172.31.255.255", "172.32.0.1", "1.2.3.4", "1.2.3.5", "fe80::1", "fec0::1", "2001:db8:af::1", "2001:db8:b0::1",
        "fe80:0000:0000:0000:0000:0000:0000:0001", "fe80:0:0:1::1", "fe80:0000:0000:0001:0000:0000:0000:0001", "fe80::ffff:ffff:ffff:ffff", "::1", "0000:0000:0000:0000:0000:0000:0000:0001",
        "0:0:0:0:0:0:0:1", "::", "2001:db8::ff", "2001:db8::100", "2001:db8:fff:ffff:ffff:ffff:ffff:ffff", "2001:db8:1000::", "2001:0db8:0000:0000:0000:0000:0000:00ff", "fd00::1", "fe00::", "1:2:3:4:5:6:7:8",
    ];

    private static readonly JsonSerializerOptions Raw = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Gen<string> character = Characters(parts);

    /// <summary>A case with so many events.</summary>
    public Gen<FidelityCase> Case(int events) =>
        from text in Rule()
        let rule = Parse(text)
        from found in Event(rule).List[events]
        select new FidelityCase(text, rule, found);

    public static SigmaRule Parse(string text) =>
        RuleReader.Read(new SourceText("rule.yml", text)).Single() is { Document: SigmaRule rule }
            ? rule
            : throw new InvalidOperationException(text);

    private static Gen<string> Characters(RuleParts parts)
    {
        var sources = new List<(int, IGen<string>)> { (6, One(Signs)), (5, One(Letters)) };
        if (parts.HasFlag(RuleParts.OddLetters))
        {
            sources.Add((2, One(Odd)));
        }

        if (parts.HasFlag(RuleParts.Pairs))
        {
            sources.Add((1, Gen.OneOf("😀", "𝔘", "👩‍🚀")));
        }

        if (parts.HasFlag(RuleParts.Breaks))
        {
            sources.Add((1, Gen.OneOf("\n", "\t")));
        }

        return Gen.Frequency([.. sources]);

        static Gen<string> One(string characters) => Gen.OneOf([.. characters.Select(c => c.ToString())]);
    }

    private Gen<string> Text(int from, int to) => from == 0
        ? character.List[from, to].Select(string.Concat)
        : Gen.Frequency((40, character.List[from, to].Select(string.Concat)), (1, Gen.OneOf("10.0.0.0/8", "fe80::/10", "true", "null", "%x%", "1e1", "0x10", "007", "NOT", "AND", "OR", "TO", ">1", "<a", "a NOT b")));

    private Gen<string> Name() => parts.HasFlag(RuleParts.OddNames)
        ? Gen.Frequency((4, Gen.OneOf(PlainNames)), (1, Gen.OneOf(OddNames)))
        : Gen.OneOf(PlainNames);

    /// <summary>
    /// A text with a <c>?</c> under NOT, which a search that has no <c>?</c> must not widen there: what a <c>*</c> in its place
    /// would leave out besides is part of the answer. So the events have none, one and several characters there.
    /// </summary>
    public static Gen<FidelityCase> Denied { get; } =
        from modifier in Gen.OneOf("", "", "|contains", "|startswith", "|endswith")
        from before in Gen.OneOf("a", "x1", "ab", "b x")
        from behind in Gen.OneOf("b", "1x", "ba", "x a")
        from single in Gen.OneOf("?", "??", "?*", "*?")
        from condition in Gen.OneOf("s0 and not s1", "not s1", "s0 and not (s1 or s2)", "not (s0 and s1)", "s2 and not (not s0 or s1)", "s0 or not s1", "(s0 or s2) and not s1")
        let text = $"title: t\nlogsource: {{product: test}}\ndetection:\n  s0:\n    fA: one\n  s1:\n    {Quoted("fB" + modifier)}: {Quoted(before + single + behind)}\n"
            + $"  s2:\n    fC: two\n  condition: {condition}\n"
        select new FidelityCase(text, Parse(text),
        [
            .. from fill in new[] { "", "1", "1x", "xx1" }
               from other in new[] { "one", "x1" }
               from third in new[] { "two", "x2" }
               select new Dictionary<string, string?> { ["fA"] = other, ["fB"] = before + fill + behind, ["fC"] = third },
        ]);

    private Gen<string> Rule() =>
        from detections in Detection().List[1, 3]
        from condition in Condition(detections.Count, 3)
        select "title: t\nlogsource: {product: test}\ndetection:\n"
            + string.Concat(detections.Select((body, i) => $"  s{i}:\n{body}")) + $"  condition: {condition}\n";

    private Gen<string> Detection()
    {
        var map = Item().List[1, 3].Select(items => string.Concat(items.DistinctBy(item => item.Key).Select(item => $"    {item.Key}: {item.Value}\n")));
        var maps = Item().List[2, 2].Select(items => string.Concat(items.Select(item => $"    - {item.Key}: {item.Value}\n")));
        return parts.HasFlag(RuleParts.Keywords)
            ? Gen.Frequency((6, map), (1, maps), (1, Keyword().List[1, 3].Select(values => $"    [{string.Join(", ", values)}]\n")))
            : Gen.Frequency((6, map), (1, maps));
    }

    private Gen<string> Keyword() => Text(1, 5).Select(text => parts.HasFlag(RuleParts.WildcardKeywords) ? Quoted(text) : Quoted(text.Replace("*", "a").Replace("?", "b")));

    /// <summary>One line of a detection: the field with its modifiers, and the values.</summary>
    private Gen<(string Key, string Value)> Item()
    {
        var kinds = new List<(int, IGen<(string, string)>)> { (12, Strings()) };
        Add(RuleParts.Absence, 2, Name().SelectMany(name => Gen.OneOf(
            (Quoted(name), "null"), (Quoted(name + "|exists"), "true"), (Quoted(name + "|exists"), "false"), (Quoted(name), "''"))));
        Add(RuleParts.Numbers, 2, Gen.Select(Gen.OneOf("lt", "lte", "gt", "gte"), Gen.Int[-3, 15], (op, number) => ($"n|{op}", Number(number))));
        Add(RuleParts.Numbers, 1, Gen.Int[-3, 15].List[1, 3].Select(numbers => ("n", numbers.Count == 1 ? Number(numbers[0]) : $"[{string.Join(", ", numbers.Select(Number))}]")));
        Add(RuleParts.NumbersInTexts, 1, Gen.Select(Name(), Gen.Int[0, 12], (name, number) => (Quoted(name), Number(number))));
        Add(RuleParts.Networks, 1, Gen.OneOf(Networks).List[1, 2].Select(networks => ("ip|cidr", $"[{string.Join(", ", networks.Select(Quoted))}]")));
        Add(RuleParts.References, 2, Gen.Select(Name(), Gen.OneOf("", "|startswith", "|endswith"), Gen.OneOf(PlainNames), (name, how, other) => (Quoted($"{name}|fieldref{how}"), other)));
        Add(RuleParts.Expressions, 2, Gen.Select(Name(), Gen.OneOf("", "|i"), Gen.OneOf(Expressions), (name, flag, pattern) => (Quoted($"{name}|re{flag}"), Quoted(pattern))));
        return Gen.Frequency([.. kinds]);

        void Add(RuleParts part, int weight, Gen<(string, string)> kind)
        {
            if (parts.HasFlag(part))
            {
                kinds.Add((weight, kind));
            }
        }
    }

    private Gen<(string Key, string Value)> Strings() =>
        from name in Name()
        from modifier in Gen.OneOf("", "", "", "|contains", "|startswith", "|endswith", "|contains|all", "|contains|windash", "|base64offset|contains")
        from more in Gen.Frequency((8, ""), (2, "|cased"), (1, "|neq"))
        from texts in Text(1, 5).List[1, 3]
        let encoded = modifier.Contains("base64")
        let values = texts.Select(text => Quoted(encoded ? Encodable(text) : Worded(text, modifier + more))).ToList()
        let ending = encoded ? modifier : modifier + more
        select (Quoted(name + ending), values.Count == 1 && !modifier.EndsWith("all", StringComparison.Ordinal) ? values[0] : $"[{string.Join(", ", values)}]");

    /// <summary>A plain value gets a letter, for a view in which values are words.</summary>
    private string Worded(string text, string modifier) =>
        parts.HasFlag(RuleParts.Wordless) || modifier.Length > 0 || text.Any(char.IsAsciiLetterOrDigit) ? text : text + "a";

    /// <summary>Wildcards have no encoding, and little is left of a text of two characters.</summary>
    private static string Encodable(string text) => "abc" + text.Replace("*", "").Replace("?", "").Replace("\\", "");

    private static Gen<string> Condition(int count, int depth)
    {
        var name = Gen.Int[0, count - 1].Select(i => "s" + i);
        if (depth == 0)
        {
            return name;
        }

        var inner = Condition(count, depth - 1);
        return Gen.Frequency(
            (2, name),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} and {b})")),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} or {b})")),
            (2, inner.Select(a => $"not {a}")),
            (1, Gen.OneOf("1 of s*", "all of them")));
    }

    /// <summary>An event of the names that the rule asks for and the plain ones.</summary>
    private Gen<IReadOnlyDictionary<string, string?>> Event(SigmaRule rule)
    {
        SigmaString[] texts = [.. rule.Detections.SelectMany(d => Texts(d.Body)).DefaultIfEmpty(SigmaString.Empty)];
        string[] names = [.. rule.Detections.SelectMany(d => Fields(d.Body)).Concat(PlainNames).Where(name => name is not ("n" or "ip")).Distinct()];
        return
            from values in Value(texts).List[names.Length]
            from number in Gen.Frequency((4, Gen.Int[-3, 15].Select(Number)), (1, Gen.OneOf("2.5", "x")), (1, Gen.OneOf("")))
            from address in Gen.Frequency((4, Gen.OneOf(Addresses)), (1, Gen.OneOf("")))
            select (IReadOnlyDictionary<string, string?>)names.Zip(values, (name, value) => (name, value!)).Append(("n", number)).Append(("ip", address))
                .Where(field => field.Item1 is not ("n" or "ip") || (field.Item2.Length > 0 && (field.Item2 != "x" || parts.HasFlag(RuleParts.OddNumbers))))
                .ToDictionary(field => field.Item1, field => (string?)field.Item2);
    }

    private Gen<string?> Value(SigmaString[] texts)
    {
        var near =
            from text in Gen.OneOf(texts)
            from fills in Text(0, 2).List[8]
            from single in character.List[8]
            from change in Gen.Int[0, 8]
            from at in Gen.Int[0, 1000]
            from ending in Gen.Frequency((9, Gen.Const("")), (1, Gen.Const(parts.HasFlag(RuleParts.Breaks) ? "\n" : "")))
            select Changed(Filled(text, fills, single), change, at, single[0]) + ending;
        var absent = parts.HasFlag(RuleParts.Absence);
        return Gen.Frequency(
            (1, Gen.Const(absent ? null : "x")!),
            (1, Gen.Const(absent ? "" : "y")),
            (1, Gen.Int[0, 12].Select(Number)),
            (2, Text(1, 6)),
            (8, near.Select(text => text.Length == 0 && !absent ? "z" : text))).Select(text => (string?)text);
    }

    private static string Filled(SigmaString text, IReadOnlyList<string> fills, IReadOnlyList<string> single)
    {
        var value = new StringBuilder();
        for (var i = 0; i < text.Parts.Length; i++)
        {
            value.Append(text.Parts[i].Kind switch
            {
                PartKind.Many => fills[i % fills.Count],
                PartKind.One => single[i % single.Count],
                _ => text.Parts[i].Text,
            });
        }

        return value.ToString();
    }

    /// <summary>Often the text itself; else with a character more, less, or in the other case.</summary>
    private static string Changed(string text, int change, int at, string inserted)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        if (runes.Length == 0 || change > 3)
        {
            return text;
        }

        var i = at % runes.Length;
        var (before, after) = (string.Concat(runes[..i]), string.Concat(runes[(i + 1)..]));
        var one = runes[i].ToString();
        return change switch
        {
            0 => before + after,
            1 => before + inserted + one + after,
            2 => before + (one.ToUpperInvariant() == one ? one.ToLowerInvariant() : one.ToUpperInvariant()) + after,
            _ => text.ToUpperInvariant(),
        };
    }

    private static IEnumerable<SigmaString> Texts(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(Texts),
        AnyOfDetection any => any.Items.SelectMany(Texts),
        DetectionItem item => item.Values.SelectMany(value => value is ExpansionValue several ? several.Values : [value]).Select(value => value switch
        {
            StringValue text => text.Text,
            RegexValue regex => SigmaString.OfLiteral(regex.Pattern.Literal!.Replace("\\", "")),
            _ => null,
        }).OfType<SigmaString>(),
        _ => [],
    };

    private static IEnumerable<string> Fields(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(Fields),
        AnyOfDetection any => any.Items.SelectMany(Fields),
        DetectionItem { Field: { } field } => [field],
        _ => [],
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // JSON's quotes are YAML's too.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Raw);
}
