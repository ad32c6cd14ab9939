using System.Text;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>The time of an event grows with its keys and values, that of a correlation with its events.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class EventScalingTests
{
    [Theory]
    [InlineData("keys", 20_000)]
    [InlineData("keys with one end", 20_000)]
    [InlineData("a map in each", 20_000)]
    [InlineData("maps within maps", 20_000)]
    [InlineData("a list of maps", 20_000)]
    [InlineData("a key of many dots", 20_000)]
    [InlineData("ever new keys in event after event", 20_000)]
    [InlineData("many values that match", 20_000)]
    public void Time_grows_with_the_keys(string shape, int count)
    {
        // New names each time, since names are remembered.
        RuleMatcher matcher = Evaluator.Matcher("one:\n  a: x\n  b|contains: y\ntwo:\n  - x\ncondition: one or two");
        Scaling.ShouldBeLinear(count, size => Measure(matcher, shape, size));
    }

    [Theory]
    [InlineData("fieldref", 20_000)]
    [InlineData("fieldref|contains", 20_000)]
    [InlineData("fieldref|startswith", 40_000)]
    [InlineData("fieldref|endswith", 40_000)]
    public void Long_lists_are_compared_in_time_that_grows_with_them(string modifiers, int count)
    {
        RuleMatcher matcher = Evaluator.Matcher($"sel:\n  A|{modifiers}: B\ncondition: sel");
        Scaling.ShouldBeLinear(count, size =>
        {
            var e = Event.Parse($"{{\"A\":[{List(size, i => $"pre{i}mid{i}post")}],\"B\":[{List(size, i => $"Mid{i}x")}]}}");
            return ThreadTime.Of(() => matcher.Matches(e).Should().BeFalse());
        });
    }

    [Theory]
    [InlineData("type: event_count\n  rules: [one, two]\n  condition: {gte: 1000000}")]
    [InlineData("type: value_count\n  rules: [one, two]\n  condition: {gte: 1000000, field: v}")]
    [InlineData("type: value_sum\n  rules: [one, two]\n  condition: {gte: 1e300, field: v}")]
    [InlineData("type: value_percentile\n  rules: [one, two]\n  condition: {gte: 1e300, field: v, percentile: 90}")]
    [InlineData("type: temporal\n  rules: [one, two, three]")]
    [InlineData("type: temporal_ordered\n  rules: [one, two, three]")]
    [InlineData("type: temporal_ordered\n  rules: [one, two, three]\n  condition: (one or two) and two and three")]
    public void A_large_window_costs_each_match_the_same(string correlation)
    {
        string rules = string.Concat(new[] { "one", "two", "three" }.Select(name => $"title: T\nname: {name}\nlogsource: {{category: test}}\ndetection: {{s: {{k: {name}}}, condition: s}}\n---\n"));
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", $"{rules}title: C\ncorrelation:\n  {correlation}\n  timespan: 30d\n"));
        var detector = Detector.Create(documents, RuleSet.Link(documents), new DetectorSettings(), (_, finding) => finding.Severity.Should().NotBe(Severity.Error, finding.Message));
        Scaling.ShouldBeLinear(10_000, size =>
        {
            EventMatcher matcher = detector.NewMatcher();
            CorrelationRun run = detector.NewRun();
            MatchedEvent[] matched = [.. Enumerable.Range(0, size).Select(i =>
                matcher.Match(Event.Of(("time", DateTime.UnixEpoch.AddSeconds(i).ToString("o")), ("k", i % 3 == 0 ? "two" : "one"), ("v", $"{i * 7919L % 100_003}")), i + 1)!)];
            return ThreadTime.Of(() =>
            {
                foreach (MatchedEvent one in matched)
                {
                    run.Add(one).Should().BeEmpty();
                }
            });
        });
    }

    private static double Measure(RuleMatcher matcher, string shape, int count)
    {
        byte[][] events = [.. EventsOf(shape, count, Guid.NewGuid().ToString("N")[..8]).Select(Encoding.UTF8.GetBytes)];
        return ThreadTime.Of(() =>
        {
            foreach (byte[] json in events)
            {
                Event e = Event.Parse(json, out string? error)!;
                if (error is not null)
                {
                    error.Should().BeNull();
                }

                matcher.Matches(e);
                if (shape == "many values that match")
                {
                    matcher.Explain(e).Passed.Should().BeTrue();
                }
            }
        });
    }

    private static IEnumerable<string> EventsOf(string shape, int count, string tag)
    {
        IEnumerable<int> numbers = Enumerable.Range(0, count);
        string end = new('z', 40);
        return shape switch
        {
            "keys" => [Object(numbers.Select(i => $"\"{tag}{i}\":1"))],
            "keys with one end" => [Object(numbers.Select(i => $"\"{tag}{i}{end}\":1"))],
            "a map in each" => [Object(numbers.Select(i => $"\"{tag}{i}\":{{\"n{i}\":{{\"a\":1}}}}"))],
            "maps within maps" => [Object(Enumerable.Range(0, count / 100).Select(i => $"\"{tag}{i}\":{Nested(i, 100)}"))],
            "a list of maps" => ["{\"l\":[" + string.Join(',', numbers.Select(i => Object([$"\"{tag}{i}\":1", "\"a\":\"x\""]))) + "]}"],
            "a key of many dots" => [Object([$"\"{tag}{string.Concat(Enumerable.Repeat(".a", count))}\":1"])],
            "ever new keys in event after event" => numbers.Select(i => $"{{\"{tag}{i}\":\"v\"}}"),
            _ => ["{\"a\":[" + string.Join(',', numbers.Select(_ => "\"x\"")) + "],\"b\":\"y\"}"],
        };
    }

    private static string Nested(int number, int depth) =>
        string.Concat(Enumerable.Range(0, depth).Select(i => $"{{\"k{number}_{i}\":")) + "1" + new string('}', depth);

    private static string List(int count, Func<int, string> each) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{each(i)}\""));

    private static string Object(IEnumerable<string> members) => "{" + string.Join(',', members) + "}";
}
