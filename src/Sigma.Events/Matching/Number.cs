using System.Globalization;

namespace Sigma.Events.Matching;

/// <summary>A number by its value. Two are compared digit by digit, whatever their size, so nothing is rounded.</summary>
internal readonly struct Number
{
    /// <summary>So many digits fit into a decimal, which is quicker than their text.</summary>
    private const int SmallDigits = 28;

    /// <summary>An exponent further from 0 counts as this one.</summary>
    private const long FarthestExponent = 1_000_000_000_000_000_000;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly decimal small;

    /// <summary>The digits from the first to the last that is not 0; null if the decimal holds the value.</summary>
    private readonly string? digits;
    private readonly long exponent;
    private readonly bool negative;

    private Number(decimal small) => this.small = small;

    private Number(bool negative, string digits, long exponent)
    {
        this.negative = negative;
        this.digits = digits;
        this.exponent = exponent;
    }

    /// <summary>The nearest double, for sums; the largest or smallest if it is out of range.</summary>
    public double Value
    {
        get
        {
            string text = digits is null ? small.ToString(CultureInfo.InvariantCulture) : $"{(negative ? "-" : "")}{digits[0]}.{digits.AsSpan(1)}e{exponent}";
            double value = double.Parse(text, Style, CultureInfo.InvariantCulture);
            return Math.Clamp(value, double.MinValue, double.MaxValue);
        }
    }

    /// <summary>Reads a decimal number; blanks, words and hexadecimal are none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Number number)
    {
        number = default;
        int at = text is ['+' or '-', ..] ? 1 : 0;
        int count = 0;
        int point = -1;
        int first = -1;
        int last = -1;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (char.IsAsciiDigit(c))
            {
                count++;
                if (c != '0')
                {
                    first = first < 0 ? at : first;
                    last = at;
                }
            }
            else if (c == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        int end = at;
        long exponent = 0;
        if (count == 0 || (end < text.Length && (text[end] is not ('e' or 'E') || !TryParseExponent(text[(end + 1)..], out exponent))))
        {
            return false;
        }

        if (first < 0)
        {
            return true;
        }

        int whole = point < 0 ? end : point;
        long leading = whole - first - (first < whole ? 1 : 0) + exponent;
        bool across = point > first && point < last;
        int significant = last - first + 1 - (across ? 1 : 0);
        if (significant <= SmallDigits && leading < SmallDigits && leading - significant + 1 >= -SmallDigits
            && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal small))
        {
            number = new Number(small);
            return true;
        }

        string digits = across ? string.Concat(text[first..point], text[(point + 1)..(last + 1)]) : text[first..(last + 1)].ToString();
        number = new Number(text[0] == '-', digits, leading);
        return true;
    }

    /// <summary>A text that is equal for numbers of one value, and for no others.</summary>
    public string Key => Sign == 0 ? "0" : $"{Sign} {Written()}";

    /// <summary>The sign (-1, 0 or 1), the digits that are not leading or trailing zeros, and the power of ten of the first of them.</summary>
    public (int Sign, string Digits, long Exponent) Parts
    {
        get
        {
            (string written, long power) = Sign == 0 ? ("", 0) : Written();
            return (Sign, written, power);
        }
    }

    /// <summary>Whether two texts are numbers of one value.</summary>
    public static bool AreEqual(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        TryParse(a, out Number x) && TryParse(b, out Number y) && x.CompareTo(y) == 0;

    /// <summary>Compares the values.</summary>
    public int CompareTo(Number other)
    {
        if (digits is null && other.digits is null)
        {
            return decimal.Compare(small, other.small);
        }

        // One of the two is beyond what a decimal holds: another sign, another size, or else digit by digit.
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        (string mine, long size) = Written();
        (string theirs, long otherSize) = other.Written();
        int magnitude = size != otherSize ? size.CompareTo(otherSize) : string.CompareOrdinal(mine, theirs);
        return Sign * magnitude;
    }

    private int Sign => digits is null ? Math.Sign(small) : negative ? -1 : 1;

    /// <summary>The digits that are not leading or trailing zeros, and the power of ten of the first of them.</summary>
    private (string Digits, long Exponent) Written()
    {
        if (digits is not null)
        {
            return (digits, exponent);
        }

        string text = Math.Abs(small).ToString(CultureInfo.InvariantCulture);
        int point = text.IndexOf('.');
        int whole = point < 0 ? text.Length : point;
        int first = text.AsSpan().IndexOfAnyExcept('0', '.');
        return (text.Replace(".", "", StringComparison.Ordinal).Trim('0'), whole - first - (first < whole ? 1 : 0));
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        bool negative = text is ['-', ..];
        text = text is ['+' or '-', ..] ? text[1..] : text;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            // Cut off before it is multiplied: ten times the farthest one is more than a long holds.
            exponent = exponent >= FarthestExponent / 10 ? FarthestExponent : (exponent * 10) + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return text.Length > 0;
    }
}
