using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>How a line of a text log is written.</summary>
internal enum LineKind
{
    /// <summary>No form that is known.</summary>
    Plain,

    /// <summary>Syslog, RFC 3164 or 5424, also as a file of a daemon without the priority.</summary>
    Syslog,

    /// <summary>ArcSight's Common Event Format.</summary>
    Cef,

    /// <summary>QRadar's Log Event Extended Format.</summary>
    Leef,

    /// <summary>The access log of a web server: the common or the combined format.</summary>
    Access,

    /// <summary>Names and values with an equals sign between them.</summary>
    KeyValue,

    /// <summary>A time and an object of JSON in a list, as Fluent Bit writes it.</summary>
    Fluent,

    /// <summary>A time, and then any text.</summary>
    Timed,
}

/// <summary>Text logs of one event per line. Each line is looked at by itself, since such logs are often mixed.</summary>
internal sealed partial class TextLine : LineFormat
{
    private static readonly EventPath Message = EventPath.Root.Child("message");
    private static readonly EventPath Timestamp = EventPath.Root.Child("@timestamp");
    private static readonly KnownLog WebServer = new(null, null, "webserver") { Also = ["apache", "nginx"] };
    private static readonly KnownLog Cisco = new("cisco", null) { Of = ["firewall"] };

    /// <summary>The only instance.</summary>
    public static TextLine Format { get; } = new();

    /// <summary>How a line is written.</summary>
    public static LineKind KindOf(string line) =>
        CefEvent.IsOne(line, "CEF:") ? LineKind.Cef
        : CefEvent.IsOne(line, "LEEF:") ? LineKind.Leef
        : SyslogLine.TryParse(line) is not null ? LineKind.Syslog
        : Access().IsMatch(line) ? LineKind.Access
        : Fluent().IsMatch(line) ? LineKind.Fluent
        : KeyValues.IsLikeThem(line) ? LineKind.KeyValue
        : Time().IsMatch(line) ? LineKind.Timed
        : LineKind.Plain;

    /// <inheritdoc/>
    public override string? Read(string line, Event result)
    {
        ReadLine(line, result);
        return null;
    }

    private static void ReadLine(string line, Event result)
    {
        if (SyslogLine.TryParse(line) is { } syslog)
        {
            AddSyslog(syslog, line, result);
            return;
        }

        Add(result, Message, line);
        switch (KindOf(line))
        {
            case LineKind.Cef:
                CefEvent.Add(line[line.IndexOf("CEF:", StringComparison.Ordinal)..], result);
                break;
            case LineKind.Leef:
                CefEvent.AddLeef(line[line.IndexOf("LEEF:", StringComparison.Ordinal)..], result);
                break;
            case LineKind.Access:
                AddAccess(Access().Match(line), result);
                break;
            case LineKind.Fluent:
                AddFluent(line, result);
                break;
            case LineKind.KeyValue:
                KeyValues.Add(line, result);
                break;
            case LineKind.Timed:
                Add(result, Timestamp, Time().Match(line).Groups["time"].Value.Replace(',', '.'));
                break;
        }
    }

    private static void AddSyslog(SyslogLine syslog, string line, Event result)
    {
        if (syslog.Time is { } time)
        {
            Add(result, Timestamp, time);
        }

        foreach ((string name, string? value) in syslog.Fields)
        {
            if (value is { Length: > 0 })
            {
                Add(result, EventPath.Root.Child(name), value);
            }
        }

        string message = syslog.Message;
        int cef = CefEvent.IsOne(message, "CEF:") || CefEvent.IsOne(message, "LEEF:") ? 0 : -1;
        Add(result, Message, cef >= 0 ? line : message);
        if (cef >= 0)
        {
            ReadEventFormat(message, result);
        }
        else if (message.AsSpan().TrimStart() is ['<', ..])
        {
            EventReader.AddEmbedded(Message, result);
        }
        else if (message.AsSpan().TrimStart() is ['{', ..])
        {
            result.Add(EventPath.Root.Child("_raw"), EventValueKind.Text, message);
            EventReader.AddEmbedded(EventPath.Root.Child("_raw"), result);
        }
        else if (KeyValues.IsLikeThem(message))
        {
            KeyValues.Add(message, result);
        }

        result.Log = CiscoMessage().IsMatch(message) ? Cisco : syslog.Program is { } program ? KnownLogs.OfProgram(program) : null;
    }

    private static void ReadEventFormat(string message, Event result)
    {
        if (message.StartsWith("CEF:", StringComparison.Ordinal))
        {
            CefEvent.Add(message, result);
        }
        else
        {
            CefEvent.AddLeef(message, result);
        }
    }

    private static void AddAccess(Match match, Event result)
    {
        Named("c-ip", match.Groups["ip"].Value);
        Named("cs-username", match.Groups["user"].Value);
        Named("cs-method", match.Groups["method"].Value);
        string uri = match.Groups["uri"].Value;
        int query = uri.IndexOf('?');
        Named("cs-uri", uri);
        Named("cs-uri-stem", query < 0 ? uri : uri[..query]);
        Named("cs-uri-query", query < 0 ? "-" : uri[(query + 1)..]);
        Named("sc-status", match.Groups["status"].Value);
        Named("sc-bytes", match.Groups["bytes"].Value);
        Named("cs-referer", match.Groups["referer"].Value);
        Named("cs-user-agent", match.Groups["agent"].Value);
        if (DateTimeOffset.TryParseExact(match.Groups["time"].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time))
        {
            Add(result, Timestamp, time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        }

        result.Log = WebServer;

        void Named(string name, string value)
        {
            if (value.Length > 0)
            {
                result.Add(EventPath.Root.Child(name), value == "-" ? EventValueKind.Null : EventValueKind.Text, value == "-" ? "" : value);
            }
        }
    }

    private static void AddFluent(string line, Event result)
    {
        EventPath raw = EventPath.Root.Child("_raw");
        Add(result, Timestamp, Fluent().Match(line).Groups["time"].Value);
        Add(result, raw, line[line.IndexOf('{')..(line.LastIndexOf('}') + 1)]);
        EventReader.AddEmbedded(raw, result);
    }

    private static void Add(Event result, EventPath path, string text) => result.Add(path, EventValueKind.Text, text);

    [GeneratedRegex("""^(?<ip>\S+) \S+ (?<user>\S+) \[(?<time>[^\]]{20,32})\] "(?:(?<method>[A-Z]{3,20}) (?<uri>\S+)(?: [^"\s]+)?|[^"]*)" (?<status>\d{3}) (?<bytes>\d+|-)(?: "(?<referer>(?:[^"\\]|\\.)*)" "(?<agent>(?:[^"\\]|\\.)*)")?""", RegexOptions.CultureInvariant)]
    private static partial Regex Access();

    [GeneratedRegex(@"^(?:\S{1,255}: )?\[+(?<time>\d{9,10}(?:\.\d{1,9})?), (?:\{\}\], )?\{"".*\}\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Fluent();

    [GeneratedRegex(@"^\[?(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)\]?(?:\s|,|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    /// <summary>What network devices of Cisco write: a facility, a severity and a mnemonic.</summary>
    [GeneratedRegex(@"^(?:\S{1,40}: ){0,3}%[A-Z][A-Z0-9_]{1,30}-(?:[A-Z0-9_]{1,30}-)?[0-7]-[A-Z0-9_]{2,40}:", RegexOptions.CultureInvariant)]
    private static partial Regex CiscoMessage();
}
