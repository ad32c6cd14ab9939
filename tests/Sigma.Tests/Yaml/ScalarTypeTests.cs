using CsCheck;
using Sigma.Yaml;

namespace Sigma.Tests.Yaml;

/// <summary>Types of scalars by the core schema of YAML 1.2.2, section 10.3.2, and their canonical numbers.</summary>
public sealed class ScalarTypeTests
{
    [Theory]
    [InlineData("~", "Null")]
    [InlineData("null", "Null")]
    [InlineData("Null", "Null")]
    [InlineData("NULL", "Null")]
    [InlineData("nULL", "String")]
    [InlineData("true", "Boolean")]
    [InlineData("FALSE", "Boolean")]
    [InlineData("yes", "String")]
    [InlineData("off", "String")]
    [InlineData("0", "Number")]
    [InlineData("-12", "Number")]
    [InlineData("0x1F", "Number")]
    [InlineData("0xZZ", "String")]
    [InlineData("0o17", "Number")]
    [InlineData("0o8", "String")]
    [InlineData("1.", "Number")]
    [InlineData(".5", "Number")]
    [InlineData("-1.5e-3", "Number")]
    [InlineData("1e", "String")]
    [InlineData(".", "String")]
    [InlineData("-.inf", "Number")]
    [InlineData(".NaN", "Number")]
    [InlineData("-.nan", "String")]
    [InlineData("1_000", "String")]
    [InlineData("10.0.0.1", "String")]
    [InlineData("12:30:45", "String")]
    [InlineData("2026-11-24", "Date")]
    [InlineData("2026-11-24T10:00:00Z", "Date")]
    [InlineData("2026-1-4 10:00:00", "Date")]
    [InlineData("2026-1-4", "String")]
    [InlineData("2026-11-24 something", "String")]
    [InlineData("2026/11/24", "String")]
    public void A_plain_scalar_has_the_type_of_the_core_schema(string text, string type) =>
        ScalarType.Of((YamlScalar)((YamlMapping)Given.Yaml($"a: {text}\n").Root!)["a"]!).ToString().Should().Be(type);

    [Theory]
    [InlineData("'5'")]
    [InlineData("\"null\"")]
    [InlineData("|\n  true")]
    [InlineData("!!str 5")]
    [InlineData("! 5")]
    public void A_quoted_or_tagged_scalar_is_a_text(string text) =>
        ScalarType.Of((YamlScalar)((YamlMapping)Given.Yaml($"a: {text}\n").Root!)["a"]!).Should().Be(ScalarType.String);

    [Theory]
    [InlineData("0x1F", "31")]
    [InlineData("0xffffffffffffffff", "18446744073709551615")]
    [InlineData("0o17", "15")]
    [InlineData("007", "7")]
    [InlineData("+5", "5")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("-12.5e1", "-125")]
    [InlineData("1e3", "1000")]
    [InlineData("25e-3", "0.025")]
    [InlineData("1e-40", "0.0000000000000000000000000000000000000001")]
    [InlineData("123456789012345678901234567890.1", "123456789012345678901234567890.1")]
    [InlineData("1e5000", null)]
    [InlineData("1e99999999999", null)]
    [InlineData(".inf", null)]
    [InlineData(".nan", null)]
    public void A_number_has_one_canonical_form(string text, string? canonical) =>
        ScalarTypes.CanonicalNumber(text).Should().Be(canonical);

    [Fact]
    public void The_canonical_form_is_the_number_that_was_written() =>
        Gen.Select(Gen.Decimal[-1_000_000, 1_000_000], Gen.Int[-3, 3]).Sample((number, exponent) =>
        {
            decimal rounded = Math.Round(number, 6);
            string canonical = ScalarTypes.CanonicalNumber(FormattableString.Invariant($"{rounded}e{exponent}"))!;
            decimal expected = rounded;
            for (int i = 0; i < Math.Abs(exponent); i++)
            {
                expected = exponent > 0 ? expected * 10 : expected / 10;
            }

            decimal.Parse(canonical, System.Globalization.CultureInfo.InvariantCulture).Should().Be(expected);
        });
}
