using Sigma.Compilation;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>A pipeline that renames the fields of a rule renames those of the correlation over it.</summary>
public class CorrelationPipelinesTests
{
    private const string Renaming = """
        name: test
        transformations:
          - id: fields
            type: field_name_mapping
            mapping: {User: user.name, Host: host.name, Bytes: bytes, Kind: kind}
          - id: index
            type: add_condition
            conditions: {index: main}
            rule_conditions:
              - type: logsource
                product: one
        """;

    [Fact]
    public void Group_by_and_field_and_the_rules_condition_are_mapped() =>
        Query("splunk", """
            type: value_sum
            rules: rule_a
            group-by: [User, Other]
            timespan: 5m
            condition: {field: Bytes, gte: 10}
            """, pipeline: Renaming).Should().Be(
            """(index="main" kind="a") | bin _time span=5m | stats sum(bytes) as value_sum by _time, user.name, Other | where value_sum >= 10""");

    [Fact]
    public void A_field_only_the_correlation_has_goes_through_steps_that_depend_on_each_other() =>
        Query("splunk", """
            type: value_count
            rules: rule_a
            group-by: [User, Other]
            timespan: 5m
            condition: {field: Bytes, gte: 10}
            """, pipeline: """
            transformations:
              - id: names
                type: field_name_mapping
                mapping: {User: user.name, Bytes: bytes}
              - type: field_name_prefix
                prefix: data.
                field_name_conditions: [{type: processing_item_applied, processing_item_id: names}]
                field_name_cond_not: true
            """).Should().Be(
            """data.Kind="a" | bin _time span=5m | stats dc(bytes) as value_count by _time, user.name, data.Other | where value_count >= 10""");

    [Fact]
    public void Steps_for_correlations_act_on_the_correlation_and_on_no_rule()
    {
        const string Steps = """
            transformations:
              - {type: set_state, key: kind, val: rule, rule_conditions: [{type: is_sigma_rule}]}
              - {type: set_state, key: kind, val: correlation, rule_conditions: [{type: is_sigma_correlation_rule}, {type: logsource, product: two}]}
              - {type: set_custom_attribute, attribute: team, value: soc, rule_conditions: [{type: is_sigma_correlation_rule}]}
            postprocessing:
              - {type: simple_template, template: '{query} {rule.custom_attributes[team]} {pipeline.state[kind]}', rule_conditions: [{type: is_sigma_correlation_rule}]}
            """;
        const string Body = "type: event_count\nrules: [rule_a, rule_c]\ntimespan: 5m\ncondition: {gte: 10}";
        Query("splunk", Body, pipeline: Steps).Should().EndWith("| where event_count >= 10 soc correlation");
        Query("splunk", Body.Replace(", rule_c", ""), pipeline: Steps).Should().EndWith("| where event_count >= 10 soc rule");
    }

    [Fact]
    public void A_correlation_can_be_refused_by_itself()
    {
        const string Refusal = "transformations: [{type: rule_failure, message: no counting, rule_conditions: [{type: is_sigma_correlation_rule}]}]";
        ErrorsOf(Correlate("splunk", "type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}", pipeline: Refusal))
            .Should().ContainSingle().Which.Should().StartWith("SIG0410 ");
        ErrorsOf(Of(Target("splunk", pipeline: Refusal), Base)[0]).Should().BeEmpty();
    }

    [Fact]
    public void Log_source_conditions_hold_for_each_rule_by_itself() =>
        Query("splunk", """
            type: event_count
            rules: [rule_a, rule_c]
            timespan: 5m
            condition: {gte: 10}
            """, pipeline: Renaming).Should().StartWith("""((index="main" kind="a") OR kind="c") | bin""");

    [Fact]
    public void Aliases_keep_their_names_and_their_fields_are_mapped() =>
        Query("splunk", """
            type: temporal
            rules: [rule_a, rule_b]
            aliases: {User: {rule_a: User, rule_b: Host}}
            group-by: User
            timespan: 5m
            """, pipeline: Renaming).Should().Contain("""| eval User='user.name', sigma_rule="rule_a"]""").And.Contain("""| eval User='host.name',""")
            .And.Contain("by _time, User |");

    [Fact]
    public void A_chain_goes_on_with_the_mapped_fields() =>
        Of(Target("splunk", pipeline: Renaming), Base, """
            title: Many
            name: many
            correlation: {type: event_count, rules: rule_a, group-by: [Host, User], timespan: 5m, condition: {gte: 10}}
            """, Document("type: temporal\nrules: [many, rule_b]\ngroup-by: User\ntimespan: 1h"))[^1].Query
            .Should().Contain("by _time, host.name, user.name |").And.EndWith("by _time, user.name | where rule_count >= 2");

    [Fact]
    public void A_field_that_becomes_several_is_allowed_in_group_by() =>
        Query("splunk", """
            type: event_count
            rules: rule_a
            group-by: [User, Host]
            timespan: 5m
            condition: {gte: 10}
            """, pipeline: Several).Should().Contain("by _time, user, account, Host |");

    [Theory]
    [InlineData("type: value_count\nrules: rule_a\ntimespan: 5m\ncondition: {field: User, gte: 10}")]
    [InlineData("type: temporal\nrules: [rule_a, rule_b]\naliases: {who: {rule_a: User, rule_b: Host}}\ngroup-by: who\ntimespan: 5m")]
    public void A_field_that_becomes_several_is_an_error_in_condition_and_alias(string body) =>
        Correlate("splunk", body, pipeline: Several).Status.Should().Be(ConversionStatus.Failed);

    [Fact]
    public void Rules_that_call_a_field_differently_need_an_alias() =>
        ErrorsOf(Correlate("splunk", """
            type: event_count
            rules: [rule_a, rule_c]
            group-by: User
            timespan: 5m
            condition: {gte: 10}
            """, pipeline: """
            name: test
            transformations:
              - type: field_name_mapping
                mapping: {User: user}
                rule_conditions:
                  - type: logsource
                    product: one
            """)).Should().Equal("SIG0241 2.yml:3:5");

    private const string Several = """
        name: test
        transformations:
          - type: field_name_mapping
            mapping: {User: [user, account]}
        """;
}
