using System.Buffers;
using System.Globalization;

namespace Sigma.Events.Matching;

/// <summary>
/// Times that name the month and have the year: of RFC 5322 and HTTP (<c>Mon, 02 Mar 2026 08:00:00 GMT</c>), of access logs
/// (<c>02/Mar/2026:08:00:00 +0100</c>), of C (<c>Mon Mar  2 08:00:00 2026</c>), of CEF and LEEF (<c>Mar 02 2026 08:00:00.123 GMT</c>) and of Kibana's exports
/// (<c>Mar 2, 2026 @ 08:00:00.000</c>).
/// </summary>
internal static class NamedMonth
{
    private static readonly SearchValues<string> Names = SearchValues.Create(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], StringComparison.Ordinal);

    private static readonly string[] Forms =
    [
        "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss zzz",
        "d/MMM/yyyy:HH:mm:ss zzz", "d/MMM/yyyy:HH:mm:ss", "d/MMM/yyyy:HH:mm:ss.FFFFFF zzz",
        "ddd MMM d HH:mm:ss yyyy",
        "MMM d yyyy HH:mm:ss", "MMM d yyyy HH:mm:ss.FFFFFF", "MMM d yyyy HH:mm:ss 'UTC'", "MMM d yyyy HH:mm:ss.FFFFFF 'UTC'",
        "MMM d yyyy HH:mm:ss 'GMT'", "MMM d yyyy HH:mm:ss.FFFFFF 'GMT'", "MMM d yyyy HH:mm:ss 'GMT'zzz", "MMM d yyyy HH:mm:ss.FFFFFF 'GMT'zzz",
        "MMM d, yyyy @ HH:mm:ss.FFF",
    ];

    /// <summary>Reads one. Without a time zone it is UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, in the zone that the text says.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        return text.ContainsAny(Names)
            && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out time);
    }
}
