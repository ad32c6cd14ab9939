using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>A line of a web server's or a proxy's own log: accesses in the common and the combined format, errors of Apache and nginx, accesses of Squid.</summary>
internal static partial class ServerLine
{
    /// <summary>Whether a line is one.</summary>
    public static bool IsOne(string line) => AccessLine.TryParse(line) is not null || Squid().IsMatch(line) || IsError(line);

    /// <summary>Whether a line is an error of a web server.</summary>
    public static bool IsError(string line) => ApacheError().IsMatch(line) || NginxError().IsMatch(line);

    /// <summary>Adds what a line tells, but for its text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="result">Receives the values and the log.</param>
    /// <returns>Whether it is such a line.</returns>
    public static bool TryAdd(string line, Event result)
    {
        if (AccessLine.TryParse(line) is { } access)
        {
            AddAccess(access, result);
            return true;
        }

        if (Squid().Match(line) is { Success: true } squid)
        {
            AddSquid(squid, result);
            return true;
        }

        if (ApacheError().Match(line) is { Success: true } apache)
        {
            AddTime(apache.Groups["time"].Value, ["MMM dd HH:mm:ss yyyy", "MMM dd HH:mm:ss.FFFFFF yyyy"], "yyyy-MM-ddTHH:mm:ss.FFFFFF", result);
            result.Log = KnownLogs.OfForm("apache-error");
            return true;
        }

        if (NginxError().Match(line) is { Success: true } nginx)
        {
            AddTime(nginx.Groups["time"].Value, ["yyyy/MM/dd HH:mm:ss"], "yyyy-MM-ddTHH:mm:ss", result);
            result.Log = KnownLogs.OfForm("nginx-error");
            return true;
        }

        return false;
    }

    private static void AddAccess(AccessLine access, Event result)
    {
        Named("c-ip", access.Client, result);
        Named("cs-username", access.User, result);
        if (access.Asked is var (method, uri))
        {
            Named("cs-method", method, result);
            RequestUri.Add(uri, result);
        }

        if (access.Site.Length > 0)
        {
            int port = AccessLine.PortOf(access.Site);
            Named("cs-host", port > 0 ? access.Site[..(port - 1)] : access.Site, result);
            Named("s-port", port > 0 ? access.Site[port..] : "", result);
        }

        Named("sc-status", access.Status, result);
        Named("sc-bytes", access.Bytes, result);
        Named("cs-referer", access.Referer, result);
        Named("cs-referrer", access.Referer, result);
        Named("cs-user-agent", access.Agent, result);
        Named("c-useragent", access.Agent, result);
        result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, access.Time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture));

        // A proxy has the same format, and then how it answered.
        result.Log = KnownLogs.OfForm(SquidResult().IsMatch(access.Rest) ? "squid" : "access");
    }

    private static void AddSquid(Match match, Event result)
    {
        result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, match.Groups["time"].Value);
        Named("c-ip", match.Groups["ip"].Value, result);
        Named("cs-username", match.Groups["user"].Value, result);
        Named("cs-method", match.Groups["method"].Value, result);
        RequestUri.Add(match.Groups["uri"].Value, result);
        Named("sc-status", match.Groups["status"].Value, result);
        Named("sc-bytes", match.Groups["bytes"].Value, result);
        Named("s-action", match.Groups["action"].Value, result);
        Named("s-hierarchy", match.Groups["hierarchy"].Value, result);
        Named("r-ip", match.Groups["peer"].Value, result);
        Named("rs-content-type", match.Groups["type"].Value, result);
        result.Log = KnownLogs.OfForm("squid");
    }

    private static void AddTime(string text, string[] formats, string written, Event result)
    {
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out DateTimeOffset time))
        {
            result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, time.ToString(written, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Adds a value; a dash is none.</summary>
    private static void Named(string name, string value, Event result)
    {
        if (value.Length > 0)
        {
            result.Add(EventPath.Root.Child(name), value == "-" ? EventValueKind.Null : EventValueKind.Text, value == "-" ? "" : value);
        }
    }

    [GeneratedRegex(@"^ (?:TCP|UDP|NONE|NONE_NONE)(?:_[A-Z_]{1,60})?:[A-Z_]{3,40}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex SquidResult();

    [GeneratedRegex(@"^(?<time>\d{9,11}\.\d{3}) +-?\d{1,12} (?<ip>\S{1,255}) (?<action>[A-Z_]{3,60})/(?<status>\d{3}) (?<bytes>\d{1,15}) (?<method>[A-Za-z_-]{1,40}) (?<uri>\S+) (?<user>\S{1,255}) (?<hierarchy>[A-Z_]{3,40})/(?<peer>\S{1,255}) (?<type>\S{1,255})", RegexOptions.CultureInvariant)]
    private static partial Regex Squid();

    [GeneratedRegex(@"^\[[A-Z][a-z]{2} (?<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? \d{4})\] \[(?:[\w-]{1,40}:)?(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])\]", RegexOptions.CultureInvariant)]
    private static partial Regex ApacheError();

    [GeneratedRegex(@"^(?<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?:emerg|alert|crit|error|warn|notice|info|debug)\] \d{1,10}#\d{1,10}: ", RegexOptions.CultureInvariant)]
    private static partial Regex NginxError();
}
