using System.Globalization;
using System.Net;
using Sigma.Events.Matching;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>Values that are nearly, but not quite, what a test asks for.</summary>
internal static class NearMissValues
{
    /// <summary>Lists values, the nearest first.</summary>
    /// <param name="literal">The test, which the value of now passes.</param>
    /// <param name="value">The value of now.</param>
    /// <param name="solver">Tests values, and knows fillers.</param>
    /// <param name="field">The field.</param>
    /// <param name="other">Gives the values of other fields.</param>
    /// <returns>What kind of change it is, the value, and the change in words.</returns>
    public static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Of(
        Literal literal, FieldValue value, FieldSolver solver, string field, Func<string, FieldValue> other)
    {
        IEnumerable<(SampleKind Kind, FieldValue Value, string What)> ways = literal.Value switch
        {
            StringValue text => Text(text, value.Text, literal.Field is null),
            RegexValue regex => Regex(regex, value.Text),
            NumberValue when literal.Field is null => Changed(value.Text, 0, value.Text.Length),
            NumberValue => Number(value.Text).Select(near => (SampleKind.OtherValue, near.Value, $"{near.Value.Text} instead of {value.Text}")),
            CompareValue => Number(value.Text),
            BooleanValue boolean => [(SampleKind.OtherValue, value.Kind is FieldKind.Boolean ? FieldValue.OfBoolean(!boolean.Value) : FieldValue.OfText(boolean.Value ? "false" : "true"), "the opposite")],
            CidrValue cidr => Network(cidr.Network),
            TimePartValue => Time(value.Text),
            FieldReferenceValue => Changed(value.Text, 0, value.Text.Length),
            NullValue or ExistsValue { Exists: false } => solver.Fillers(field, other).Select(filler => (SampleKind.UnwantedField, filler, "the field is there")),
            _ => [],
        };
        foreach ((SampleKind kind, FieldValue changed, string what) in ways)
        {
            if (!solver.Test.Accepts(literal.Value, changed, other, literal.Field is null))
            {
                yield return (kind, changed, what);
            }
        }

        if (value.IsPresent)
        {
            yield return (SampleKind.MissingField, FieldValue.Absent, "the field is missing");
        }
    }

    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Text(StringValue wanted, string text, bool anywhere)
    {
        foreach ((int from, int length) in Literals(wanted, text))
        {
            foreach (var change in Changed(text, from, length))
            {
                yield return change;
            }
        }

        if (!anywhere && wanted.Text.Parts is not [.., { Kind: PartKind.Many }])
        {
            yield return (SampleKind.ExtraCharacter, FieldValue.OfText(text + "x"), "a character follows");
            yield return (SampleKind.ExtraCharacter, FieldValue.OfText(text + "1"), "a character follows");
        }

        if (!anywhere && wanted.Text.Parts is not [{ Kind: PartKind.Many }, ..])
        {
            yield return (SampleKind.ExtraCharacter, FieldValue.OfText("x" + text), "a character precedes");
            yield return (SampleKind.ExtraCharacter, FieldValue.OfText("1" + text), "a character precedes");
        }

        if (wanted.Cased)
        {
            foreach (var change in Recased(text))
            {
                yield return change;
            }
        }
        else if (text.Length == 0)
        {
            yield return (SampleKind.OtherValue, FieldValue.OfText("x"), "not empty");
        }
    }

    /// <summary>Where the literal parts of a string stand in a text that it matches, the longest first.</summary>
    private static IEnumerable<(int From, int Length)> Literals(StringValue wanted, string text)
    {
        StringComparison comparison = wanted.Cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        foreach (StringPart part in wanted.Text.Parts.Where(part => part.Kind is PartKind.Literal).OrderByDescending(part => part.Text.Length))
        {
            int at = text.LastIndexOf(part.Text, comparison);
            if (at >= 0)
            {
                yield return (at, part.Text.Length);
            }
        }
    }

    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Regex(RegexValue regex, string text)
    {
        foreach (var change in Changed(text, 0, text.Length))
        {
            yield return change;
        }

        if (!regex.Flags.HasFlag(RegexFlags.IgnoreCase))
        {
            foreach (var change in Recased(text))
            {
                yield return change;
            }
        }

        yield return (SampleKind.ExtraCharacter, FieldValue.OfText(text + "\u00e4"), "a character follows");
        yield return (SampleKind.ExtraCharacter, FieldValue.OfText("\u00e4" + text), "a character precedes");
        for (int length = text.Length - 1; length >= 0 && length > text.Length - 12; length--)
        {
            if (!char.IsLowSurrogate(text[length]))
            {
                yield return (SampleKind.OtherValue, FieldValue.OfText(text[..length]), "the end is missing");
            }
        }

        yield return (SampleKind.OtherValue, FieldValue.OfText("q"), "something else");
        yield return (SampleKind.OtherValue, FieldValue.OfText(""), "empty");
        yield return (SampleKind.OtherValue, FieldValue.OfText(new string('q', text.Length + 40)), "something else");
    }

    /// <summary>One character changed: one in the middle of a word first, where it is least likely to be by the way.</summary>
    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Changed(string text, int from, int length)
    {
        IEnumerable<int> places = Enumerable.Range(from, length).Where(at => !char.IsLowSurrogate(text[at])).OrderBy(at => char.IsLetterOrDigit(text[at]) ? 0 : 1).ThenBy(at => Math.Abs((2 * at) - (2 * from) - length));
        foreach (int at in places.Take(12))
        {
            char now = text[at];
            int behind = at + (char.IsHighSurrogate(now) && at + 1 < text.Length ? 2 : 1);
            string others = char.IsDigit(now) ? "7305" : char.IsUpper(now) ? "XQZ" : char.IsLetter(now) ? "xqz" : "_x~";
            foreach (char c in others)
            {
                if (char.ToLowerInvariant(c) != char.ToLowerInvariant(now))
                {
                    yield return (SampleKind.ChangedCharacter, FieldValue.OfText($"{text.AsSpan(0, at)}{c}{text.AsSpan(behind)}"), $"'{c}' instead of '{text[at..behind]}'");
                    break;
                }
            }
        }
    }

    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Recased(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            char other = char.IsUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at]);
            if (other != text[at])
            {
                yield return (SampleKind.ChangedCase, FieldValue.OfText($"{text.AsSpan(0, at)}{other}{text.AsSpan(at + 1)}"), $"'{other}' instead of '{text[at]}'");
            }
        }
    }

    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Number(string text)
    {
        if (!FieldSolver.TryNumber(text, out decimal number))
        {
            yield break;
        }

        foreach (decimal step in (decimal[])[1, -1, 10, -10, 1000, -1000])
        {
            if (number + step >= 0 || number < 0)
            {
                yield return (SampleKind.OutsideRange, FieldValue.OfNumber((number + step).ToString(CultureInfo.InvariantCulture)), "just outside");
            }
        }

        yield return (SampleKind.OutsideRange, FieldValue.OfNumber((number - 1).ToString(CultureInfo.InvariantCulture)), "just outside");
    }

    /// <summary>The addresses right before and behind a network.</summary>
    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Network(IPNetwork network)
    {
        byte[] first = network.BaseAddress.GetAddressBytes();
        byte[] last = [.. first];
        for (int bit = network.PrefixLength; bit < last.Length * 8; bit++)
        {
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        if (Step(last, 1) is { } behind)
        {
            yield return (SampleKind.OutsideRange, FieldValue.OfText(behind.ToString()), "the address behind the network");
        }

        if (Step(first, -1) is { } before)
        {
            yield return (SampleKind.OutsideRange, FieldValue.OfText(before.ToString()), "the address before the network");
        }

        static IPAddress? Step(byte[] from, int by)
        {
            byte[] address = [.. from];
            for (int i = address.Length - 1; i >= 0; i--)
            {
                address[i] = (byte)(address[i] + by);
                if (address[i] != (by > 0 ? 0 : 255))
                {
                    return new IPAddress(address);
                }
            }

            return null;
        }
    }

    private static IEnumerable<(SampleKind Kind, FieldValue Value, string What)> Time(string text)
    {
        if (!EventTime.TryParse(text, out DateTimeOffset time))
        {
            yield break;
        }

        foreach (Func<DateTimeOffset, DateTimeOffset> shift in Shifts)
        {
            if (Shifted(time, shift) is { } near)
            {
                yield return (SampleKind.OutsideRange, FieldValue.OfText(near.ToString(FieldSolver.TimeForm, CultureInfo.InvariantCulture)), "just outside");
            }
        }
    }

    private static readonly Func<DateTimeOffset, DateTimeOffset>[] Shifts =
    [
        time => time.AddMinutes(1), time => time.AddMinutes(-1), time => time.AddHours(1), time => time.AddHours(-1), time => time.AddHours(12),
        time => time.AddDays(1), time => time.AddDays(-1), time => time.AddDays(7), time => time.AddDays(31), time => time.AddYears(1), time => time.AddYears(-1),
    ];

    /// <summary>Another time; null beyond the ends of the calendar.</summary>
    private static DateTimeOffset? Shifted(DateTimeOffset time, Func<DateTimeOffset, DateTimeOffset> shift)
    {
        try
        {
            return shift(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
