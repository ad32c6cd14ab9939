using System.Globalization;

namespace Sigma.Matching;

/// <summary>A number by its value: exact as far as a decimal of 28 digits goes, else the nearest double.</summary>
internal readonly struct Number
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly decimal? exact;
    private readonly double near;

    private Number(decimal? exact, double near)
    {
        this.exact = exact;
        this.near = near;
    }

    /// <summary>Its value as a double, for sums.</summary>
    public double Value => near;

    /// <summary>Reads a decimal number; blanks, words and hexadecimal are none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Number number)
    {
        number = default;
        if (text.IsEmpty || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
        {
            return false;
        }

        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out double near) || !double.IsFinite(near))
        {
            return false;
        }

        number = new Number(decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal exact) ? exact : null, near);
        return true;
    }

    /// <summary>Whether two texts are numbers of one value.</summary>
    public static bool AreEqual(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        TryParse(a, out Number x) && TryParse(b, out Number y) && x.CompareTo(y) == 0;

    /// <summary>Compares the values.</summary>
    public int CompareTo(Number other) =>
        exact is { } a && other.exact is { } b ? decimal.Compare(a, b) : near.CompareTo(other.near);
}
