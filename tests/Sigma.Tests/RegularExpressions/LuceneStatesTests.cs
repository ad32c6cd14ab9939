using Sigma.RegularExpressions;

namespace Sigma.Tests.RegularExpressions;

/// <summary>Counting the states of deterministic automata, against numbers known from theory.</summary>
public class LuceneStatesTests
{
    /// <summary>
    /// To know whether the n-th character from the end is an a takes 2^n states: the automaton has to remember the last n
    /// characters. With the limit of 10,000, n may be 13 (8,192) and not 14 (16,384).
    /// </summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(12, false)]
    [InlineData(13, true)]
    [InlineData(20, true)]
    public void What_has_to_be_remembered_doubles_the_states(int behind, bool exceeds) =>
        LuceneStates.Exceed($".*a.{{{behind}}}").Should().Be(exceeds);

    [Theory]
    [InlineData("abc")]
    [InlineData(".*(cmd|powershell|pwsh)\\.exe.*")]
    [InlineData("[a-z]{1,200}")]
    [InlineData("a{5000}")]
    public void Plain_expressions_take_few(string pattern) => LuceneStates.Exceed(pattern).Should().BeFalse();

    [Fact]
    public void A_chain_beyond_the_limit_is_beyond_the_limit() => LuceneStates.Exceed("a{10001}").Should().BeTrue();

    [Fact]
    public void Asking_again_gives_the_same_answer()
    {
        for (int i = 0; i < 200; i++)
        {
            LuceneStates.Exceed($"x{i}").Should().BeFalse();
            LuceneStates.Exceed(".*a.{20}").Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(@".*[aA][bB]\.1.*[cC]", true)]
    [InlineData(".*ab.*", true)]
    [InlineData("", true)]
    [InlineData(".*a.*[aA]", false)]
    [InlineData(".*a.b", false)]
    [InlineData(".*[ab]", false)]
    [InlineData(".*a+", false)]
    [InlineData(".*(a|b)", false)]
    [InlineData("a{2}", false)]
    [InlineData(@"\s", false)]
    [InlineData(".", false)]
    [InlineData("[aA", false)]
    public void Letters_with_gaps_are_told_from_what_has_to_be_counted(string pattern, bool plain) =>
        (LuceneStates.MostStates(pattern) < int.MaxValue).Should().Be(plain);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Letters_with_gaps_need_no_more_states_than_is_said()
    {
        var random = new Random(20261129);
        for (int i = 0; i < 2000; i++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.Next(6) switch
            {
                0 => ".*",
                1 => "1",
                2 => "[bB]",
                3 => @"\.",
                _ => "[aA]",
            }));
            LuceneStates.MostStates(pattern).Should().BeLessThan(LuceneStates.Limit, pattern);
            LuceneStates.Count(pattern).Should().BeLessThanOrEqualTo(LuceneStates.MostStates(pattern), pattern);
        }
    }
}
