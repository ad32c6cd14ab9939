using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Tests.Queries;

/// <summary>A rule may have many detections and search for them many times; then its names are gone through once.</summary>
public class DetectionIndexTests
{
    [Theory]
    [InlineData("[a, b, c, d, e]")]
    [InlineData("a | near b and c and d and e and f")]
    public void Many_searches_share_an_index(string condition)
    {
        SigmaRule rule = Given.Rule($"a: {{x: 1}}\nb: {{x: 2}}\nc: {{x: 3}}\nd: {{x: 4}}\ne: {{x: 5}}\nf: {{x: 6}}\ntimeframe: 5m\ncondition: {condition}\n");

        DetectionIndex.Of(rule).Should().BeSameAs(DetectionIndex.Of(rule));
    }
}
