using System.Globalization;

namespace Sigma.Checks.Headers;

/// <summary>Days as rules write them.</summary>
internal static class Days
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy-M-d"];

    /// <summary>Reads a day; null where it is none.</summary>
    public static DateOnly? Of(string? text) =>
        DateOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
