using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Samples;

/// <summary>A reason names the file of a test that is none of the rule's own.</summary>
public sealed class ReasonPlaceTests
{
    [Theory]
    [InlineData("s: {A: x}\n  f: {Channel: System}\n  condition: s and not f")]
    [InlineData("s: {Channel: Security}\n  condition: s")]
    public void A_test_of_a_built_in_pipeline_is_not_a_line_of_the_rule(string detection)
    {
        Diagnostic finding = Make($"title: T\nlogsource: {{product: windows, service: system}}\ndetection:\n  {detection}\n");
        finding.Code.Should().Be(Codes.NothingMatches);
        finding.Span!.Value.Source.Path.Should().Be("a.yml");
        finding.Message.Should().Contain(" in the pipeline 'windows-logsources'").And.NotContain(" in line ");
    }

    [Fact]
    public void A_test_of_the_rule_itself_is() =>
        Make("title: T\nlogsource: {category: test}\ndetection:\n  s: {A: x}\n  f: {A: x}\n  condition: s and not f\n").Message.Should().Contain(" in line 4");

    private static Diagnostic Make(string rule) => new RuleSampler(new SampleSettings(), [])
        .Make((SigmaRule)RuleReader.Read(new SourceText("a.yml", rule)).Single().Document!).Diagnostics.Should().ContainSingle().Subject;
}
