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

    /// <summary>The log of a web server or a proxy: accesses or errors.</summary>
    Server,

    /// <summary>What a network device writes, or a server that keeps account of its users.</summary>
    Device,

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

    /// <summary>The only instance.</summary>
    public static TextLine Format { get; } = new();

    /// <summary>How a line is written.</summary>
    public static LineKind KindOf(string line) =>
        CefEvent.IsOne(line, "CEF:") ? LineKind.Cef
        : CefEvent.IsOne(line, "LEEF:") ? LineKind.Leef
        : DeviceLine.IsOne(line) ? LineKind.Device
        : SyslogLine.TryParse(line) is not null ? LineKind.Syslog
        : ServerLine.IsOne(line) ? LineKind.Server
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

    /// <summary>Reads a line that another event has as a text, if it has a header of its own by which it is known.</summary>
    /// <param name="line">The line.</param>
    /// <param name="result">The event to fill; it is empty.</param>
    /// <returns>Whether it has one.</returns>
    public static bool TryReadShipped(string line, Event result)
    {
        if (AuditdEvents.TryAddForwarded(line, result))
        {
            return true;
        }

        bool isKnown = KindOf(line) is LineKind.Syslog or LineKind.Device or LineKind.Cef or LineKind.Leef or LineKind.Server;
        if (isKnown)
        {
            ReadLine(line, result);
        }

        return isKnown;
    }

    private static void ReadLine(string line, Event result)
    {
        if (DeviceLine.TryAdd(line, result))
        {
            return;
        }

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
            case LineKind.Server:
                ServerLine.TryAdd(line, result);
                break;
            case LineKind.Fluent:
                AddFluent(line, result);
                break;
            case LineKind.KeyValue:
                KeyValues.Add(line[Priority().Match(line).Length..], result);
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

        KnownLog? log = syslog.Program is { } program ? KnownLogs.OfProgram(program) : null;
        foreach ((string name, string? value) in syslog.Fields)
        {
            if (value is { Length: > 0 } && !(log is not null && EventPath.Root.Child(name).TellsOfWindows))
            {
                Add(result, EventPath.Root.Child(name), value);
            }
        }

        string message = syslog.Message;
        bool isEventFormat = log is null && (CefEvent.IsOne(message, "CEF:") || CefEvent.IsOne(message, "LEEF:"));
        Add(result, Message, isEventFormat ? line : message);
        if (isEventFormat)
        {
            ReadEventFormat(message, result);
        }
        else if ((MayBeAudited(syslog.Program, log) && AuditdEvents.TryAddForwarded(message, result))
            || (syslog.Program is "audit" && AuditdEvents.TryAddOfJournal(message, result))
            || (log is null && ServerLine.TryAdd(message, result)))
        {
            return;
        }
        else if (message.AsSpan().TrimStart() is ['<', ..])
        {
            EventReader.AddEmbedded(Message, result);
        }
        else if (log is null && message.AsSpan().TrimStart() is ['{', ..])
        {
            result.Add(EventPath.Root.Child("_raw"), EventValueKind.Text, message);
            EventReader.AddEmbedded(EventPath.Root.Child("_raw"), result);
        }
        else if (syslog.Program is "sudo" && SudoMessage.TryAdd(message, result))
        {
            // It has its own form.
        }
        else if (KeyValues.IsLikeThem(message))
        {
            KeyValues.Add(message, result, ofKnownLog: log is not null);
        }

        result.Log = syslog.Program is null && DeviceLine.IsOfServer(message) ? KnownLogs.OfForm("tacacs") : log;
    }

    /// <summary>Whether a program passes on records of auditd: what another known one says is its own, or somebody else's text.</summary>
    private static bool MayBeAudited(string? program, KnownLog? log) => log is null || program is "kernel" or "auditd" or "audispd";

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

    private static void AddFluent(string line, Event result)
    {
        EventPath raw = EventPath.Root.Child("_raw");
        Add(result, Timestamp, Fluent().Match(line).Groups["time"].Value);
        Add(result, raw, line[line.IndexOf('{')..(line.LastIndexOf('}') + 1)]);
        EventReader.AddEmbedded(raw, result);
    }

    private static void Add(Event result, EventPath path, string text) => result.Add(path, EventValueKind.Text, text);

    [GeneratedRegex(@"^(?:\S{1,255}: )?\[+(?<time>\d{9,10}(?:\.\d{1,9})?), (?:\{\}\], )?\{"".*\}\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Fluent();

    [GeneratedRegex(@"^\[?(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d| [+-](?:(?:0\d|1[0-3])(?::?[0-5]\d)?|14(?::?00)?))?)\]?(?:\s|,|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?:<\d{1,3}>)?", RegexOptions.CultureInvariant)]
    private static partial Regex Priority();
}
