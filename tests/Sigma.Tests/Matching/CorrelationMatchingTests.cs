using System.Globalization;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>Correlations and older aggregations over event time (specification 2.1, "Correlation Rules").</summary>
public class CorrelationMatchingTests
{
    private const string Rules = """
        title: Failed
        name: failed
        logsource: {category: test}
        detection: {sel: {k: failed}, condition: sel}
        ---
        title: Worked
        name: worked
        logsource: {category: test}
        detection: {sel: {k: worked}, condition: sel}
        ---

        """;

    [Fact]
    public void Event_count_holds_once_while_the_window_moves()
    {
        const string Correlation = "type: event_count\n  rules: failed\n  group-by: user\n  timespan: 5m\n  condition: {gte: 3}";

        Run(Correlation, ("0:00", "failed", "a"), ("0:01", "failed", "a"), ("0:02", "failed", "b"), ("0:04", "failed", "a"), ("0:05", "failed", "a"))
            .Should().Equal("C 0:04 user=a value 3 events 3 from 0:00");
        Run(Correlation, ("0:00", "failed", "a"), ("0:03", "failed", "a"), ("0:06", "failed", "a")).Should().BeEmpty();
        Run(Correlation, ("0:00", "failed", "a"), ("0:03", "failed", "a"), ("0:05", "failed", "a")).Should().HaveCount(1);
        Run(Correlation, ("0:58", "failed", "a"), ("0:59", "failed", "a"), ("1:01", "failed", "a")).Should().HaveCount(1, "a window is no stretch of the clock");
        Run(Correlation, ("0:00", "failed", "a"), ("0:01", "failed", "a"), ("0:02", "failed", "a"), ("1:00", "failed", "a"), ("1:01", "failed", "a"), ("1:02", "failed", "a")).Should().HaveCount(2);
        Run(Correlation, ("0:00", "failed", null), ("0:01", "failed", null), ("0:02", "failed", null)).Should().BeEmpty("an event without the field is in no group");
    }

    [Fact]
    public void Events_in_any_order_count_alike()
    {
        const string Correlation = "type: event_count\n  rules: failed\n  group-by: user\n  timespan: 5m\n  condition: {gte: 3}";

        Run(Correlation, ("0:04", "failed", "a"), ("0:01", "failed", "a"), ("0:00", "failed", "a")).Should().HaveCount(1, "the newest first");
        Run(Correlation, ("0:00", "failed", "a"), ("0:08", "failed", "a"), ("0:04", "failed", "a")).Should().BeEmpty("no five minutes have all three");
        Run(Correlation, ("0:01", "failed", "a"), ("0:06", "failed", "a"), ("0:04", "failed", "a")).Should().HaveCount(1);
        Run(Correlation, ("", "failed", "a"), ("", "failed", "a"), ("", "failed", "a")).Should().HaveCount(1, "without times, all are at once");
    }

    [Theory]
    [InlineData("type: value_count\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, gte: 3}", "1 1 2 3", 1)]
    [InlineData("type: value_count\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, gte: 3}", "1 1 2 2", 0)]
    [InlineData("type: value_sum\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, gt: 10}", "5 5 0.5", 1)]
    [InlineData("type: value_sum\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, gt: 10}", "5 5 x", 0)]
    [InlineData("type: value_avg\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, gt: 4}", "1 9", 1)]
    [InlineData("type: value_median\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, eq: 3}", "1 5", 1)]
    [InlineData("type: value_percentile\n  rules: failed\n  group-by: user\n  timespan: 1h\n  condition: {field: v, percentile: 50, eq: 2}", "1 2 3", 1)]
    [InlineData("type: event_count\n  rules: failed\n  timespan: 1h\n  condition: {gte: 2, lt: 3}", "1 2 3", 1)]
    public void Values_are_counted(string correlation, string values, int times)
    {
        (string, string, string?, string)[] events = [.. values.Split(' ').Select((value, i) => ($"0:0{i}", "failed", (string?)"a", value))];
        Run(correlation, events).Should().HaveCount(times);
    }

    [Fact]
    public void Temporal_needs_all_rules_in_any_order()
    {
        const string Correlation = "type: temporal\n  rules: [failed, worked]\n  group-by: user\n  timespan: 5m";

        Run(Correlation, ("0:00", "worked", "a"), ("0:01", "failed", "a")).Should().Equal("C 0:01 user=a value 2 events 2 from 0:00");
        Run(Correlation, ("0:00", "worked", "a"), ("0:01", "failed", "b")).Should().BeEmpty();
        Run(Correlation, ("0:00", "worked", "a"), ("0:06", "failed", "a")).Should().BeEmpty();
        Run("type: temporal\n  rules: [failed, worked]\n  timespan: 5m\n  condition: failed and not worked", ("0:00", "failed", "a")).Should().HaveCount(1);
        Run("type: temporal\n  rules: [failed, worked]\n  timespan: 5m\n  condition: failed and not worked", ("0:00", "worked", "a"), ("0:01", "failed", "a")).Should().BeEmpty();
    }

    [Fact]
    public void Temporal_ordered_needs_them_one_after_another()
    {
        const string Correlation = "type: temporal_ordered\n  rules: [failed, worked]\n  group-by: user\n  timespan: 5m";

        Run(Correlation, ("0:00", "failed", "a"), ("0:01", "worked", "a")).Should().HaveCount(1);
        Run(Correlation, ("0:00", "worked", "a"), ("0:01", "failed", "a")).Should().BeEmpty();
    }

    [Fact]
    public void Aliases_name_fields_that_rules_call_differently()
    {
        const string Correlation = "type: temporal\n  rules: [failed, worked]\n  aliases: {who: {failed: user, worked: v}}\n  group-by: who\n  timespan: 5m";

        Run(Correlation, ("0:00", "failed", "a", "x"), ("0:01", "worked", "b", "a")).Should().Equal("C 0:01 who=a value 2 events 2 from 0:00");
        Run(Correlation, ("0:00", "failed", "a", "x"), ("0:01", "worked", "a", "x")).Should().BeEmpty();
    }

    [Fact]
    public void An_alias_that_says_nothing_of_a_rule_is_a_field_of_its_events()
    {
        const string Correlation = "type: temporal\n  rules: [failed, worked]\n  aliases: {user: {worked: v}}\n  group-by: user\n  timespan: 5m";

        Run(Correlation, ("0:00", "failed", "a", "x"), ("0:01", "worked", "b", "a")).Should().Equal("C 0:01 user=a value 2 events 2 from 0:00");
        Run(Correlation, ("0:00", "failed", "a", "x"), ("0:01", "worked", "a", "x")).Should().BeEmpty();
    }

    [Fact]
    public void Rules_that_are_counted_are_reported_only_where_the_correlation_says_so()
    {
        Run("type: event_count\n  rules: failed\n  timespan: 5m\n  condition: {gte: 1}\n  generate: true", ("0:00", "failed", "a"), ("0:01", "worked", "a"))
            .Should().Equal("Failed 0:00 k=failed", "C 0:00  value 1 events 1 from 0:00", "Worked 0:01 k=worked");
    }

    [Fact]
    public void A_correlation_of_a_correlation_counts_when_it_holds()
    {
        const string Text = Rules + """
            title: Burst
            name: burst
            correlation: {type: event_count, rules: failed, group-by: user, timespan: 1m, condition: {gte: 2}}
            ---
            title: C
            correlation: {type: temporal_ordered, rules: [burst, worked], group-by: user, timespan: 10m}
            """;

        RunRules(Text, ("0:00", "failed", "a", ""), ("0:01", "failed", "a", ""), ("0:05", "worked", "a", "")).Should().Equal("C 0:05 user=a value 2 events 2 from 0:01");
        RunRules(Text, ("0:00", "failed", "a", ""), ("0:05", "worked", "a", "")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("sel | count() by user > 2", "0:00 0:01 0:02", 1)]
    [InlineData("sel | count() by user > 2", "0:00 0:06 0:12", 0)]
    [InlineData("sel | count(v) by user >= 2", "0:00 0:01", 1)]
    [InlineData("sel | max(v) by user > 0", "0:00 0:01", 1)]
    [InlineData("sel | near other", "0:00 0:01", 0)]
    [InlineData("sel | near not other", "0:00 0:01", 1)]
    public void Older_aggregations_count_alike(string condition, string times, int matches)
    {
        string rule = $"title: C\nlogsource: {{category: test}}\ndetection:\n  sel: {{k: failed}}\n  other: {{k: worked}}\n  timeframe: 5m\n  condition: '{condition}'\n";
        RunRules(rule, [.. times.Split(' ').Select((time, i) => (time, "failed", (string?)"a", i.ToString()))]).Should().HaveCount(matches);
    }

    [Fact]
    public void Near_needs_both()
    {
        const string Rule = "title: C\nlogsource: {category: test}\ndetection:\n  sel: {k: failed}\n  other: {k: worked}\n  timeframe: 5m\n  condition: sel | near other\n";
        RunRules(Rule, ("0:00", "worked", "a", ""), ("0:01", "failed", "a", "")).Should().HaveCount(1);
    }

    [Fact]
    public void A_filter_applies_to_the_rules_that_are_counted()
    {
        const string Text = Rules + """
            title: Not b
            logsource: {category: test}
            filter: {rules: [failed], sel: {user: b}, condition: not sel}
            ---
            title: C
            correlation: {type: event_count, rules: failed, timespan: 5m, condition: {gte: 2}}
            """;
        RunRules(Text, ("0:00", "failed", "b", ""), ("0:01", "failed", "a", "")).Should().BeEmpty();
        RunRules(Text, ("0:00", "failed", "a", ""), ("0:01", "failed", "a", "")).Should().HaveCount(1);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Groups_that_are_over_are_forgotten()
    {
        var counter = new CorrelationCounter(
            ((SigmaCorrelation)RuleReader.Read(new SourceText("a", Rules + "title: C\ncorrelation: {type: event_count, rules: failed, group-by: user, timespan: 1m, condition: {gte: 9}}"))[2].Document!).Correlation,
            ["failed"], null, null);
        var state = new CorrelationState(counter);
        for (int i = 0; i < 100_000; i++)
        {
            state.Add(new Counted(counter, 0, [i.ToString(CultureInfo.InvariantCulture)], null), i * TimeSpan.TicksPerSecond, i);
        }

        state.Groups.Should().BeLessThan(10_000);
    }

    private const string Overlapping = """
        title: Any
        name: any
        logsource: {category: test}
        detection: {sel: {k|exists: true}, condition: sel}
        ---
        title: Failed
        name: failed
        logsource: {category: test}
        detection: {sel: {k: failed}, condition: sel}
        ---
        title: C
        correlation:

        """;

    [Theory]
    [InlineData("type: event_count\n  rules: [any, failed]\n  timespan: 5m\n  condition: {gte: 3}", "C 0:02  value 3 events 3 from 0:00")]
    [InlineData("type: event_count\n  rules: [any, failed]\n  timespan: 5m\n  condition: {gte: 4}")]
    [InlineData("type: value_sum\n  rules: [any, failed]\n  timespan: 5m\n  condition: {field: v, gte: 12}", "C 0:02  value 12 events 3 from 0:00")]
    [InlineData("type: value_sum\n  rules: [any, failed]\n  timespan: 5m\n  condition: {field: v, gt: 12}")]
    [InlineData("type: temporal\n  rules: [any, failed]\n  timespan: 5m", "C 0:00  value 2 events 1 from 0:00")]
    public void An_event_that_several_rules_match_counts_once(string correlation, params string[] found) =>
        RunRules(Overlapping + "  " + correlation + "\n", ("0:00", "failed", "a", "4"), ("0:01", "failed", "a", "4"), ("0:02", "failed", "a", "4")).Should().Equal(found);

    [Fact]
    public void An_event_counts_in_each_group_that_rules_put_it_in()
    {
        const string Who = "type: event_count\n  rules: [any, failed]\n  aliases: {who: {any: user, failed: v}}\n  group-by: who\n  timespan: 5m\n  condition: {gte: 2}";

        RunRules(Overlapping + "  " + Who + "\n", ("0:00", "failed", "a", "b"), ("0:01", "failed", "b", "c")).Should().Equal("C 0:01 who=b value 2 events 2 from 0:00");
        RunRules(Overlapping + "  " + Who + "\n", ("0:00", "failed", "a", "a")).Should().BeEmpty("it is one event of the group");
    }

    [Fact]
    public void Different_fields_of_an_event_that_have_one_alias_are_different_values() =>
        RunRules(
            Overlapping + "  type: value_sum\n  rules: [any, failed]\n  aliases: {size: {any: v, failed: user}}\n  timespan: 5m\n  condition: {field: size, gte: 7}\n",
            ("0:00", "failed", "3", "4")).Should().Equal("C 0:00  value 7 events 1 from 0:00");

    [Fact]
    public void An_order_holds_once_what_must_not_match_has_left_the_window() =>
        RunRules(
            Rules + "title: Other\nname: other\nlogsource: {category: test}\ndetection: {sel: {k: other}, condition: sel}\n---\n"
            + "title: C\ncorrelation:\n  type: temporal_ordered\n  timespan: 1h\n  condition: failed and worked and not other\n",
            ("0:00", "failed", null, ""), ("0:20", "failed", null, ""), ("0:50", "other", null, ""), ("0:59", "failed", null, ""), ("1:00", "worked", null, ""),
            ("1:40", "failed", null, ""), ("1:59", "failed", null, "")).Should().Equal("C 1:59  value 2 events 4 from 0:59");

    [Fact]
    public void A_rule_at_two_places_of_an_order_needs_two_events()
    {
        const string Twice = "type: temporal_ordered\n  timespan: 5m\n  condition: failed and failed";

        Run(Twice, ("0:00", "failed", "a")).Should().BeEmpty();
        Run(Twice, ("0:00", "failed", "a"), ("0:01", "failed", "a")).Should().HaveCount(1);
    }

    private static List<string> Run(string correlation, params (string Time, string Kind, string? User)[] events) =>
        Run(correlation, [.. events.Select(e => (e.Time, e.Kind, e.User, ""))]);

    private static List<string> Run(string correlation, params (string Time, string Kind, string? User, string Value)[] events) =>
        RunRules(Rules + "title: C\ncorrelation:\n  " + correlation + "\n", events);

    private static List<string> RunRules(string text, params (string Time, string Kind, string? User, string Value)[] events)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", text));
        Detector detector = Detector.Create(documents, RuleSet.Link(documents), new DetectorSettings(), (_, finding) => finding.Severity.Should().NotBe(Severity.Error, finding.Message));
        EventMatcher matcher = detector.NewMatcher();
        CorrelationRun run = detector.NewRun();
        var found = new List<string>();
        foreach ((string time, string kind, string? user, string value) in events)
        {
            Event e = Event.Of(("time", time.Length == 0 ? null : $"2026-01-01T0{time}:00Z"), ("k", kind), ("user", user), ("v", value));
            if (matcher.Match(e, 1) is { } matched)
            {
                found.AddRange(matched.Matches.Concat(run.Add(matched)).Select(Describe));
            }
        }

        return found;
    }

    private static string Describe(RuleMatch match)
    {
        string fields = string.Join(",", match.Fields.Select(field => $"{field.Name}={field.Value}"));
        string counted = match.Correlation is { } c ? $" value {c.Value.ToString(CultureInfo.InvariantCulture)} events {c.Events} from {Clock(c.From)}" : "";
        return $"{match.Rule.Metadata.Title} {Clock(match.Time)} {fields}{counted}";
    }

    private static string Clock(DateTimeOffset? time) => time is { } known ? $"{known.Hour}:{known.Minute:00}" : "";
}
