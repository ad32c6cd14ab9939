using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Events.Logs;

/// <summary>
/// A line of a syslog: RFC 5424, RFC 3164, or as the usual daemons and journalctl write it to files; also with its length before it, as RFC 6587 has it
/// on the wire.
/// </summary>
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

        // A line has no host as the C library writes it to the socket of the daemon; that is of the old form.
        if (Older().Match(line) is { Success: true } older && (older.Groups["host"].Success || older.Groups["day"].Success))
        {
            string? time = older.Groups["day"] is not { Success: true } day ? older.Groups["time"].Value
                : older.Groups["year"] is { Success: true } year ? Written($"{year.Value} {day.Value} {older.Groups["clock"].Value}")
                : WithYear($"{day.Value} {older.Groups["clock"].Value}");
            return Of(older, time, line[(older.Index + older.Length)..], []);
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

    /// <summary>
    /// A program by its own name: of a path the last name, and of a part of a program, such as <c>postfix/smtpd</c> and <c>sshd(pam_unix)</c>, that of the
    /// program.
    /// </summary>
    private static string NameOf(string program) =>
        program.StartsWith('/') ? program[(program.LastIndexOf('/') + 1)..] is { Length: > 0 } last ? last : program
        : program.AsSpan().IndexOfAny('/', '(') is var part and > 0 ? program[..part]
        : program;

    /// <summary>The older form has no year: it is the one in which the time is not in the future.</summary>
    public static string? WithYear(string time)
    {
        DateTime now = DateTime.UtcNow;
        for (int year = now.Year; year > now.Year - 8; year--)
        {
            // A 29th of February is of a leap year.
            if (TryRead($"{year} {time}", out DateTime found) && found < now.AddDays(1))
            {
                return Written(found);
            }
        }

        return null;
    }

    private static string? Written(string time) => TryRead(time, out DateTime found) ? Written(found) : null;

    private static string Written(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    private static bool TryRead(string time, out DateTime found) =>
        DateTime.TryParseExact(time, ["yyyy MMM d HH:mm:ss", "yyyy MMM d HH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out found);

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
                data.Add((element.Groups["name"].Captures[i].Value, EscapedText.OfStructuredData.Undo(element.Groups["value"].Captures[i].Value)));
            }

            rest = rest[element.Length..];
            element = Element().Match(rest);
        }

        return (data, rest.TrimStart(' '));
    }

    private const string Length = @"^(?:\d{1,7} (?=<))?";

    private const string Day = @"(?<day>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)  ?\d{1,2})";
    private const string Clock = @"(?<clock>\d\d:\d\d:\d\d(?:\.\d{1,6})?)";

    /// <summary>The time of RFC 3164, with the year that some write behind the day.</summary>
    private const string OldTime = Day + @" (?:(?<year>\d{4}) )?" + Clock;

    private const string IsoTime = @"(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))";

    /// <summary>The year before the day, and what journalctl writes with <c>-o short-full</c> and <c>-o short-unix</c>.</summary>
    private const string RareTime =
        $@"(?<year>\d{{4}}) {Day} {Clock}"
        + @"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? (?:[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?))"
        + @"|(?<time>\d{10}\.\d{6})";

    private const string Host = @"(?<host>[^\s:]{1,255}|[0-9A-Fa-f:]{1,39}:[0-9A-Fa-f.]{1,15}|::)";

    private const string Tag =
        @"(?!CEF:|LEEF:)(?<program>/?[^\s:\[\]/]{1,64}(?:/[^\s:\[\]/]{1,64}){0,8}|\([^\s()]{1,64}\))(?:\[(?<pid>[^\]\s]{1,32})\])?:";

    [GeneratedRegex(
        Length + @"<(?<pri>\d{1,3})>1 (?<time>-|\d{4}-\d\d-\d\dT\S{8,30}) (?<host>\S{1,255}) (?<program>\S{1,48}) (?<pid>\S{1,128}) (?<msgid>\S{1,32}) (?=-|\[)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Newer();

    [GeneratedRegex($@"{Length}(?:<(?<pri>\d{{1,3}})>)?(?:{OldTime}|{IsoTime}|{RareTime}) (?:{Host} (?:{Tag} ?)?|{Tag} )", RegexOptions.CultureInvariant)]
    private static partial Regex Older();

    [GeneratedRegex("""^\[[^\s=\]"]{1,64}(?: (?<name>[^\s=\]"]{1,64})="(?<value>(?:[^"\\\]]|\\.)*)")*\]""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
