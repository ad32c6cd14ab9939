using CsCheck;
using Sigma.RegularExpressions;

namespace Sigma.Tests.RegularExpressions;

public class RegexParserTests
{
    public static TheoryData<string, int, int, string> Mistakes => new()
    {
        { "a(b", 1, 1, "unclosed '('" },
        { "a(?:b", 1, 1, "unclosed '('" },
        { "a(?i", 1, 2, "unclosed '('" },
        { "ab)c", 2, 1, "unmatched ')'" },
        { "a|*b", 2, 1, "nothing to repeat before '*'" },
        { "a**", 2, 1, "nothing to repeat before '*'" },
        { "^+", 1, 1, "nothing to repeat before '+'" },
        { "{3}", 0, 3, "nothing to repeat before '{3}'" },
        { "a{3,2}", 1, 5, "repeat range out of order" },
        { "a{99999999999}", 1, 13, "repeat count too big" },
        { "x[abc", 1, 1, "unclosed character class" },
        { "x[]", 1, 1, "unclosed character class" },
        { "[z-a]", 1, 3, "range out of order: 'z-a'" },
        { @"[\d-z]", 1, 4, "a range needs a single character on both sides" },
        { "[[:foo:]]", 1, 7, "unknown POSIX class [:foo:]" },
        { "[:alpha:]", 0, 9, "[:alpha:] belongs inside a class" },
        { "[[.a.]]", 1, 5, "POSIX collating elements" },
        { @"a\y", 1, 2, @"unknown escape \y" },
        { @"\Images\", 0, 2, @"unknown escape \I" },
        { @"C:\Users\", 2, 2, @"\U needs 8 hexadecimal digits" },
        { @"a\", 1, 1, "a lone backslash at the end" },
        { @"\x{110000}", 0, 10, "there is no such Unicode character" },
        { @"\x{4", 0, 4, @"\x needs digits in braces" },
        { @"(a)\2", 3, 2, "there is no group 2" },
        { @"\k<n>", 0, 5, "there is no group named 'n'" },
        { "(?<n>a)(?<n>b)", 10, 1, "two groups are named 'n'" },
        { "(?<1>a)", 3, 1, "a group's name begins with a letter" },
        { "(?z)", 0, 3, "unknown group or option '(?z'" },
        { "(?#a", 0, 3, "unclosed comment" },
        { "(a)(?(1)b|c|d)", 3, 11, "a condition has at most two branches" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_shown_where_it_is(string text, int offset, int length, string message)
    {
        RegexPattern.TryParse(text, RegexFlags.None, out var pattern, out var error).Should().BeFalse();
        pattern.Should().BeNull();
        error!.Message.Should().StartWith(message);
        (error.Offset, error.Length).Should().Be((offset, length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a{,3}b{c}{d")]
    [InlineData("[]a][^]a][a-][--a][\\w-]")]
    [InlineData(@"\Qa*b\E+(?#note)c(?C1)")]
    [InlineData("(?x) a b # rest")]
    [InlineData(@"(?|(a)|(b))\1(?<n>c)\k<n>(?P=n)\g{-1}\g<n>(?&n)(?1)(?R)?")]
    [InlineData(@"(?(?=a)b|c)(d)(?(1)e)")]
    [InlineData(@"\x{41}\x41\x\0\012\cA\o{101}\u0041\N{U+41}\e\a")]
    [InlineData(@"\p{L}\PL\p{^Lu}[\p{L&}]")]
    [InlineData(@"(*UTF)a(*SKIP)(*FAIL)|b\K\R\X")]
    [InlineData("(?i-s:a)(?^m)b(?u)(?U)")]
    public void What_PCRE_or_Python_compiles_parses(string text)
    {
        RegexPattern.TryParse(text, RegexFlags.None, out _, out var error).Should().BeTrue(error?.Message);
    }

    [Fact]
    public void Parts_know_their_place_and_the_flags_that_hold_there()
    {
        var root = (RegexSequence)Read("a(?i)b(?-i:c)[d]").Root;
        root.Items.Select(item => (item.Offset, item.Length)).Should().Equal((0, 1), (1, 4), (5, 1), (6, 7), (13, 3));
        ((RegexLiteral)root.Items[0]).Flags.Should().Be(RegexFlags.None);
        ((RegexLiteral)root.Items[2]).Flags.Should().Be(RegexFlags.IgnoreCase);
        ((RegexLiteral)((RegexGroup)root.Items[3]).Body).Flags.Should().Be(RegexFlags.None);
        ((RegexCharacterClass)root.Items[4]).Flags.Should().Be(RegexFlags.IgnoreCase);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        RegexPattern.TryParse(new string('(', 250) + new string(')', 250), RegexFlags.None, out _, out _).Should().BeTrue();
        RegexPattern.TryParse(new string('(', 100_000), RegexFlags.None, out _, out var error).Should().BeFalse();
        error!.Message.Should().Be("parentheses nested more than 250 deep");
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData(@"\d+[^\\]", false)]
    [InlineData("(?i)abc", false)]
    [InlineData("[a-f]", true)]
    [InlineData("[%-~]", false)]
    [InlineData("é", true)]
    public void Cased_letters_are_found(string text, bool expected) => Read(text).HasCasedLetters.Should().Be(expected);

    [Theory]
    [InlineData("", true)]
    [InlineData(".*", true)]
    [InlineData("a?|b", true)]
    [InlineData("^.*", true)]
    [InlineData("^.*$", false)]
    [InlineData(".+", false)]
    [InlineData("(?=a)", false)]
    public void Patterns_that_match_everything_are_found(string text, bool expected) => Read(text).MatchesEverything.Should().Be(expected);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void No_text_makes_anything_throw()
    {
        string[] pieces =
        [
            "(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "^", "$", ".", "\\", "-", ":", "<", ">", "=", "!", "'", "#", "&", ",", "P", "R", "C",
            "Q", "E", "x", "i", "k", "g", "p", "N", "u", "U", "o", "b", "B", "A", "z", "1", "0", "n", "\n", " ", "\uD83D", "\uDE00",
            "é", "(?", "(?<n>", "(*", "[[:alpha:]", "[^", "\\Q", "\\E", "\\x{", "(?x)", "(?i)", "(?|", "{,2}", "{1,2}",
        ];
        var text = Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 24].Select(string.Concat);
        Gen.OneOf(Gen.String, text).Sample(Translate, iter: Iterations.Of(8_000));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("[[:")]
    [InlineData("(?#)")]
    [InlineData("(^)")]
    [InlineData("a?")]
    [InlineData("[^")]
    [InlineData("\\Q")]
    [InlineData("{1")]
    [InlineData(".*")]
    [InlineData("|^")]
    [InlineData("[a-b\\x{100}-\\x{ffff}]")]
    public void Long_patterns_neither_overflow_nor_run_away(string part) =>
        Translate(string.Concat(Enumerable.Repeat(part, 6_000 / part.Length)));

    internal static RegexPattern Read(string text, RegexFlags flags = RegexFlags.None)
    {
        RegexPattern.TryParse(text, flags, out var pattern, out var error).Should().BeTrue(error?.Message ?? string.Empty);
        return pattern!;
    }

    private static void Translate(string text)
    {
        if (!RegexPattern.TryParse(text, RegexFlags.IgnoreCase, out var pattern, out var error))
        {
            (error.Offset + error.Length).Should().BeLessThanOrEqualTo(text.Length);
            return;
        }

        foreach (var dialect in Enum.GetValues<RegexDialect>())
        {
            RegexWriter.Write(pattern, dialect);
        }

        _ = (pattern.HasCasedLetters, pattern.MatchesEverything, RegexText.Widen(pattern, true, true));
    }
}
