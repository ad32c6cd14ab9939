using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>Each attribute of a <c>correlation</c>, and where the specification and the Python reference differ about it.</summary>
public class CorrelationAttributesTests
{
    private const string Counts = "rules: rule_a\ntimespan: 5m\n";

    [Theory]
    [InlineData("event_count")]
    [InlineData("EVENT_COUNT")]
    [InlineData("Event_Count")]
    public void Type_is_read_in_any_case(string type) => Read($"type: {type}\n{Counts}condition: {{gte: 1}}").Should().BeEmpty();

    [Theory]
    [InlineData("evnt_count", "did you mean 'event_count'?")]
    [InlineData("temporal_extended", null)]
    public void Type_is_one_of_the_enumeration(string type, string? hint)
    {
        var finding = Findings($"type: {type}\n{Counts}condition: {{gte: 1}}").Should().ContainSingle().Subject;
        finding.Code.Id.Should().Be("SIG0230");
        finding.Hint.Should().Contain(hint ?? "temporal");
    }

    [Theory]
    [InlineData("rules: rule_a")]
    [InlineData("rules: [rule_a]")]
    [InlineData("rules: [11111111-aaaa-4aaa-8aaa-00000000000a]")]
    public void Rules_is_a_text_or_a_list_of_ids_and_names(string rules) =>
        Query("splunk", $"type: event_count\n{rules}\ntimespan: 5m\ncondition: {{gte: 1}}").Should().StartWith("""Kind="a" | bin""");

    [Theory]
    [InlineData("", "SIG0231 2.yml:2:1")]
    [InlineData("rules: []\n", "SIG0231 2.yml:2:1")]
    [InlineData("rules: [null]\n", "SIG0203 2.yml:4:13")]
    public void Rules_cannot_be_missing(string rules, string error) =>
        ErrorsOf(Correlate("splunk", $"type: event_count\n{rules}timespan: 5m\ncondition: {{gte: 1}}")).Should().Equal(error);

    [Fact]
    public void Rules_may_be_left_to_the_condition_of_a_temporal_type() =>
        ErrorsOf(Correlate("splunk", "type: temporal\ntimespan: 5m\ncondition: rule_a and rule_b")).Should().BeEmpty();

    [Theory]
    [InlineData("group-by: User\n", "by _time, User |")]
    [InlineData("group-by: [User, Host]\n", "by _time, User, Host |")]
    [InlineData("", "by _time |")]
    public void Group_by_is_a_text_a_list_or_absent(string group, string by) =>
        Query("splunk", $"type: event_count\n{Counts}{group}condition: {{gte: 1}}").Should().Contain(by);

    [Theory]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("5H")]
    [InlineData("1.5h")]
    public void Timespan_is_a_whole_number_and_a_unit(string timespan) =>
        Read($"type: event_count\nrules: rule_a\ntimespan: '{timespan}'\ncondition: {{gte: 1}}").Should().Equal("SIG0224");

    [Fact]
    public void Timespan_cannot_be_missing() => Read("type: event_count\nrules: rule_a\ncondition: {gte: 1}").Should().Equal("SIG0231");

    [Theory]
    [InlineData('s', 1)]
    [InlineData('m', 60)]
    [InlineData('h', 3600)]
    [InlineData('d', 86400)]
    [InlineData('w', 604800)]
    [InlineData('M', 2629746)]
    [InlineData('y', 31556952)]
    public void Timespan_units_have_the_lengths_of_the_Python_reference(char unit, long seconds) => new Timespan(1, unit).Seconds.Should().Be(seconds);

    [Theory]
    [InlineData("lt", "<")]
    [InlineData("lte", "<=")]
    [InlineData("gt", ">")]
    [InlineData("gte", ">=")]
    [InlineData("eq", "==")]
    [InlineData("neq", "!=")]
    public void Condition_has_six_operators(string key, string sign) =>
        Query("splunk", $"type: event_count\n{Counts}condition: {{{key}: 4}}").Should().EndWith($"| where event_count {sign} 4");

    [Fact]
    public void Condition_may_be_a_range_of_two_operators() =>
        Query("splunk", $"type: event_count\n{Counts}condition: {{gte: 4, lt: 10}}").Should().EndWith("| where event_count >= 4 AND event_count < 10");

    [Theory]
    [InlineData("1.7", "1.7")]
    [InlineData("10", "10")]
    [InlineData("'10'", "10")]
    [InlineData("-2", "-2")]
    [InlineData("1e3", "1000")]
    public void Condition_numbers_are_those_of_the_rule(string written, string number) =>
        Query("splunk", $"type: value_avg\n{Counts}condition: {{field: Size, gt: {written}}}").Should().EndWith($"| where value_avg > {number}");

    [Theory]
    [InlineData("gte: many", "SIG0203")]
    [InlineData("gte: true", "SIG0203")]
    [InlineData("gte: [1]", "SIG0203")]
    [InlineData("gte: 1, most: 2", "SIG0232")]
    [InlineData("field: Size", "SIG0231")]
    public void Condition_mistakes_are_errors(string condition, string code) =>
        Read($"type: value_sum\n{Counts}condition: {{field: Size, {condition}}}".Replace("field: Size, field: Size", "field: Size")).Should().Equal(code);

    [Theory]
    [InlineData("event_count")]
    [InlineData("value_count")]
    [InlineData("value_sum")]
    [InlineData("value_avg")]
    [InlineData("value_percentile")]
    [InlineData("value_median")]
    public void Condition_is_needed_by_all_types_but_the_temporal_ones(string type) => Read($"type: {type}\n{Counts}").Should().Equal("SIG0231");

    [Theory]
    [InlineData("value_count")]
    [InlineData("value_sum")]
    [InlineData("value_avg")]
    [InlineData("value_median")]
    public void Condition_field_is_needed_by_value_types(string type) =>
        Read($"type: {type}\n{Counts}condition: {{gte: 1}}").Should().Equal("SIG0231");

    [Fact]
    public void Condition_field_may_be_a_list_where_values_are_counted_only() =>
        Read($"type: value_sum\n{Counts}condition: {{field: [A, B], gte: 1}}").Should().Equal("SIG0203");

    [Theory]
    [InlineData("event_count", "field: Size")]
    [InlineData("temporal", "field: Size")]
    [InlineData("event_count", "percentile: 5")]
    public void A_key_without_meaning_is_a_warning(string type, string key) =>
        Warnings(Correlate("splunk", $"type: {type}\n{Counts}condition: {{gte: 1, {key}}}")).Should().Contain(warning => warning.StartsWith("SIG0243"));

    [Theory]
    [InlineData("", "SIG0231")]
    [InlineData(", percentile: 101", "SIG0242")]
    [InlineData(", percentile: -0.5", "SIG0242")]
    [InlineData(", percentile: 1e300", "SIG0242")]
    [InlineData(", percentile: high", "SIG0203")]
    public void Percentile_is_a_number_from_0_to_100(string percentile, string code) =>
        Read($"type: value_percentile\n{Counts}condition: {{field: Size, gte: 1{percentile}}}").Should().Equal(code);

    [Theory]
    [InlineData("a and b", "SIG0203")]
    [InlineData("[a, b]", "SIG0203")]
    public void A_condition_over_rules_is_for_temporal_types(string condition, string code) =>
        Read($"type: event_count\n{Counts}condition: {condition}").Should().Equal(code);

    [Theory]
    [InlineData("rule_a and", "SIG0301")]
    [InlineData("(rule_a", "SIG0303")]
    [InlineData("1 of rule_*", "SIG0244")]
    [InlineData("all of them", "SIG0244")]
    [InlineData("rule_a | count() > 5", "SIG0244")]
    [InlineData("rule_*", "SIG0244")]
    public void A_condition_over_rules_has_names_and_operators_only(string condition, string code) =>
        Read($"type: temporal\ntimespan: 5m\ncondition: {condition}").Should().Contain(code);

    [Fact]
    public void A_condition_over_rules_binds_not_before_and_before_or() =>
        Query("splunk", "type: temporal\ntimespan: 5m\ncondition: rule_a or not rule_b and rule_c").Should().EndWith(
            """| search (sigma_rule="rule_a" OR (NOT (sigma_rule="rule_b") sigma_rule="rule_c"))""");

    [Theory]
    [InlineData("[rule_a, rule_b, rule_c]", "rule_a and rule_b", "SIG0236 2.yml:4:29")]
    [InlineData("[rule_a]", "rule_a and rule_b", "SIG0236 2.yml:6:27")]
    public void A_condition_over_rules_and_the_list_name_the_same(string rules, string condition, string error) =>
        ErrorsOf(Correlate("splunk", $"type: temporal\nrules: {rules}\ntimespan: 5m\ncondition: {condition}")).Should().Equal(error);

    [Theory]
    [InlineData("aliases: who", "SIG0203")]
    [InlineData("aliases: {who: User}", "SIG0203")]
    [InlineData("aliases: {who: {rule_a: [User]}}", "SIG0203")]
    public void Aliases_are_a_map_of_maps(string aliases, string code) =>
        Read($"type: event_count\n{Counts}condition: {{gte: 1}}\n{aliases}").Should().Equal(code);

    [Theory]
    [InlineData("timespam: 5m", "SIG0232")]
    [InlineData("generate: maybe", "SIG0203")]
    public void Other_keys_are_errors(string key, string code) =>
        Read($"type: event_count\n{Counts}condition: {{gte: 1}}\n{key}").Should().Equal(code);

    [Theory]
    [InlineData("", "", ConversionStatus.Skipped)]
    [InlineData("generate: false\n", "", ConversionStatus.Skipped)]
    [InlineData("generate: true\n", "", ConversionStatus.Converted)]
    [InlineData("", "generate: true\n", ConversionStatus.Converted)]
    public void Generate_stands_in_the_correlation_or_at_the_top(string inside, string top, ConversionStatus status)
    {
        var rule = Of(Target("splunk"), Base, Document($"type: event_count\n{Counts}{inside}condition: {{gte: 1}}") + top)[0];
        rule.Status.Should().Be(status);
        rule.Diagnostics.Any(d => d.Code.Id == "SIG0238" && d.Message.Contains("'Correlation'")).Should().Be(status is ConversionStatus.Skipped);
    }

    [Fact]
    public void Tags_level_and_status_stay_on_the_correlation()
    {
        var conversion = Of(Target("splunk"), Base, Document($"type: event_count\n{Counts}condition: {{gte: 1}}") + "level: high\nstatus: test\ntags: [attack.t1110]\n")[^1];
        conversion.Metadata.Level.Should().Be(Level.High);
        conversion.Metadata.Status.Should().Be(RuleStatus.Test);
        conversion.Metadata.Tags.Should().Equal("attack.t1110");
    }

    private static IEnumerable<string> Read(string body) => Findings(body).Where(d => d.Severity is Severity.Error).Select(d => d.Code.Id);

    private static IReadOnlyList<Diagnostic> Findings(string body) => RuleReader.Read(new SourceText("2.yml", Document(body)))[0].Diagnostics;
}
