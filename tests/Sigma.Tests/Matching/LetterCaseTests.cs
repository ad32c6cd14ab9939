using System.Globalization;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>
/// Letters are compared by their simple upper case, those beyond U+FFFF too, wherever a text stands in a value, however many there are, and whether
/// the rule is found by the index or asked by itself.
/// </summary>
public class LetterCaseTests
{
    public static TheoryData<string, string, bool> Letters() => new()
    {
        // What the rule asks for, what the event has, and whether Unicode's simple upper case makes them equal (UnicodeData.txt, column 12).
        { "a", "A", true },
        { "ä", "Ä", true },
        { "я", "Я", true },
        { "\U00010428", "\U00010400", true },  // Deseret
        { "\U00010400", "\U00010428", true },
        { "\U0001E922", "\U0001E900", true },  // Adlam
        { "\U000118C0", "\U000118A0", true },  // Warang Citi
        { "\U00010428", "\U00010401", false },
        { "\U0001F600", "\U0001F601", false }, // two faces
        { "\u212A", "k", false },              // the Kelvin sign
        { "ß", "ss", false },
        { "ı", "i", false },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Letters))]
    public void A_letter_is_compared_in_the_same_way_wherever_it_stands(string wanted, string actual, bool equal)
    {
        foreach (int others in (int[])[0, 3, 4, 20])
        {
            foreach (string around in (string[])["", "x", "\U00010428y", "some longer text "])
            {
                string asked = around + wanted + around;
                string had = around + actual + around;
                Check($"f: {List(asked, others)}", had, equal, others);
                Check($"f|startswith: {List(asked, others)}", had + "z", equal, others);
                Check($"f|endswith: {List(asked, others)}", "z" + had, equal, others);
                Check($"f|contains: {List(asked, others)}", "z" + had + "z", equal, others);
                Check($"f: {List("b*" + asked + "?", others)}", "b" + had + "z", equal, others);
            }
        }
    }

    /// <summary>The values of a list are told apart by any part of them, and the letters that differ may be that part.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("|startswith")]
    [InlineData("|endswith")]
    [InlineData("|contains")]
    public void Values_that_differ_only_in_letters_beyond_the_basic_plane_are_compared_like_others(string modifier)
    {
        foreach (int length in (int[])[1, 4, 5, 6, 40])
        {
            string[] small = [.. Enumerable.Range(0, length).Select(i => $"{char.ConvertFromUtf32(0x10428 + i)}a")];
            var matcher = Evaluator.Matcher($"s:\n  f{modifier}: [{string.Join(", ", small.Select(text => $"'{text}'"))}]\ncondition: s");
            for (int i = 0; i < length; i++)
            {
                matcher.Matches(Event.Of(("f", $"{char.ConvertFromUtf32(0x10400 + i)}A"))).Should().BeTrue($"letter {i} of {length}");
            }

            matcher.Matches(Event.Of(("f", $"{char.ConvertFromUtf32(0x10450)}a"))).Should().BeFalse($"another letter than {length}");
        }
    }

    private static string List(string asked, int others) => $"['{asked}'{string.Concat(Enumerable.Range(1, others).Select(i => $", 'other{i}\u00e9'"))}]";

    private static void Check(string item, string value, bool equal, int others)
    {
        string rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n";
        string what = $"{item.EscapeForMessage()} on {value.EscapeForMessage()} with {others} others";
        var e = Event.Of(("f", value));
        Evaluator.Create(rule).Matches(e).Should().Be(equal, what);

        IReadOnlyList<ReadDocument> documents = [.. Enumerable.Range(0, 3).SelectMany(i => RuleReader.Read(new SourceText($"{i}.yml", i == 0 ? rule : $"title: {i}\nlogsource: {{category: test}}\ndetection:\n  s:\n    f: no{i}\n  condition: s\n")))];
        Detector detector = Detector.Create(documents, RuleSet.Empty, new DetectorSettings(), (_, _) => { });
        (detector.NewMatcher().Match(e, 1) is not null).Should().Be(equal, "by the index: " + what);
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public void A_letter_is_compared_in_the_same_way_in_keywords_and_other_fields(string wanted, string actual, bool equal)
    {
        foreach (int others in (int[])[0, 4])
        {
            string keywords = $"['{wanted}x'{string.Concat(Enumerable.Range(1, others).Select(i => $", 'other{i}'"))}]";
            Evaluator.Matcher($"s: {keywords}\ncondition: s").Matches(Event.Of(("f", "z" + actual + "xz"))).Should().Be(equal, $"keyword, {others} others");
        }

        foreach (int values in (int[])[1, 100])
        {
            IEnumerable<(string, string?)> other = Enumerable.Range(1, values - 1).Select(i => ("g", (string?)$"no{i}"));
            foreach ((string modifier, string value) in (IEnumerable<(string, string)>)[("", actual), ("|startswith", actual + "z"), ("|endswith", "z" + actual), ("|contains", "z" + actual + "z")])
            {
                Evaluator.Matcher($"s:\n  f|fieldref{modifier}: g\ncondition: s").Matches(Event.Of([("f", value), .. other, ("g", wanted)]))
                    .Should().Be(equal, $"fieldref{modifier}, {values} values");
            }
        }
    }
}

file static class Messages
{
    public static string EscapeForMessage(this string text) =>
        string.Concat(text.Select(c => c < 128 ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)));
}
