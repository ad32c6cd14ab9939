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

    [Fact]
    public void Searches_for_many_detections_share_one_too()
    {
        SigmaRule rule = Given.Rule(string.Concat(Enumerable.Range(0, 200).Select(i => $"s{i}: {{x: {i}}}\n")) + "condition: 1 of s*\n");

        DetectionIndex.Of(rule).Should().BeSameAs(DetectionIndex.Of(rule));
    }

    [Fact]
    public void Conditions_are_not_counted_again_for_each_of_them() => Scaling.ShouldBeLinear(20_000, size =>
    {
        SigmaRule rule = Given.Rule($"a: {{x: 1}}\ncondition: [{string.Join(", ", Enumerable.Repeat("a", size))}]\n");
        return ThreadTime.Of(() =>
        {
            for (int i = 0; i < size; i++)
            {
                DetectionIndex.Of(rule);
            }
        });
    });
}
