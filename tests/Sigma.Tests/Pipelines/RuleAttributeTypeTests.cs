namespace Sigma.Tests.Pipelines;

/// <summary>A condition on an attribute that can never hold is refused where it is read.</summary>
public sealed class RuleAttributeTypeTests
{
    [Theory]
    [InlineData("attribute: level, value: 123, op: lt")]
    [InlineData("attribute: level, value: 1")]
    [InlineData("attribute: level, value: 'low,high'")]
    [InlineData("attribute: level, value: grave")]
    [InlineData("attribute: level, value: [low, 4], op: in")]
    [InlineData("attribute: status, value: 2, op: gte")]
    [InlineData("attribute: status, value: testing")]
    [InlineData("attribute: date, value: yesterday, op: gt")]
    [InlineData("attribute: date, value: 2026")]
    [InlineData("attribute: modified, value: 5, op: lt")]
    [InlineData("attribute: title, value: a, op: gt")]
    [InlineData("attribute: id, value: 1, op: lte")]
    [InlineData("attribute: tags, value: attack.t1059")]
    [InlineData("attribute: references, value: a, op: ne")]
    [InlineData("attribute: falsepositives, value: a, op: gt")]
    [InlineData("attribute: logsource, value: windows")]
    [InlineData("attribute: related, value: x, op: in")]
    [InlineData("attribute: risk, value: grave, op: gte")]
    [InlineData("attribute: risk, value: [1, 2], op: gte")]
    [InlineData("attribute: risk, value: {a: 1}")]
    [InlineData("attribute: level, value: null")]
    [InlineData("attribute: level, value: high, op: above")]
    public void It_is_refused(string condition) =>
        PipedRule.Through("{a: b}", $"{{type: set_state, key: k, val: v, rule_conditions: [{{type: rule_attribute, {condition}}}]}}").Findings
            .Should().MatchRegex("^SIG04(07|09)");

    [Theory]
    [InlineData("attribute: level, value: HIGH", true)]
    [InlineData("attribute: level, value: medium, op: gt", true)]
    [InlineData("attribute: status, value: [test, stable], op: in", true)]
    [InlineData("attribute: date, value: 2026-02-01, op: lt", true)]
    [InlineData("attribute: risk, value: 9.6, op: lt", true)]
    [InlineData("attribute: risk, value: 10, op: gt", false)]
    [InlineData("attribute: tags, value: attack.t1059, op: in", true)]
    [InlineData("attribute: title, value: T", true)]
    [InlineData("attribute: author, value: me, op: ne", false)]
    public void What_can_hold_is_judged(string condition, bool holds)
    {
        PipedRule piped = PipedRule.Through("{a: b}", $"{{type: set_state, key: k, val: v, rule_conditions: [{{type: rule_attribute, {condition}}}]}}");
        piped.Findings.Should().BeEmpty();
        piped.Run.State.ContainsKey("k").Should().Be(holds);
    }
}
