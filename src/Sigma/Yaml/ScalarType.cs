using System.Globalization;
using System.Numerics;

namespace Sigma.Yaml;

/// <summary>What a scalar stands for, by the core schema of YAML 1.2 (section 10.3.2).</summary>
public enum ScalarType
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
public static class ScalarTypes
{
    extension(ScalarType)
    {
        /// <summary>Finds what a scalar stands for.</summary>
        public static ScalarType Of(YamlScalar scalar) =>
            scalar.Style is ScalarStyle.Plain ? OfPlain(scalar.Value) : ScalarType.String;
    }

    /// <summary>Writes a number in its one canonical form: no sign <c>+</c>, no leading zeros, whole numbers without a fraction.</summary>
    /// <param name="text">A plain scalar that <see cref="ScalarType.Number"/> was found for.</param>
    /// <returns>The canonical text; null for infinity, not-a-number and numbers too large to write out.</returns>
    public static string? CanonicalNumber(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return BigInteger.Parse("0" + text.AsSpan(2).ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString();
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            BigInteger octal = BigInteger.Zero;
            foreach (char digit in text.AsSpan(2))
            {
                octal = (octal * 8) + (digit - '0');
            }

            return octal.ToString();
        }

        if (text.AsSpan().IndexOfAny(".eEiInN") < 0)
        {
            return BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString();
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return null;
        }

        string plain = number.ToString(CultureInfo.InvariantCulture);
        return plain.Contains('.') ? plain.TrimEnd('0').TrimEnd('.') is "-0" or "" ? "0" : plain.TrimEnd('0').TrimEnd('.') : plain;
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

        if (text[0] is '+' or '-')
        {
            text = text[1..];
        }

        if (text is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN")
        {
            return true;
        }

        int whole = Digits(text);
        if (whole > 1 && text[0] == '0')
        {
            // YAML 1.1 reads 0123 as octal, 1.2 as 123, and who writes 00000429 means neither: it stays a text.
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

    /// <summary><c>YYYY-M-D</c>, alone or followed by a time: the timestamp of YAML 1.1.</summary>
    private static bool IsDate(ReadOnlySpan<char> text)
    {
        if (Digits(text) != 4 || text.Length < 8 || text[4] != '-')
        {
            return false;
        }

        text = text[5..];
        int month = Digits(text);
        if (month is < 1 or > 2 || text.Length <= month || text[month] != '-')
        {
            return false;
        }

        text = text[(month + 1)..];
        int day = Digits(text);
        return day is 1 or 2 && (text.Length == day || (text[day] is 'T' or 't' or ' ' && Digits(text[(day + 1)..]) is 1 or 2));
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
