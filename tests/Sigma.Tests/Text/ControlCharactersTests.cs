using Sigma.Text;

namespace Sigma.Tests.Text;

public sealed class ControlCharactersTests
{
    /// <summary>The set that searches use has the characters of <c>char.IsControl</c> and the two separators, over all of UTF-16.</summary>
    [Fact]
    public void The_set_and_the_test_of_a_character_agree()
    {
        char[] all = [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code)];

        ControlCharacters.Text.Should().Be(string.Concat(all.Where(ControlCharacters.IsOne)));
        all.Where(c => ControlCharacters.In([c])).Should().Equal(all.Where(ControlCharacters.IsOne));
    }
}
