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
}
