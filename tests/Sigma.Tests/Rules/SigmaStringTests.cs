using CsCheck;
using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>Escaping, as the specification 2.1 has it ("Escaping"): only <c>\</c>, <c>*</c> and <c>?</c> can be escaped.</summary>
public sealed class SigmaStringTests
{
    private static readonly Gen<string> Written =
        Gen.OneOf(Gen.OneOf('\\', '\\', '*', '?', 'a', '%'), Gen.Char).Array[0, 12].Select(c => new string(c));

    [Theory]
    [InlineData(@"\x", @"\x")]
    [InlineData(@"\\x", @"\x")]
    [InlineData(@"\\\x", @"\\x")]
    [InlineData(@"\\\\x", @"\\x")]
    [InlineData(@"\*", "*")]
    [InlineData(@"\?", "?")]
    [InlineData(@"\\\*", @"\*")]
    [InlineData(@"x\", @"x\")]
    [InlineData(@"x\\", @"x\")]
    [InlineData("", "")]
    [InlineData("50%", "50%")]
    public void A_text_without_wildcards_stands_for_these_characters(string written, string literal) =>
        SigmaString.Parse(written).Literal.Should().Be(literal);

    [Theory]
    [InlineData("*", "Many")]
    [InlineData("a*b?c", "a|Many|b|One|c")]
    [InlineData(@"\\*", @"\|Many")]
    [InlineData(@"\\\\*", @"\\|Many")]
    [InlineData(@"\\\\\*", @"\\*")]
    [InlineData("**", "Many|Many")]
    [InlineData(@"a\*b*", "a*b|Many")]
    public void Wildcards_are_told_from_escaped_characters(string written, string parts) =>
        string.Join('|', SigmaString.Parse(written).Parts.Select(p => p.Kind is PartKind.Literal ? p.Text : p.Kind.ToString())).Should().Be(parts);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void What_is_printed_reads_as_the_same_string() => Written.Sample(
        written =>
        {
            SigmaString parsed = SigmaString.Parse(written);
            string printed = parsed.ToString();
            SigmaString.Parse(printed).Should().Be(parsed);
            SigmaString.Parse(printed).ToString().Should().Be(printed);
        },
        iter: 10_000);

    [Fact]
    public void A_literal_survives_printing_whatever_its_characters() => Written.Sample(
        characters => SigmaString.Parse(SigmaString.OfLiteral(characters).ToString()).Literal.Should().Be(characters),
        iter: 10_000);

    [Fact]
    public void Neighbouring_literals_are_one_part_so_equal_strings_are_equal()
    {
        SigmaString.Of([new StringPart(PartKind.Literal, "a"), new StringPart(PartKind.Literal, ""), new StringPart(PartKind.Literal, "b")])
            .Should().Be(SigmaString.OfLiteral("ab"));
    }

    [Fact]
    public void A_wildcard_is_added_once()
    {
        SigmaString.Parse("*a*").WithLeadingWildcard().WithTrailingWildcard().ToString().Should().Be("*a*");
        SigmaString.Parse("?a").WithLeadingWildcard().ToString().Should().Be("*?a");
        SigmaString.Parse(@"a\*").WithTrailingWildcard().ToString().Should().Be(@"a\**");
        SigmaString.Parse(@"a\").WithTrailingWildcard().ToString().Should().Be(@"a\\*");
    }

    [Theory]
    [InlineData("", "*")]
    [InlineData("*", "*")]
    [InlineData("a", "*a*")]
    [InlineData("*a", "*a*")]
    [InlineData("a*", "*a*")]
    [InlineData("*a*", "*a*")]
    [InlineData("?a?", "*?a?*")]
    [InlineData(@"\*a\*", @"*\*a\**")]
    public void Both_sides_get_a_wildcard_unless_there_is_one(string written, string open) => SigmaString.Parse(written).WithWildcards().Should().Be(SigmaString.Parse(open));
}
