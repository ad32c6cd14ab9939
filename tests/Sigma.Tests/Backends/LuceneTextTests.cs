using Sigma.Backends;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Tests.Backends;

/// <summary>Texts that are written as expressions of Lucene at once are those that the writer of expressions gives.</summary>
public sealed class LuceneTextTests
{
    [Theory]
    [InlineData(@"*\cmd.exe", true, true, @".*\\[cC][mM][dD]\.[eE][xX][eE]")]
    [InlineData("a/b", false, true, @"a\/b")]
    [InlineData(@"K", true, false, ".*[kK].*")]
    [InlineData(@"c:\\", true, true, @"[cC]:[\\]")]
    public void An_ordinary_text_is_written_at_once(string text, bool ignoreCase, bool whole, string expected) =>
        LuceneText.Write(SigmaString.Parse(text), ignoreCase, whole).Should().Be(expected);

    [Theory]
    [InlineData("a?b")]
    [InlineData("ä")]
    [InlineData("a\tb")]
    [InlineData("")]
    public void Other_texts_are_not(string text) => LuceneText.Write(SigmaString.Parse(text), ignoreCase: true, whole: true).Should().BeNull();

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Random_texts_are_written_as_the_writer_of_expressions_does()
    {
        var random = new Random(20261129);
        int written = 0;
        for (int i = 0; i < 20_000; i++)
        {
            char[] signs = new char[random.Next(12)];
            for (int k = 0; k < signs.Length; k++)
            {
                signs[k] = random.Next(6) switch { 0 => '*', 1 => '\\', 2 => '/', _ => (char)random.Next(' ', 0x7f) };
            }

            var text = SigmaString.Parse(new string(signs));
            var style = new PatternStyle(RegexDialect.Lucene, random.Next(2) == 0, random.Next(2) == 0);
            if (LuceneText.Write(text, style.IgnoreCase, style.Whole) is { } direct)
            {
                written++;
                direct.Should().Be(style.LuceneExpression(text), $"of '{text}', {style}");
            }
        }

        written.Should().BeGreaterThan(10_000);
    }
}
