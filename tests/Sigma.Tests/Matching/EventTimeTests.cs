using System.Globalization;
using CsCheck;
using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>A time is read as .NET reads it, or as seconds since 1970, and what is no time is none.</summary>
public sealed class EventTimeTests
{
    /// <summary>All ticks that a time can have, in zones of whole minutes.</summary>
    /// <summary>14 digits are a date where they can be one from 1970 to 2099, else a number of milliseconds.</summary>
    [Theory]
    [InlineData("20260302080000", "2026-03-02T08:00:00Z")]
    [InlineData("19700101000000", "1970-01-01T00:00:00Z")]
    [InlineData("20991231235959", "2099-12-31T23:59:59Z")]
    [InlineData("20240229120000", "2024-02-29T12:00:00Z")]
    [InlineData("20260230080000", "2612-01-09T09:41:20Z")]
    [InlineData("10000000000000", "2286-11-20T17:46:40Z")]
    [InlineData("1772438400000", "2026-03-02T08:00:00Z")]
    [InlineData("/Date(20260302080000)/", "2612-01-10T05:41:20Z")]
    public void Fourteen_digits_are_a_date_where_they_can_be_one(string text, string expected)
    {
        EventTime.TryParse(text, out DateTimeOffset time).Should().BeTrue();

        time.Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
    }

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60])
            .Select((ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<string> Form = Gen.OneOf(
        "yyyy-MM-ddTHH:mm:ss.fffffffzzz", "yyyy-MM-dd HH:mm:ss.fffffff zzz", "yyyy-MM-dd't'HH:mm:ss,fffffffzzz", "yyyy-MM-ddTHH:mm:ss.fffzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.f zzz");

    [Fact]
    public void A_time_in_ISO_8601_is_read_to_its_last_decimal() => Gen.Select(Time, Form).Sample(
        (time, form) =>
        {
            string text = time.ToString(form, CultureInfo.InvariantCulture);
            EventTime.TryParse(text, out DateTimeOffset read).Should().BeTrue(text);
            read.Should().Be(DateTimeOffset.ParseExact(text, form, CultureInfo.InvariantCulture), text);
            read.Offset.Should().Be(time.Offset, text);

            EventTime.TryParse(text.Replace(":", "", StringComparison.Ordinal), out _).Should().BeFalse("'{0}' without colons", text);
        },
        iter: 4_000);

    /// <summary>A zone can move a time over the first or the last one there is.</summary>
    [Theory]
    [InlineData("0001-01-01T00:00:00Z", true)]
    [InlineData("0001-01-01T01:59:59+02:00", false)]
    [InlineData("0001-01-01T02:00:00+02:00", true)]
    [InlineData("0001-01-01T13:59:59.9999999+14:00", false)]
    [InlineData("9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("9999-12-31T23:59:59.9999999-00:01", false)]
    [InlineData("9999-12-31T22:59:59.9999999-01:00", true)]
    [InlineData("9999-12-31T23:00:00-01:00", false)]
    public void What_is_before_the_first_or_after_the_last_time_is_none(string text, bool isTime) => EventTime.TryParse(text, out _).Should().Be(isTime);

    [Fact]
    public void Seconds_and_their_parts_since_1970_are_told_by_their_size() => Gen.Long[1_0000_0000, 19_699_999_999].Sample(
        seconds =>
        {
            DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            string digits = seconds.ToString(CultureInfo.InvariantCulture);
            foreach (string text in (string[])[digits, digits + ".0", digits + "000", digits + "000000", digits + "000000000", $"/Date({digits}000)/"])
            {
                EventTime.TryParse(text, out DateTimeOffset read).Should().BeTrue(text);
                read.Should().BeCloseTo(time, TimeSpan.FromMilliseconds(1), text);
                read.Offset.Should().Be(TimeSpan.Zero, text);
            }
        },
        iter: 1_000);

    [Theory]
    [InlineData("2024-02-29T00:00:00Z", true)]
    [InlineData("2023-02-29T00:00:00Z", false)]
    [InlineData("2023-13-01T00:00:00Z", false)]
    [InlineData("2023-00-01T00:00:00Z", false)]
    [InlineData("2023-01-00T00:00:00Z", false)]
    [InlineData("2023-04-31T00:00:00Z", false)]
    [InlineData("2023-12-31T24:00:00Z", false)]
    [InlineData("2023-12-31T23:60:00Z", false)]
    [InlineData("2023-12-31T23:59:61Z", false)]
    [InlineData("2023-12-31T23:59:60Z", true)]
    [InlineData("2023-12-31T23:59:59+15:00", false)]
    [InlineData("2023-12-31T23:59:59 UTC", true)]
    [InlineData("2023-12-31T23:59:59z", true)]
    [InlineData("2023-12-31T23:59:59+05", true)]
    [InlineData("2023-12-31T23:59:59+05:99", false)]
    [InlineData("2023-12-31T23:59:59+05:60", false)]
    [InlineData("2023-12-31T23:59:59-0560", false)]
    [InlineData("2023-12-31T23:59:59+05x30", false)]
    [InlineData("2023-12-31T23:59:59+14:00", true)]
    [InlineData("2023-12-31T23:59:59+14:01", false)]
    [InlineData("2023-12-31T23:59:59+0530", true)]
    [InlineData("2023-12-31T23:59:59", true)]
    [InlineData("99999999", false)]
    [InlineData("100000000", true)]
    [InlineData("1.2.3.4.5", false)]
    [InlineData("/Date(x)/", false)]
    [InlineData("", false)]
    [InlineData("none at all", false)]
    // A time of a day, and forms in which the day may be the month.
    [InlineData("08:00:00", false)]
    [InlineData("08:00:00.123Z", false)]
    [InlineData("8:00:00 AM", false)]
    [InlineData("02.03.2026 08:00", false)]
    [InlineData("13/02/2026 08:00:00", false)]
    [InlineData("02/13/2026 08:00:00", false)]
    [InlineData("3/2/2026 8:00:00 AM", false)]
    [InlineData("02 Mar 08:00:00", false)]
    [InlineData("Mar 02 08:00:00", false)]
    [InlineData("March 2026", false)]
    [InlineData("Tue, 02 Mar 2026 08:00:00 GMT", false)]
    [InlineData("2026-03-02 8:00", false)]
    [InlineData("2026-3-2", false)]
    [InlineData("2026-03", false)]
    [InlineData("2026-03/02", false)]
    [InlineData("2026-03-02T", false)]
    [InlineData("2026-03-02x", false)]
    [InlineData("2026-03-02T08", false)]
    [InlineData("2026-03-02T08:00:0", false)]
    [InlineData("2026-03-02T08:00 to 09:00", false)]
    public void What_is_no_time_is_none(string text, bool isTime) => EventTime.TryParse(text, out _).Should().Be(isTime);

    [Theory]
    [InlineData("2023-12-31T23:59:60Z", "2023-12-31T23:59:59Z")]
    [InlineData("2023-12-31T23:59:59.5", "2023-12-31T23:59:59.5Z")]
    [InlineData("2023-12-31 23:59:59,25+0130", "2023-12-31T22:29:59.25Z")]
    [InlineData("2023-12-31T23:59:59.12345678901-05", "2024-01-01T04:59:59.1234567Z")]
    [InlineData(" 2026-03-02 08:00:00 ", "2026-03-02T08:00:00Z")]
    [InlineData("2026/03/02 08:00:00", "2026-03-02T08:00:00Z")]
    [InlineData("2026-03-02T08:00+01:00", "2026-03-02T07:00:00Z")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00Z")]
    // RFC 5322 and RFC 9110, Apache's %t, asctime of C, the implementation standard of CEF, and Kibana's dateFormat.
    [InlineData("Mon, 02 Mar 2026 08:00:00 GMT", "2026-03-02T08:00:00Z")]
    [InlineData("Mon, 2 Mar 2026 08:00:00 +0100", "2026-03-02T07:00:00Z")]
    [InlineData("02/Mar/2026:08:00:00 -0700", "2026-03-02T15:00:00Z")]
    [InlineData("Mon Mar  2 08:00:00 2026", "2026-03-02T08:00:00Z")]
    [InlineData("Mar 02 2026 08:00:00", "2026-03-02T08:00:00Z")]
    [InlineData("Mar 02 2026 08:00:00.250", "2026-03-02T08:00:00.25Z")]
    [InlineData("Mar 2, 2026 @ 08:00:00.250", "2026-03-02T08:00:00.25Z")]
    public void Other_forms_of_a_time_are_the_same_time(string text, string same)
    {
        EventTime.TryParse(text, out DateTimeOffset read).Should().BeTrue();
        read.Should().Be(DateTimeOffset.Parse(same, CultureInfo.InvariantCulture));
    }
}
