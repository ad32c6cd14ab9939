using Sigma.Events.Samples;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Samples;

/// <summary>Series of events for what is counted. The numbers follow from the conditions of the correlations.</summary>
public sealed class SeriesSamplerTests
{
    private const string Rules = """
        title: A
        name: a
        logsource: {product: windows, service: security}
        detection:
            s: {EventID: 4625}
            condition: s
        ---
        title: B
        name: b
        logsource: {product: windows, service: security}
        detection:
            s: {EventID: 4624, LogonType: 10}
            condition: s
        ---

        """;

    [Fact]
    public void An_event_count_has_as_many_events_as_it_needs_and_near_misses_of_each_kind()
    {
        RuleSamples samples = Correlation("type: event_count, rules: [a], group-by: [TargetUserName], timespan: 10m, condition: {gte: 5}");
        Match(samples).Events.Should().HaveCount(5);
        Match(samples).Events.Select(e => Value(e, "TargetUserName")).Distinct().Should().ContainSingle();
        Length(Match(samples)).Should().BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
        Kind(samples, SampleKind.Count).Events.Should().HaveCount(4);
        Kind(samples, SampleKind.Group).Events.Select(e => Value(e, "TargetUserName")).Distinct().Should().HaveCount(2);
        Length(Kind(samples, SampleKind.Time)).Should().BeGreaterThan(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Rules_that_match_the_same_events_count_them_once()
    {
        const string Admin = "title: Admin\nname: admin\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4625, TargetUserName: admin}, condition: s}\n---\n";
        RuleSamples samples = Make(
            Rules + Admin + "title: C\ncorrelation: {type: event_count, rules: [a, admin], group-by: [IpAddress], timespan: 10m, condition: {eq: 10}}\n", 3);
        Match(samples).Events.Should().HaveCount(10);
        Kind(samples, SampleKind.Count).Events.Should().HaveCount(9);
    }

    [Fact]
    public void A_value_count_has_as_many_different_values()
    {
        RuleSamples samples = Correlation("type: value_count, rules: [a], group-by: [IpAddress], timespan: 1h, condition: {field: TargetUserName, gt: 3}");
        Match(samples).Events.Select(e => Value(e, "TargetUserName")).Distinct().Should().HaveCount(4);
        Kind(samples, SampleKind.Count).Events.Select(e => Value(e, "TargetUserName")).Distinct().Should().HaveCount(3);
        Kind(samples, SampleKind.Count).Events.Should().HaveCount(4);
    }

    [Fact]
    public void A_temporal_order_has_an_event_of_each_rule_in_order()
    {
        RuleSamples samples = Correlation("type: temporal_ordered, rules: [a, b], group-by: [IpAddress], timespan: 5m");
        Match(samples).Events.Select(e => Value(e, "EventID")).Should().Equal("4625", "4624");
        Kind(samples, SampleKind.Order).Events.Select(e => Value(e, "EventID")).Should().Equal("4624", "4625");
        samples.Samples.Where(sample => sample.Kind is SampleKind.Count).Should().HaveCount(2).And.AllSatisfy(sample => sample.Events.Should().HaveCount(1));
    }

    [Fact]
    public void Fields_that_an_alias_joins_have_the_same_value()
    {
        RuleSamples samples = Correlation(
            "type: temporal, rules: [a, b], group-by: [who], timespan: 5m, aliases: {who: {a: TargetUserName, b: SubjectUserName}}");
        Value(Match(samples).Events[0], "TargetUserName").Should().NotBeNull().And.Be(Value(Match(samples).Events[1], "SubjectUserName"));
    }

    [Fact]
    public void A_sum_is_just_past_its_bound()
    {
        RuleSamples samples = Correlation("type: value_sum, rules: [b], group-by: [IpAddress], timespan: 5m, condition: {field: Bytes, gt: 1000}");
        Match(samples).Events.Sum(e => decimal.Parse(Value(e, "Bytes")!)).Should().Be(1001);
        Kind(samples, SampleKind.Count).Events.Sum(e => decimal.Parse(Value(e, "Bytes")!)).Should().Be(1000);
    }

    [Fact]
    public void A_rule_that_counts_by_itself_has_a_series_too()
    {
        const string Counting = "title: T\nlogsource: {product: linux, service: sshd}\ndetection:\n  s: {message|contains: failed}\n"
            + "  timeframe: 1m\n  condition: s | count() by host > 2\n";
        RuleSamples samples = Make(Counting, 0);
        Match(samples).Events.Should().HaveCount(3);
        Kind(samples, SampleKind.Count).Events.Should().HaveCount(2);
    }

    [Fact]
    public void The_searches_of_near_are_called_by_their_texts_and_what_it_excludes_does_not_happen()
    {
        const string Near = "title: T\nlogsource: {product: windows, category: process_creation}\ndetection:\n  a: {Image: a.exe}\n  b: {Image: b.exe}\n  c: {Image: c.exe}\n"
            + "  timeframe: 1m\n  condition: a | near b and not c\n";
        RuleSamples samples = Make(Near, 0, SharedPipelines.Read("sysmon"));
        Match(samples).Reason.Should().Be("a, then b within 1m");
        Match(samples).Events.Select(e => Value(e, "Image")).Should().Equal("a.exe", "b.exe");
    }

    [Fact]
    public void What_is_never_to_happen_needs_no_sample()
    {
        const string Near = "title: T\nlogsource: {product: linux}\ndetection:\n  a: {x: a}\n  b: {x: b}\n  c: {y: c, y|startswith: d}\n"
            + "  timeframe: 1m\n  condition: a | near b and not c\n";
        Match(Make(Near, 0)).Events.Should().HaveCount(2);
    }

    [Fact]
    public void Counted_fields_have_the_names_of_the_variant_that_the_events_are_of()
    {
        const string Registry = """
            title: R
            name: r
            logsource: {product: windows, category: registry_set}
            detection:
                s: {TargetObject|endswith: Run}
                condition: s
            ---
            title: C
            correlation: {type: event_count, rules: [r], group-by: [Image], timespan: 5m, condition: {gte: 2}}

            """;
        RuleSamples samples = Make(Registry, 1);
        Match(samples).Events.Should().AllSatisfy(e => Value(e, "NewProcessName").Should().BeNull());
        Kind(samples, SampleKind.Group).Events.Select(e => Value(e, "Image")).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void A_counted_field_that_a_pipeline_maps_to_several_has_the_first_name()
    {
        var pipeline = PipelineReader.Read(new SourceText("p.yml", "name: p\npriority: 1\ntransformations:\n- {type: field_name_mapping, mapping: {host: [first, second]}}\n"), "p", []);
        const string Counting = "title: T\nlogsource: {product: linux, service: sshd}\ndetection:\n  s: {message|contains: failed}\n"
            + "  timeframe: 1m\n  condition: s | count() by host > 2\n";
        Match(Make(Counting, 0, pipeline!)).Events.Should().AllSatisfy(e =>
        {
            Value(e, "first").Should().NotBeNull();
            Value(e, "second").Should().BeNull();
        });
    }

    [Fact]
    public void A_count_that_is_too_high_for_a_series_is_said() =>
        Correlation("type: event_count, rules: [a], group-by: [IpAddress], timespan: 1d, condition: {gte: 100000}").Diagnostics
            .Select(d => d.Code.Id).Should().Contain("SIG0802");

    private static RuleSamples Correlation(string correlation) => Make($"{Rules}title: C\ncorrelation: {{{correlation}}}\n", 2);

    private static RuleSamples Make(string text, int index, params IReadOnlyList<Pipeline> pipelines)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", text));
        documents[index].Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        return new RuleSampler(new SampleSettings(), pipelines).Make(documents[index], RuleSet.Link(documents));
    }

    private static Sample Match(RuleSamples samples) => samples.Samples.Should().Contain(sample => sample.Matches).Subject;

    private static Sample Kind(RuleSamples samples, SampleKind kind) => samples.Samples.Should().Contain(sample => sample.Kind == kind).Subject;

    private static TimeSpan Length(Sample sample) => sample.Events[^1].Time - sample.Events[0].Time;

    private static string? Value(SampleEvent e, string field) => e.Fields.Where(f => f.Key == field).Select(f => f.Value).SingleOrDefault();
}
