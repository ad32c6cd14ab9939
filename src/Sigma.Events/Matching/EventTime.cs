using System.Globalization;

namespace Sigma.Events.Matching;

/// <summary>Reads the times that events say.</summary>
internal static class EventTime
{
    /// <summary>The greatest distance from UTC, in minutes, that <see cref="DateTimeOffset"/> has.</summary>
    private const int MostOffset = 14 * 60;

    /// <summary>What <c>2026-03-02</c> has; and seconds since 1970 have nine digits at least.</summary>
    private const int DayLength = 10;
    private const int ShortestDate = 9;

    /// <summary>What <c>20260302080000</c> has. As milliseconds since 1970, such digits would be a time from the year 2594 on.</summary>
    private const int CompactLength = 14;
    private const int FirstYear = 1970;
    private const int LastYear = 2099;

    /// <summary>The fields that say when an event happened, the surest first.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "@timestamp", "UtcTime", "TimeCreated_SystemTime", "SystemTime", "TimeCreated", "EventTime", "eventTime", "timestamp", "_time", "time", "ts", "TimeGenerated", "date",
    ];

    /// <summary>
    /// Reads a time: ISO 8601 (<c>2025-11-27T07:40:10.165324Z</c>, also with a blank for the T, with slashes, without seconds, or the day alone), seconds or
    /// parts of seconds since 1970, <c>20260302080000</c>, <c>/Date(…)/</c>, or a form that names the month (<see cref="NamedMonth"/>). Without a time zone it is UTC.
    /// A time of a day is none, and neither is a form in which the day may be the month.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, in the zone that the text says.</param>
    /// <returns>Whether it is a time.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        text = text.Trim(' ');
        if (text.Length is < ShortestDate or > 64)
        {
            return false;
        }

        if (text.StartsWith("/Date(") && text.EndsWith(")/"))
        {
            text = text[6..^2];
        }
        else if (text.Length == CompactLength && TryParseCompact(text, out time))
        {
            return true;
        }

        if (text.IndexOfAnyExcept("0123456789.") < 0 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double since))
        {
            return TryFromEpoch(since, out time);
        }

        return TryParseDay(text, out DateTime day) ? TryParseClock(day, text[DayLength..], out time) : NamedMonth.TryParse(text, out time);
    }

    /// <summary>Reads the time of a log that has the day, the time of the day and the zone in a field each.</summary>
    /// <param name="date">The day, <c>2026-03-02</c>.</param>
    /// <param name="clock">The time of the day, <c>08:00:00.123</c>, with or without a zone.</param>
    /// <param name="zone">The zone as a distance from UTC. What is none, such as the name of a place, counts as UTC.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether they are one.</returns>
    public static bool TryJoin(ReadOnlySpan<char> date, ReadOnlySpan<char> clock, ReadOnlySpan<char> zone, out DateTimeOffset time)
    {
        time = default;
        if (date.Trim(' ') is not { Length: DayLength } only || !TryParseDay(only, out DateTime day)
            || !TryParseSeconds(clock.Trim(' '), out long ticks, out ReadOnlySpan<char> rest) || !TryParseZone(rest, out TimeSpan offset))
        {
            return false;
        }

        if (rest.IsEmpty && TryParseZone(zone.Trim(' '), out TimeSpan said))
        {
            offset = said;
        }

        return TryMake(day, ticks, offset, out time);
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

    /// <summary>The digits of a day and a time of the day, <c>yyyyMMddHHmmss</c>, in UTC.</summary>
    private static bool TryParseCompact(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (!Digits(text[..4], out int year) || !Digits(text[4..6], out int month) || !Digits(text[6..8], out int day)
            || !Digits(text[8..10], out int hour) || !Digits(text[10..12], out int minute) || !Digits(text[12..], out int second)
            || year is < FirstYear or > LastYear || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool TryParseDay(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (text.Length < DayLength || text[4] is not ('-' or '/') || text[7] != text[4]
            || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>What follows the day: nothing, or a T or blank, the time of the day and the zone.</summary>
    private static bool TryParseClock(DateTime day, ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        return text.IsEmpty
            ? TryMake(day, 0, TimeSpan.Zero, out time)
            : text[0] is 'T' or ' ' or 't'
                && TryParseSeconds(text[1..], out long ticks, out ReadOnlySpan<char> zone)
                && TryParseZone(zone, out TimeSpan offset)
                && TryMake(day, ticks, offset, out time);
    }

    /// <summary><c>07:40</c> or <c>07:40:10.165324</c>, with any number of decimals.</summary>
    private static bool TryParseSeconds(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out int hour) || !Digits(text[3..5], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        int second = 0;
        rest = text[5..];
        if (rest is [':', _, _, ..])
        {
            if (!Digits(rest[1..3], out second) || second > 60)
            {
                return false;
            }

            rest = rest[3..];
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
        }

        // A leap second counts as the one before it.
        ticks += ((((hour * 60L) + minute) * 60) + Math.Min(second, 59)) * TimeSpan.TicksPerSecond;
        rest = rest.TrimStart(' ');
        return true;
    }

    private static bool TryMake(DateTime day, long ticks, TimeSpan offset, out DateTimeOffset time)
    {
        time = default;
        long utc = day.Ticks + ticks - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(day.AddTicks(ticks), offset);
        return true;
    }

    private static bool TryParseZone(ReadOnlySpan<char> zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone.IsEmpty || zone is "Z" or "z" or "UTC" or "GMT")
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
