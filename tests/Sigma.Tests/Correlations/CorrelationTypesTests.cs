using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>
/// What each type counts, and what it needs, in the language that has them all. The expected searches are written from the
/// specification and from Splunk's pages on bin, stats, eventstats, multisearch and union.
/// </summary>
public class CorrelationTypesTests
{
    [Fact]
    public void Event_count_counts_the_events() =>
        Query("splunk", """
            type: event_count
            rules: rule_a
            group-by: User
            timespan: 5m
            condition: {gte: 10}
            """).Should().Be("""Kind="a" | bin _time span=5m | stats count as event_count by _time, User | where event_count >= 10""");

    [Fact]
    public void Event_count_of_several_rules_counts_the_events_of_any() =>
        Query("splunk", """
            type: event_count
            rules: [rule_a, rule_b]
            timespan: 5m
            condition: {gt: 3}
            """).Should().Be("""(Kind="a" OR Kind="b") | bin _time span=5m | stats count as event_count by _time | where event_count > 3""");

    [Fact]
    public void Value_count_counts_the_distinct_values_of_a_field() =>
        Query("splunk", """
            type: value_count
            rules: rule_a
            group-by: [Host, User]
            timespan: 1h
            condition: {field: Target, gt: 20}
            """).Should().Be("""Kind="a" | bin _time span=1h | stats dc(Target) as value_count by _time, Host, User | where value_count > 20""");

    [Fact]
    public void Value_count_of_several_fields_counts_their_combinations() =>
        Query("splunk", """
            type: value_count
            rules: rule_a
            group-by: Host
            timespan: 1h
            condition: {field: [Target, Port], gt: 20}
            """).Should().Be(
            """Kind="a" | bin _time span=1h | stats count by _time, Host, Target, Port | stats count as value_count by _time, Host | where value_count > 20""");

    [Theory]
    [InlineData("value_sum", "sum(Bytes)")]
    [InlineData("value_avg", "avg(Bytes)")]
    [InlineData("value_median", "median(Bytes)")]
    public void Value_types_aggregate_the_numbers_of_a_field(string type, string function) =>
        Query("splunk", $$"""
            type: {{type}}
            rules: rule_a
            group-by: Host
            timespan: 1d
            condition: {field: Bytes, gt: 1000}
            """).Should().Be($"""Kind="a" | bin _time span=1d | stats {function} as {type} by _time, Host | where {type} > 1000""");

    [Theory]
    [InlineData("95", "exactperc95(Bytes)")]
    [InlineData("99.9", "perc99.9(Bytes)")]
    [InlineData("0", "min(eval(tonumber('Bytes')))")]
    [InlineData("100", "max(eval(tonumber('Bytes')))")]
    public void Value_percentile_compares_a_percentile(string percentile, string function) =>
        Query("splunk", $$"""
            type: value_percentile
            rules: rule_a
            timespan: 1d
            condition: {field: Bytes, percentile: {{percentile}}, gte: 2.5}
            """).Should().Be($"""Kind="a" | bin _time span=1d | stats {function} as value_percentile by _time | where value_percentile >= 2.5""");

    [Fact]
    public void Temporal_needs_all_rules_unless_told_otherwise() =>
        Query("splunk", """
            type: temporal
            rules: [rule_a, rule_b, rule_c]
            group-by: Host
            timespan: 10m
            """).Should().Be(
            """| multisearch [search Kind="a" | eval sigma_rule="rule_a"] [search Kind="b" | eval sigma_rule="rule_b"] [search Kind="c" | eval sigma_rule="rule_c"]"""
            + " | bin _time span=10m | stats dc(sigma_rule) as rule_count by _time, Host | where rule_count >= 3");

    [Fact]
    public void Temporal_takes_bounds_on_the_number_of_rules() =>
        Query("splunk", """
            type: temporal
            rules: [rule_a, rule_b]
            timespan: 10m
            condition: {gte: 1, neq: 2}
            """).Should().EndWith("| stats dc(sigma_rule) as rule_count by _time | where rule_count >= 1 AND rule_count != 2");

    [Fact]
    public void Temporal_of_one_rule_needs_no_multisearch() =>
        Query("splunk", """
            type: temporal
            rules: rule_a
            timespan: 10m
            """).Should().Be(
            """Kind="a" | eval sigma_rule="rule_a" | bin _time span=10m | stats dc(sigma_rule) as rule_count by _time | where rule_count >= 1""");

    [Fact]
    public void Temporal_ordered_goes_from_rule_to_rule_in_listed_order() =>
        Query("splunk", """
            type: temporal_ordered
            rules: [rule_b, rule_a]
            group-by: Host
            timespan: 10m
            """).Should().Be(
            """| multisearch [search Kind="b" | eval sigma_rule="rule_b"] [search Kind="a" | eval sigma_rule="rule_a"]"""
            + " | bin span=10m _time as sigma_window"
            + """ | eval sigma_step=if(sigma_rule="rule_b",_time,null()) | eventstats min(sigma_step) as sigma_step by sigma_window, Host"""
            + """ | eval sigma_step=if(sigma_rule="rule_a" AND _time>=sigma_step,_time,null())"""
            + " | stats values(sigma_rule) as sigma_rule, min(sigma_step) as sigma_step by sigma_window, Host"
            + " | where isnotnull(sigma_step) | rename sigma_window as _time");

    [Fact]
    public void Temporal_extended_combines_rules_with_and_or_not() =>
        Query("splunk", """
            type: temporal
            timespan: 10m
            group-by: Host
            condition: rule_a and not (rule_b or rule_c)
            """).Should().EndWith(
            """ | stats values(sigma_rule) as sigma_rule by _time, Host | search (sigma_rule="rule_a" NOT ((sigma_rule="rule_b" OR sigma_rule="rule_c")))""");

    [Fact]
    public void Temporal_ordered_extended_keeps_the_order_of_the_condition() =>
        Query("splunk", """
            type: temporal_ordered
            timespan: 10m
            condition: (rule_c or rule_a) and rule_b
            """).Should().Contain(
            """ | eval sigma_step=if(sigma_rule="rule_c" OR sigma_rule="rule_a",_time,null())"""
            + " | eventstats min(sigma_step) as sigma_step by sigma_window"
            + """ | eval sigma_step=if(sigma_rule="rule_b" AND _time>=sigma_step,_time,null())""");

    [Fact]
    public void Temporal_ordered_extended_takes_what_must_be_absent_at_any_time() =>
        Query("splunk", """
            type: temporal_ordered
            timespan: 10m
            condition: rule_a and rule_b and not rule_c
            """).Should().EndWith("""| where isnotnull(sigma_step) | search NOT (sigma_rule="rule_c") | rename sigma_window as _time""");

    [Theory]
    [InlineData("rules: [rule_a, rule_b]\ncondition: {gte: 1}")]
    [InlineData("condition: rule_a or rule_b and rule_c")]
    public void An_order_of_some_of_the_rules_is_refused(string rest) =>
        ErrorsOf(Correlate("splunk", "type: temporal_ordered\ntimespan: 10m\n" + rest)).Should().ContainSingle().Which.Should().StartWith("SIG0247");

    [Theory]
    [InlineData("rules: [rule_a, rule_b]\ncondition: {gte: 2}")]
    [InlineData("rules: [rule_a, rule_b]\ncondition: {gt: 1.5}")]
    [InlineData("rules: [rule_a, rule_b]\ncondition: {eq: 2}")]
    public void A_bound_that_only_all_rules_meet_is_an_order(string rest) =>
        Query("splunk", "type: temporal_ordered\ntimespan: 10m\n" + rest).Should().Contain("sigma_step");

    [Theory]
    [InlineData("30s", "30s")]
    [InlineData("15m", "15m")]
    [InlineData("24h", "24h")]
    [InlineData("7d", "7d")]
    [InlineData("2w", "14d")]
    [InlineData("3M", "3mon")]
    [InlineData("1y", "12mon")]
    public void Timespan_units_are_those_of_bin(string timespan, string span) =>
        Query("splunk", $$"""
            type: event_count
            rules: rule_a
            timespan: {{timespan}}
            condition: {gte: 2}
            """).Should().Contain($"| bin _time span={span} |");

    [Fact]
    public void Aliases_are_set_in_each_search() =>
        Query("splunk", """
            type: temporal
            rules: [rule_a, rule_c]
            aliases:
              who:
                rule_a: TargetUser
                11111111-aaaa-4aaa-8aaa-00000000000c: Account
            group-by: [who, Host]
            timespan: 10m
            """).Should().Be(
            """| multisearch [search Kind="a" | eval who='TargetUser', sigma_rule="rule_a"] [search Kind="c" | eval who='Account', sigma_rule="rule_c"]"""
            + " | bin _time span=10m | stats dc(sigma_rule) as rule_count by _time, who, Host | where rule_count >= 2");

    [Fact]
    public void Aliases_serve_counts_too() =>
        Query("splunk", """
            type: value_count
            rules: [rule_a, rule_c]
            aliases: {who: {rule_a: TargetUser, rule_c: Account}}
            group-by: Host
            timespan: 10m
            condition: {field: who, gte: 5}
            """).Should().Be(
            """| multisearch [search Kind="a" | eval who='TargetUser'] [search Kind="c" | eval who='Account']"""
            + " | bin _time span=10m | stats dc(who) as value_count by _time, Host | where value_count >= 5");

    [Fact]
    public void Chained_correlations_count_the_rows_of_others() =>
        Of(Target("splunk"), Base, """
            title: Many
            name: many_a
            correlation:
              type: event_count
              rules: rule_a
              group-by: [User, Host]
              timespan: 5m
              condition: {gte: 10}
            ---
            title: Then
            correlation:
              type: temporal_ordered
              rules: [many_a, rule_b]
              group-by: User
              timespan: 1h
            """)[^1].Query.Should().StartWith(
            """| union [search Kind="a" | bin _time span=5m | stats count as event_count by _time, User, Host | where event_count >= 10 | eval sigma_rule="many_a"]"""
            + """ [search Kind="b" | eval sigma_rule="rule_b"] | bin span=1h _time as sigma_window""");

    [Fact]
    public void A_correlation_of_one_correlation_needs_no_union() =>
        Of(Target("splunk"), Base, """
            title: Many
            name: many_a
            correlation: {type: event_count, rules: rule_a, group-by: User, timespan: 5m, condition: {gte: 10}}
            ---
            title: Often
            correlation: {type: value_count, rules: many_a, timespan: 1d, condition: {field: User, gte: 3}}
            """)[^1].Query.Should().Be(
            """Kind="a" | bin _time span=5m | stats count as event_count by _time, User | where event_count >= 10"""
            + " | bin _time span=1d | stats dc(User) as value_count by _time | where value_count >= 3");

    [Fact]
    public void The_older_near_is_a_temporal_correlation_of_searches() =>
        Of(Target("splunk"), """
            title: Near
            logsource: {category: test}
            detection:
              a: {Kind: a}
              b: {Kind: b}
              c: {Kind: c}
              timeframe: 30m
              condition: a | near b and not c
            """)[0].Query.Should().Be(
            """| multisearch [search Kind="a" | eval sigma_rule="search"] [search Kind="b" | eval sigma_rule="near_1"] [search Kind="c" | eval sigma_rule="near_2"]"""
            + """ | bin _time span=30m | stats values(sigma_rule) as sigma_rule by _time | search ((sigma_rule="search" sigma_rule="near_1") NOT (sigma_rule="near_2"))""");

    [Fact]
    public void The_older_counts_keep_their_form() =>
        Of(Target("splunk"), """
            title: Older
            logsource: {category: test}
            detection:
              a: {Kind: a}
              condition: a | count() by X > 5
            """)[0].Query.Should().Be("""Kind="a" | eventstats count as val by X| search val > 5""");

    [Fact]
    public void A_saved_search_looks_back_far_enough_for_a_whole_stretch() =>
        Query("splunk", """
            type: event_count
            rules: rule_a
            timespan: 1h
            condition: {gte: 2}
            """, "savedsearches").Should().Contain("\ndispatch.earliest_time = -7200s\n");
}
