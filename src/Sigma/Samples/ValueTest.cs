using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Samples;

/// <summary>
/// Whether one value of a rule accepts one value of an event, for the many texts that are tried while a sample is made. The
/// finished sample is judged by the matcher, which shares nothing with this.
/// </summary>
internal sealed class ValueTest
{
    /// <summary>How long one expression may take on one text.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<RegexValue, Regex?> regexes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tests.</summary>
    /// <param name="value">The rule's value.</param>
    /// <param name="given">The event's value.</param>
    /// <param name="other">Gives the event's value of another field, for references.</param>
    /// <param name="keyword">Whether the value may stand anywhere in the text.</param>
    public bool Accepts(Value value, FieldValue given, Func<string, FieldValue> other, bool keyword = false) => value switch
    {
        NullValue => !given.IsPresent,
        ExistsValue exists => exists.Exists == given.IsPresent,
        _ when !given.IsPresent => false,
        StringValue text => Matches(text, given.Text, keyword),
        NumberValue number => keyword
            ? given.Text.Contains(number.Text, StringComparison.Ordinal)
            : TryNumber(given.Text, out decimal left) && TryNumber(number.Text, out decimal right) ? left == right : given.Text == number.Text,
        BooleanValue boolean => given.Text.Equals(boolean.Value ? "true" : "false", StringComparison.OrdinalIgnoreCase),
        RegexValue regex => Finds(regex, given.Text),
        CidrValue cidr => IPAddress.TryParse(given.Text, out IPAddress? address) && cidr.Network.Contains(address),
        CompareValue compare => TryNumber(given.Text, out decimal number) && Compares(number, compare.Comparison, compare.Number),
        TimePartValue part => TryTime(given.Text, out DateTimeOffset time) && Compares(PartOf(time, part.Part), part.Comparison, part.Number),
        FieldReferenceValue reference => other(reference.Field) is { IsPresent: true } wanted && Refers(reference, given.Text, wanted.Text),
        ExpansionValue several => several.Values.Any(one => Accepts(one, given, other, keyword)),
        _ => false,
    };

    /// <summary>Whether a Sigma string matches a text.</summary>
    /// <param name="value">The string.</param>
    /// <param name="text">The text.</param>
    /// <param name="anywhere">Whether it may stand anywhere in the text, as keywords do.</param>
    public static bool Matches(StringValue value, string text, bool anywhere = false)
    {
        if (anywhere)
        {
            return Matches(value with { Text = value.Text.WithLeadingWildcard().WithTrailingWildcard() }, text);
        }

        StringComparison comparison = value.Cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var parts = value.Text.Parts;

        // The usual way with one place to come back to: the last * and how much it took.
        int part = 0, at = 0, star = -1, starAt = 0;
        while (true)
        {
            if (part < parts.Length && parts[part].Kind is PartKind.Many)
            {
                (star, starAt) = (part++, at);
                continue;
            }

            if (part == parts.Length && at == text.Length)
            {
                return true;
            }

            int length = part == parts.Length ? 0 : parts[part].Kind is PartKind.One ? 1 : parts[part].Text.Length;
            bool fits = part < parts.Length && at + length <= text.Length
                && (parts[part].Kind is PartKind.One || text.AsSpan(at, length).Equals(parts[part].Text, comparison));
            if (fits)
            {
                part++;
                at += length;
            }
            else if (star >= 0 && starAt < text.Length)
            {
                at = ++starAt;
                part = star + 1;
            }
            else
            {
                return false;
            }
        }
    }

    /// <summary>Reads a number as rules and events write it.</summary>
    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether a number is on the right side of a bound.</summary>
    public static bool Compares(decimal number, Comparison comparison, string bound)
    {
        if (!TryNumber(bound, out decimal wanted))
        {
            return false;
        }

        return comparison switch
        {
            Comparison.Less => number < wanted,
            Comparison.LessOrEqual => number <= wanted,
            Comparison.Greater => number > wanted,
            Comparison.GreaterOrEqual => number >= wanted,
            Comparison.NotEqual => number != wanted,
            _ => number == wanted,
        };
    }

    /// <summary>The part of a date that a modifier takes; weeks are those of ISO 8601.</summary>
    public static int PartOf(DateTimeOffset time, TimePart part) => part switch
    {
        TimePart.Minute => time.Minute,
        TimePart.Hour => time.Hour,
        TimePart.Day => time.Day,
        TimePart.Week => ISOWeek.GetWeekOfYear(time.UtcDateTime),
        TimePart.Month => time.Month,
        _ => time.Year,
    };

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool Refers(FieldReferenceValue reference, string text, string wanted) => reference switch
    {
        { StartsWith: true, EndsWith: true } => text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        { StartsWith: true } => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        { EndsWith: true } => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(wanted, StringComparison.OrdinalIgnoreCase),
    };

    private bool Finds(RegexValue value, string text)
    {
        if (!regexes.TryGetValue(value, out Regex? regex))
        {
            regexes[value] = regex = Make(value);
        }

        try
        {
            return regex is not null && regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Make(RegexValue value)
    {
        if (value.Pattern.Literal is not { } text || !RegexPattern.TryParse(text, value.Flags, out RegexPattern? pattern, out _))
        {
            return null;
        }

        try
        {
            return RegexWriter.Write(pattern, RegexDialect.DotNet).Text is { } written
                ? new Regex(written, RegexOptions.CultureInvariant, Patience)
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
