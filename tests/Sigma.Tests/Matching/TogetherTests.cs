using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>Two items side by side select what they select one by one, however alike they are.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class TogetherTests
{
    /// <summary>What is alike stands close together in the list below.</summary>
    private const int Near = 16;

    /// <summary>Items of every kind of value, each with others that differ from it in one word.</summary>
    private static readonly string[] Items =
    [
        "f: x", "f: X", "g: x", "f|cased: x", "f|cased: X", "f|neq: x", "f|contains: x", "f|startswith: x", "f|endswith: x", "f|contains|cased: x", "f: 'x?'", "f|cased: 'x?'", "f: 'x*y'", "f|cased: 'x*y'",
        "f|re: x", "f|re|i: x", "f|re: '^x.y$'", "f|re|i: '^x.y$'", "f|re|s: '^x.y$'", "f|re|m: '^x.y$'", "f|re|i|s: '^x.y$'", "f|re|m|s: '^x.y$'", "f|re|m: '^y'", "f|re: '^y'", "g|re: x",
        "f: 1", "f: '1'", "f: '1.0'", "f|cased: '1'", "f: true", "f: 'true'", "f|cased: 'true'", "f: null", "g: null", "f: ''", "f|exists: true", "f|exists: false", "g|exists: true",
        "f|lt: 1", "f|lte: 1", "f|gt: 1", "f|gte: 1", "f|gte: 2", "f|cidr: 10.0.0.0/8", "f|cidr: 10.0.0.0/16", "f|cidr: 11.0.0.0/8", "f|cidr: 'fe80::/10'",
        "f|fieldref: g", "f|fieldref: h", "f|fieldref|startswith: g", "f|fieldref|endswith: g", "f|fieldref|contains: g", "f|hour: 9", "f|minute: 9", "f|hour|gte: 9", "f|hour|lt: 9", "f|day: 9", "f|month: 9",
    ];

    private static readonly Event[] Happenings =
    [
        .. new[] { "x", "X", "xy", "XY", "x\ny", "X\nY", "y\nx", "xzy", "XZY", "axb", "1", "1.0", "01", "2", "0", "true", "True", "", "10.0.0.1", "10.1.0.1", "11.0.0.1", "fe80::1",
            "2026-01-09T09:10:00Z", "2026-09-01T08:09:00Z", "2026-09-01T10:09:00Z" }
            .SelectMany(text => new[] { Event.Of(("f", text)), Event.Of(("g", text)), Event.Of(("f", text), ("g", "x")), Event.Of(("f", text), ("g", "x"), ("h", text)) }),
        Event.Of(("f", null)), Event.Of(("h", "x")), Event.Of(("f", "x"), ("f", "Y")),
    ];

    [Fact]
    public void Two_items_select_what_each_of_them_does()
    {
        bool[][] alone = [.. Items.Select(item => Verdicts($"a:\n  {item}\ncondition: a"))];
        alone.Select(verdicts => string.Concat(verdicts.Select(verdict => verdict ? '1' : '0'))).Should().AllSatisfy(verdicts => verdicts.Should().Contain("1").And.Contain("0"));
        (string Condition, Func<bool, bool, bool> Meaning)[] conditions =
        [
            ("a and b", (x, y) => x && y), ("c", (x, y) => x || y),
        ];
        var faults = new List<string>();
        for (int a = 0; a < Items.Length; a++)
        {
            for (int b = a + 1; b < Math.Min(a + Near, Items.Length); b++)
            {
                string detections = $"a:\n  {Items[a]}\nb:\n  {Items[b]}\nc:\n  - {Items[a]}\n  - {Items[b]}\n";
                foreach ((string condition, Func<bool, bool, bool> meaning) in conditions)
                {
                    if (!Verdicts($"{detections}condition: {condition}").SequenceEqual(alone[a].Zip(alone[b], meaning)))
                    {
                        faults.Add($"{Items[a]} / {Items[b]} in {condition}");
                    }
                }
            }
        }

        faults.Should().BeEmpty();
    }

    private static bool[] Verdicts(string detection)
    {
        RuleMatcher matcher = Evaluator.Matcher(detection, "product: test");
        return [.. Happenings.Select(matcher.Matches)];
    }
}
