using Sigma.Compilation;
using Sigma.Text;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>Rules of YARA-L for several events: their sections, and the types of the fields that they count.</summary>
public class SecOpsRuleTests
{
    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [principal.hostname, User]\ntimespan: 90m\ncondition: {gte: 10, lt: 20}", """
        events:
            ($e.additional.fields["Kind"] = "a" nocase)
            $group1 = $e.principal.hostname
            $group2 = $e.additional.fields["User"]

          match:
            $group1, $group2 over 90m

          outcome:
            $risk_score = max(47)
            $event_count = count_distinct($e.metadata.id)

          condition:
            $e and $event_count >= 10 and $event_count < 20
        }
        """)]
    [InlineData("type: value_count\nrules: rule_a\ngroup-by: [target.ip]\ntimespan: 2h\ncondition: {field: target.port, gt: 3}", """
        events:
            ($e.additional.fields["Kind"] = "a" nocase)
            $group1 = $e.target.ip

          match:
            $group1 over 2h

          outcome:
            $risk_score = max(47)
            $value_count = count_distinct($e.target.port)

          condition:
            $e and $value_count > 3
        }
        """)]
    [InlineData("type: value_sum\nrules: rule_a\ngroup-by: [target.ip]\ntimespan: 2h\ncondition: {field: Bytes, gt: 3}", """
        events:
            ($e.additional.fields["Kind"] = "a" nocase)
            $e.additional.fields["Bytes"] = /(?s)^-?[0-9]+(?:\.[0-9]+)?\z/
            $group1 = $e.target.ip

          match:
            $group1 over 2h

          outcome:
            $risk_score = max(47)
            $value_sum = sum(cast.as_float($e.additional.fields["Bytes"]))

          condition:
            $e and $value_sum > 3.0
        }
        """)]
    [InlineData("type: temporal\nrules: [rule_a, rule_b]\ngroup-by: [user]\naliases: {user: {rule_a: target.user.userid, rule_b: principal.user.userid}}\ntimespan: 5m", """
        events:
            ($e1.additional.fields["Kind"] = "a" nocase)
            $group1 = $e1.target.user.userid
            ($e2.additional.fields["Kind"] = "b" nocase)
            $group1 = $e2.principal.user.userid

          match:
            $group1 over 5m

          outcome:
            $risk_score = max(47)

          condition:
            $e1 and $e2
        }
        """)]
    [InlineData("type: temporal_ordered\nrules: [rule_a, rule_b, rule_c]\ngroup-by: [User]\ntimespan: 1d", """
        events:
            ($e1.additional.fields["Kind"] = "a" nocase)
            $group1 = $e1.additional.fields["User"]
            ($e2.additional.fields["Kind"] = "b" nocase)
            $group1 = $e2.additional.fields["User"]
            $e1.metadata.event_timestamp.seconds <= $e2.metadata.event_timestamp.seconds
            ($e3.additional.fields["Kind"] = "c" nocase)
            $group1 = $e3.additional.fields["User"]
            $e2.metadata.event_timestamp.seconds <= $e3.metadata.event_timestamp.seconds

          match:
            $group1 over 24h after $e1

          outcome:
            $risk_score = max(47)

          condition:
            $e1 and $e2 and $e3
        }
        """)]
    public void A_rule_has_its_sections(string body, string sections)
    {
        string text = Query("secops", body, "rule");
        text[text.IndexOf("events:", StringComparison.Ordinal)..].TrimEnd().Should().Be(sections.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 10}", "none to group by")]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 90s\ncondition: {gte: 10}", "whole minutes")]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 3d\ncondition: {gte: 10}", "48 hours")]
    [InlineData("type: value_avg\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {field: A, gte: 10}", "no averages")]
    [InlineData("type: value_count\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {field: [A, B], gte: 10}", "one field")]
    [InlineData("type: value_sum\nrules: rule_a\ngroup-by: [User]\ntimespan: 5m\ncondition: {field: metadata.event_type, gte: 10}", "without numbers")]
    [InlineData("type: temporal\nrules: [rule_a, rule_b]\ngroup-by: [User]\ntimespan: 5m\ncondition: rule_a and not rule_b", "all rules must match")]
    public void What_a_rule_cannot_say_is_refused(string body, string reason)
    {
        Conversion conversion = Correlate("secops", body, "rule");
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(finding => finding.Severity == Severity.Error && finding.Message.Contains(reason));
    }

    [Theory]
    [InlineData("network.ip_protocol: tcp")]
    [InlineData("target.port|startswith: '8'")]
    [InlineData("target.port: http")]
    [InlineData("security_result.action|contains: LLO")]
    [InlineData("target.ip|gt: 5")]
    [InlineData("metadata.event_type|exists: true")]
    public void A_value_that_the_type_of_a_field_does_not_have_is_refused(string test)
    {
        Conversion conversion = new Compiler([Target("secops")]).Convert(new SourceText("a.yml", "title: T\nlogsource: {category: test}\ndetection:\n  s:\n    " + test + "\n  condition: s\n")).Single();
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0601");
    }

    /// <summary>A number is written as the figure is; there is no literal below zero.</summary>
    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [principal.hostname]\ntimespan: 90m\ncondition: {gt: 1.5}", "whole numbers")]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [principal.hostname]\ntimespan: 90m\ncondition: {gt: -1}", "below zero")]
    [InlineData("type: value_sum\nrules: rule_a\ngroup-by: [target.ip]\ntimespan: 2h\ncondition: {field: Bytes, lt: -3}", "below zero")]
    [InlineData("type: value_sum\nrules: rule_a\ngroup-by: [target.ip]\ntimespan: 2h\ncondition: {field: target.port, gt: 5.5}", "whole numbers")]
    public void A_number_that_the_condition_section_cannot_have_is_refused(string body, string reason) =>
        Correlate("secops", body, "rule").Diagnostics.Should().ContainSingle(finding => finding.Severity == Severity.Error)
            .Which.Message.Should().Contain(reason);
}
