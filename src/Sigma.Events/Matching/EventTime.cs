using System.Globalization;

namespace Sigma.Events.Matching;

/// <summary>Reads the times that events say.</summary>
internal static class EventTime
{
    /// <summary>The greatest distance from UTC, in minutes, that <see cref="DateTimeOffset"/> has.</summary>
    private const int MostOffset = 14 * 60;

    /// <summary>The fields that say when an event happened, the surest first.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "@timestamp", "UtcTime", "TimeCreated_SystemTime", "SystemTime", "TimeCreated", "EventTime", "eventTime", "timestamp", "_time", "time", "ts", "date",
    ];

    /// <summary>
    /// Reads a time: ISO 8601 with <c>T</c> or a blank, seconds or milliseconds since 1970, <c>/Date(…)/</c>, or any form that
    /// .NET reads in no language. Without a time zone it is UTC.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, in the zone that the text says.</param>
    /// <returns>Whether it is a time.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < 8 or > 64)
        {
            return false;
        }

        if (text.StartsWith("/Date(") && text.EndsWith(")/"))
        {
            text = text[6..^2];
        }

        if (text.IndexOfAnyExcept("0123456789.") < 0 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double since))
        {
            return TryFromEpoch(since, out time);
        }

        return TryParseIso(text, out time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out time);
    }

    private static bool TryFromEpoch(double since, out DateTimeOffset time)
    {
        time = default;
        double seconds = since switch
        {
            < 1e8 => double.NaN,
            < 1e11 => since,
            < 1e14 => since / 1e3,
            < 1e17 => since / 1e6,
            _ => since / 1e9,
        };
        if (double.IsNaN(seconds) || seconds > 253_402_300_799)
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary><c>2025-11-27T07:40:10.165324Z</c>, with a blank for the T, any number of decimals, and Z, an offset or nothing.</summary>
    private static bool TryParseIso(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or ' ' or 't') || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)
            || !Digits(text[11..13], out int hour) || !Digits(text[14..16], out int minute) || !Digits(text[17..19], out int second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[19..];
        long ticks = 0;
        if (rest is ['.' or ',', ..])
        {
            long unit = TimeSpan.TicksPerSecond;
            rest = rest[1..];
            while (rest is [>= '0' and <= '9', ..])
            {
                unit /= 10;
                ticks += unit * (rest[0] - '0');
                rest = rest[1..];
            }
        }

        if (!TryParseZone(rest.TrimStart(' '), out TimeSpan offset))
        {
            return false;
        }

        // A leap second counts as the one before it.
        var local = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified);
        long utc = local.Ticks + ticks - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(local.AddTicks(ticks), offset);
        return true;
    }

    private static bool TryParseZone(ReadOnlySpan<char> zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone.IsEmpty || zone is "Z" or "z" or "UTC")
        {
            return true;
        }

        if (zone[0] is not ('+' or '-') || zone.Length is not (3 or 5 or 6) || (zone.Length == 6 && zone[3] != ':') || !Digits(zone[1..3], out int hours))
        {
            return false;
        }

        int minutes = 0;
        if ((zone.Length > 3 && !Digits(zone[^2..], out minutes)) || minutes > 59 || (hours * 60) + minutes > MostOffset)
        {
            return false;
        }

        offset = TimeSpan.FromMinutes(((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1));
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
