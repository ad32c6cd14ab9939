using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Sigma.Yaml;

/// <summary>What a scalar stands for, by the core schema of YAML 1.2 (section 10.3.2).</summary>
internal enum ScalarType
{
    /// <summary>A text.</summary>
    String,

    /// <summary><c>null</c>, <c>~</c> or nothing.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole or decimal number.</summary>
    Number,

    /// <summary><c>2026-11-24</c>, with or without a time. YAML 1.1 tools read a date, so it is told apart from a text.</summary>
    Date,
}

/// <summary>Resolves scalars to types. Everything is a text to the YAML parser; quoted scalars always are.</summary>
internal static partial class ScalarTypes
{
    /// <summary>The longest number that is written out, in digits; no log has longer ones.</summary>
    private const int MaxDigits = 1000;

    extension(ScalarType)
    {
        /// <summary>Finds what a scalar stands for.</summary>
        public static ScalarType Of(YamlScalar scalar) =>
            scalar.Style is ScalarStyle.Plain ? OfPlain(scalar.Value) : ScalarType.String;
    }

    /// <summary>
    /// Reads a scalar where only a boolean can stand: <c>true</c> and <c>false</c>, and what YAML 1.1 takes for them, <c>yes</c>,
    /// <c>no</c>, <c>on</c> and <c>off</c>. Null for anything else, also for the same words in quotes.
    /// </summary>
    /// <param name="scalar">The scalar.</param>
    public static bool? Truth(YamlScalar scalar) => scalar.Style is not ScalarStyle.Plain ? null : scalar.Value switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    /// <summary>
    /// Writes a number in its one canonical form: no sign <c>+</c>, no leading zeros, no exponent, whole numbers without a
    /// fraction. Digit by digit, so that nothing is rounded.
    /// </summary>
    /// <param name="text">A plain scalar that <see cref="ScalarType.Number"/> was found for.</param>
    /// <returns>The canonical text; null for infinity, not-a-number and numbers too long to write out.</returns>
    public static string? CanonicalNumber(string text)
    {
        if (text.Length > MaxDigits)
        {
            return null;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString();
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return text.Skip(2).Aggregate(BigInteger.Zero, (octal, digit) => (octal * 8) + (digit - '0')).ToString();
        }

        bool negative = text[0] == '-';
        string unsigned = text.TrimStart('+', '-');
        int mark = unsigned.IndexOfAny(['e', 'E']);
        string mantissa = mark < 0 ? unsigned : unsigned[..mark];
        if (!char.IsAsciiDigit(mantissa[^1]) && mantissa[^1] != '.')
        {
            return null;
        }

        int exponent = 0;
        if (mark >= 0 && (!int.TryParse(unsigned[(mark + 1)..], CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > MaxDigits))
        {
            return null;
        }

        int point = mantissa.IndexOf('.');
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        int wholeDigits = (point < 0 ? digits.Length : point) + exponent;
        string padded = new string('0', Math.Max(0, 1 - wholeDigits)) + digits.PadRight(Math.Max(digits.Length, wholeDigits), '0');
        int split = Math.Max(1, wholeDigits);
        string whole = padded[..split].TrimStart('0');
        string fraction = padded[split..].TrimEnd('0');
        string number = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return negative && number != "0" ? "-" + number : number;
    }

    private static ScalarType OfPlain(string text)
    {
        if (text.Length == 0)
        {
            return ScalarType.Null;
        }

        char first = text[0];
        switch (first)
        {
            case '~' when text.Length == 1:
                return ScalarType.Null;
            case 'n' or 'N' when text is "null" or "Null" or "NULL":
                return ScalarType.Null;
            case 't' or 'T' when text is "true" or "True" or "TRUE":
                return ScalarType.Boolean;
            case 'f' or 'F' when text is "false" or "False" or "FALSE":
                return ScalarType.Boolean;
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                return IsNumber(text) ? ScalarType.Number : IsDate(text) ? ScalarType.Date : ScalarType.String;
            default:
                return ScalarType.String;
        }
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("0x"))
        {
            return text.Length > 2 && text[2..].IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
        }

        if (text.StartsWith("0o"))
        {
            return text.Length > 2 && text[2..].IndexOfAnyExcept("01234567") < 0;
        }

        if (text is ".nan" or ".NaN" or ".NAN")
        {
            return true;
        }

        if (text[0] is '+' or '-')
        {
            text = text[1..];
        }

        if (text is ".inf" or ".Inf" or ".INF")
        {
            return true;
        }

        int whole = Digits(text);
        if (whole > 1 && text[0] == '0')
        {
            // YAML 1.1 reads 0123 as octal, 1.2 as 123, and an author who writes 00000429 means neither: it stays a text.
            return false;
        }

        text = text[whole..];
        int fraction = 0;
        if (text.StartsWith("."))
        {
            fraction = Digits(text[1..]);
            text = text[(1 + fraction)..];
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (text.Length > 0 && text[0] is 'e' or 'E')
        {
            text = text[1..];
            if (text.Length > 0 && text[0] is '+' or '-')
            {
                text = text[1..];
            }

            return text.Length > 0 && Digits(text) == text.Length;
        }

        return text.Length == 0;
    }

    /// <summary><c>2026-11-24</c>, or a looser form with a time after it: the timestamp of YAML 1.1.</summary>
    private static bool IsDate(string text) => text.Length >= 8 && text[4] == '-' && Timestamp().IsMatch(text);

    [GeneratedRegex(@"\A[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
