using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Events.Logs;

/// <summary>A line of a syslog: RFC 5424, RFC 3164, or as the usual daemons write it to files.</summary>
/// <param name="Time">The time; null if the line has none.</param>
/// <param name="Program">The program; null if the line has none.</param>
/// <param name="Message">The message.</param>
/// <param name="Fields">What else the header says.</param>
internal sealed partial record SyslogLine(string? Time, string? Program, string Message, (string Name, string? Value)[] Fields)
{
    private const int LastPriority = 191;

    private static readonly string[] Facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    private static readonly string[] Severities = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    /// <summary>Reads a line; null for one that has not the form of a syslog.</summary>
    public static SyslogLine? TryParse(string line)
    {
        if (Newer().Match(line) is { Success: true } newer)
        {
            string rest = line[(newer.Index + newer.Length)..];
            (List<(string, string?)> data, string message) = StructuredData(rest);
            return Of(newer, newer.Groups["time"].Value is "-" ? null : newer.Groups["time"].Value, message, data);
        }

        if (Older().Match(line) is { Success: true } older)
        {
            string time = older.Groups["time"].Value;
            return Of(older, char.IsAsciiDigit(time[0]) ? time : WithYear(time), line[(older.Index + older.Length)..], []);
        }

        return null;
    }

    private static SyslogLine? Of(Match match, string? time, string message, List<(string, string?)> data)
    {
        var fields = new List<(string, string?)>();
        if (match.Groups["pri"] is { Success: true } priority)
        {
            if (NamesOf(int.Parse(priority.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)) is not var (facility, severity))
            {
                return null;
            }

            fields.Add(("facility", facility));
            fields.Add(("severity", severity));
        }

        string? program = Value("program") is { } name ? NameOf(name) : null;
        fields.AddRange([("hostname", Value("host")), ("program", program), ("pid", Value("pid")), ("msgid", Value("msgid")), .. data]);
        return new SyslogLine(time, program, message.TrimStart('\uFEFF'), [.. fields]);

        string? Value(string name) => match.Groups[name] is { Success: true, Value: not "-" } group ? group.Value : null;
    }

    /// <summary>The facility and the severity of a priority; null for a number that is none.</summary>
    public static (string Facility, string Severity)? NamesOf(int priority) =>
        priority <= LastPriority ? (Facilities[priority >> 3], Severities[priority & 7]) : null;

    /// <summary>A program by its own name: of a path the last name, and of a part of a program, such as <c>postfix/smtpd</c>, that of the program.</summary>
    private static string NameOf(string program) =>
        program.StartsWith('/') ? program[(program.LastIndexOf('/') + 1)..] is { Length: > 0 } last ? last : program
        : program.IndexOf('/') is var slash and > 0 ? program[..slash]
        : program;

    /// <summary>The older form has no year: it is the one in which the time is not in the future.</summary>
    public static string? WithYear(string time)
    {
        DateTime now = DateTime.UtcNow;
        for (int year = now.Year; year > now.Year - 8; year--)
        {
            // A 29th of February is of a leap year.
            if (DateTime.TryParseExact($"{year} {time}", ["yyyy MMM d HH:mm:ss", "yyyy MMM  d HH:mm:ss", "yyyy MMM d HH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out DateTime found)
                && found < now.AddDays(1))
            {
                return found.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>Reads <c>[id name="value" …]</c>, any number of them, or a dash.</summary>
    private static (List<(string, string?)> Data, string Message) StructuredData(string rest)
    {
        var data = new List<(string, string?)>();
        if (rest.StartsWith('-'))
        {
            return (data, rest[1..].TrimStart(' '));
        }

        Match element = Element().Match(rest);
        while (element.Success)
        {
            for (int i = 0; i < element.Groups["name"].Captures.Count; i++)
            {
                data.Add((element.Groups["name"].Captures[i].Value, element.Groups["value"].Captures[i].Value.Replace("\\\"", "\"").Replace("\\]", "]").Replace("\\\\", "\\")));
            }

            rest = rest[element.Length..];
            element = Element().Match(rest);
        }

        return (data, rest.TrimStart(' '));
    }

    [GeneratedRegex(@"^<(?<pri>\d{1,3})>1 (?<time>-|\d{4}-\d\d-\d\dT\S{8,30}) (?<host>\S{1,255}) (?<program>\S{1,48}) (?<pid>\S{1,128}) (?<msgid>\S{1,32}) (?=-|\[)", RegexOptions.CultureInvariant)]
    private static partial Regex Newer();

    [GeneratedRegex(@"^(?:<(?<pri>\d{1,3})>)?(?<time>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?<host>[^\s:]{1,255}) (?:(?!CEF:|LEEF:)(?<program>/?[^\s:\[\]/]{1,64}(?:/[^\s:\[\]/]{1,64}){0,8}|\([^\s()]{1,64}\))(?:\[(?<pid>[^\]\s]{1,32})\])?: ?)?", RegexOptions.CultureInvariant)]
    private static partial Regex Older();

    [GeneratedRegex("""^\[[^\s=\]"]{1,64}(?: (?<name>[^\s=\]"]{1,64})="(?<value>(?:[^"\\\]]|\\.)*)")*\]""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
