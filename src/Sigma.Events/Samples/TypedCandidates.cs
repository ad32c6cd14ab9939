using System.Globalization;
using System.Net;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>Values of fields that are numbers, addresses or times, the likeliest first; whoever takes them has to try them.</summary>
internal static class TypedCandidates
{
    /// <summary>Addresses of the smallest of some networks, for an address must be in all of them.</summary>
    public static IEnumerable<FieldValue> Hosts(IReadOnlyList<Literal> wanted)
    {
        IPNetwork network = wanted.Select(literal => literal.Value).OfType<CidrValue>().MaxBy(value => value.Network.PrefixLength)!.Network;
        byte[] first = network.BaseAddress.GetAddressBytes();
        int free = (first.Length * 8) - network.PrefixLength;
        foreach (int host in (int[])[17, 5, 1, 9, 33, 66, 129, 200, 2, 6, 0, 3])
        {
            if (free < 8 && host >= 1 << free)
            {
                continue;
            }

            byte[] address = [.. first];
            address[^1] |= (byte)host;
            yield return FieldValue.OfText(new IPAddress(address).ToString());
        }

        for (int bit = 8; bit < Math.Min(free, 32); bit++)
        {
            byte[] address = [.. first];
            address[^1] |= 7;
            address[^(1 + (bit / 8))] |= (byte)(1 << (bit % 8));
            yield return FieldValue.OfText(new IPAddress(address).ToString());
        }
    }

    /// <summary>Numbers that are asked for, in several ways to write them; then those at the bounds, beside and between them.</summary>
    public static IEnumerable<FieldValue> Numbers(IReadOnlyList<Literal> literals)
    {
        Literal[] wanted = [.. literals.Where(literal => literal.Wanted)];
        NumberValue[] exact = [.. wanted.Where(literal => literal.Field is not null).Select(literal => literal.Value).OfType<NumberValue>()];
        if (exact.Length > 0)
        {
            return Spellings(exact[0].Text);
        }

        // Numbers that must not be are bounds too, where the nearest numbers are all among them.
        return Around([.. BoundsOf(wanted)]).Concat(Around([.. BoundsOf(literals)]));
    }

    private static IEnumerable<FieldValue> Spellings(string number)
    {
        string sign = number.StartsWith('-') ? "-" : "";
        string digits = number[sign.Length..];
        return ((string[])[sign + "0" + digits, number.Contains('.') ? number + "0" : number + ".0", number + "e0", number + "E0", "+" + number])
            .Select(FieldValue.OfText).Prepend(FieldValue.OfNumber(number));
    }

    private static IEnumerable<decimal> BoundsOf(IEnumerable<Literal> literals) => literals
        .Select(literal => literal.Value switch { CompareValue compare => compare.Number, NumberValue number when literal.Field is not null => number.Text, _ => null })
        .Select(text => text is not null && FieldSolver.TryNumber(text, out decimal number) ? number : (decimal?)null).OfType<decimal>().Distinct();

    private static IEnumerable<FieldValue> Around(decimal[] bounds)
    {
        foreach (decimal step in (decimal[])[0, 1, -1, 0.5m, -0.5m, 10, -10])
        {
            foreach (decimal bound in bounds)
            {
                decimal number;
                try
                {
                    number = bound + step;
                }
                catch (OverflowException)
                {
                    continue;
                }

                yield return FieldValue.OfNumber(number.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (bounds.Length > 0)
        {
            yield return FieldValue.OfNumber(((bounds.Min() / 2) + (bounds.Max() / 2)).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The calendar ends with this year.</summary>
    private const int LastYear = 9999;

    /// <summary>Times whose parts are asked for.</summary>
    public static IEnumerable<FieldValue> Times(Literal[] wanted, ValueAcceptance test)
    {
        TimePartValue[] parts = [.. wanted.Select(literal => literal.Value).OfType<TimePartValue>()];
        int[] years = [.. Near(TimePart.Year).Where(year => year is > 0 and <= LastYear).DefaultIfEmpty(2024)];
        int[] hours = [.. Near(TimePart.Hour).Where(hour => hour is >= 0 and < 24).DefaultIfEmpty(9)];
        int[] minutes = [.. Near(TimePart.Minute).Where(minute => minute is >= 0 and < 60).DefaultIfEmpty(30)];
        foreach (int year in years)
        {
            var start = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (int day = 0; day < (year < LastYear ? 366 : 365); day++)
            {
                foreach (int hour in hours)
                {
                    foreach (int minute in minutes)
                    {
                        DateTimeOffset time = start.AddDays(day).AddHours(hour).AddMinutes(minute);
                        FieldValue value = FieldValue.OfText(time.ToString(FieldSolver.TimeForm, CultureInfo.InvariantCulture));
                        if (Array.TrueForAll(wanted, literal => test.Accepts(literal.Value, value, _ => FieldValue.Absent)))
                        {
                            yield return value;
                        }
                    }
                }
            }
        }

        IEnumerable<int> Near(TimePart kind) => parts.Where(part => part.Part == kind)
            .SelectMany(part => FieldSolver.TryNumber(part.Number, out decimal number) ? [(int)number, (int)number + 1, (int)number - 1] : Array.Empty<int>());
    }
}
