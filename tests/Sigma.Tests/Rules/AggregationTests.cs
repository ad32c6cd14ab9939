using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>The aggregations of the older form (docs/compatibility.md, "Conditions": older counts), as they stand in the public repository's unsupported rules.</summary>
public sealed class AggregationTests
{
    [Theory]
    [InlineData("count() > 10", CorrelationType.EventCount, null, "", Comparison.Greater, "10")]
    [InlineData("count(User) by Host >= 5", CorrelationType.ValueCount, "User", "Host", Comparison.GreaterOrEqual, "5")]
    [InlineData("COUNT() BY Host < 5", CorrelationType.EventCount, null, "Host", Comparison.Less, "5")]
    [InlineData("sum(Bytes) by Src,Dst <= 1000", CorrelationType.ValueSum, "Bytes", "Src,Dst", Comparison.LessOrEqual, "1000")]
    [InlineData("avg(Bytes) == 1.50", CorrelationType.ValueAverage, "Bytes", "", Comparison.Equal, "1.5")]
    [InlineData("min(Bytes) = 5", CorrelationType.ValueMinimum, "Bytes", "", Comparison.Equal, "5")]
    [InlineData("max(Bytes)>5", CorrelationType.ValueMaximum, "Bytes", "", Comparison.Greater, "5")]
    [InlineData("count(a.b-c) by x.y-z > 1", CorrelationType.ValueCount, "a.b-c", "x.y-z", Comparison.Greater, "1")]
    public void An_aggregation_counts_groups_and_compares(
        string text, CorrelationType type, string? field, string groups, Comparison comparison, string number)
    {
        Correlation correlation = Aggregation("sel | " + text);
        (correlation.Type, correlation.Field, string.Join(',', correlation.GroupBy)).Should().Be((type, field, groups));
        Threshold threshold = correlation.Thresholds.Should().ContainSingle().Subject;
        (threshold.Comparison, threshold.Number).Should().Be((comparison, number));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    [InlineData("1w", 604_800)]
    [InlineData("1M", 2_629_746)]
    [InlineData("1y", 31_556_952)]
    public void The_timeframe_of_the_rule_is_that_of_the_aggregation(string timeframe, long seconds) =>
        Aggregation("sel | count() > 1", timeframe).Timespan!.Seconds.Should().Be(seconds);

    /// <summary>docs/compatibility.md, difference 17: a length of time is a whole number above zero and a unit, and nothing else.</summary>
    [Theory]
    [InlineData("15")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("'5 m'")]
    [InlineData("1.5h")]
    [InlineData("5x")]
    [InlineData("m")]
    [InlineData("[5m]")]
    [InlineData("null")]
    [InlineData("99999999999999999999m")]
    public void Decision_0_1_17_other_timeframes_are_refused(string timeframe) =>
        Given.Detection($"sel: {{a: 1}}\ntimeframe: {timeframe}\ncondition: sel | count() > 1\n").Diagnostics
            .Should().ContainSingle().Which.Code.Id.Should().Be("SIG0224");

    [Fact]
    public void Near_names_the_searches_that_must_match_as_well()
    {
        Correlation correlation = Aggregation("sel | near sel and not sel");
        correlation.Type.Should().Be(CorrelationType.Temporal);
        Condition condition = Given.Rule("sel: {a: 1}\ntimeframe: 1h\ncondition: sel | near sel and not sel\n").Conditions[0];
        condition.Near.Select(near => (near.Name, near.IsNegated)).Should().Equal(("near_1", false), ("near_2", true));
        condition.Near.Should().OnlyContain(near => near.Search is IdentifierCondition);
    }

    [Fact]
    public void A_near_of_too_many_searches_is_refused()
    {
        // Each search is a level of the expression that later passes walk.
        string Near(int searches) => "sel | near " + string.Join(" and ", Enumerable.Repeat("sel", searches));
        Given.Detection($"sel: {{a: 1}}\ntimeframe: 1h\ncondition: {Near(1_000)}\n").Diagnostics.Should().BeEmpty();
        Given.Detection($"sel: {{a: 1}}\ntimeframe: 1h\ncondition: {Near(1_001)}\n").Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0307");
    }

    [Theory]
    [InlineData("sel | near nothere", "SIG0304")]
    [InlineData("sel | near", "SIG0301")]
    [InlineData("sel | near sel or sel", "SIG0302")]
    public void A_broken_near_is_reported(string condition, string code) =>
        Given.Condition(condition, "sel").Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be(code);

    private static Correlation Aggregation(string condition, string timeframe = "5m") =>
        Given.Rule($"sel: {{a: 1}}\ntimeframe: {timeframe}\ncondition: {condition}\n").Conditions.Single().Aggregation!;
}
