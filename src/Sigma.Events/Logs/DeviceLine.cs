using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// A line of a network device of Cisco: a message that is called by facility, severity and mnemonic (<c>%SYS-5-CONFIG_I:</c>), with or without the
/// header of a syslog before it, in the forms of IOS, IOS XR, NX-OS, ASA and FTD; and what TACACS+ servers and NX-OS write of commands (accounting).
/// </summary>
internal static partial class DeviceLine
{
    // What may stand before a message, as Cisco's documentation of IOS, IOS XR, NX-OS and ASA has it. The name of a program is none of it,
    // except behind a node of IOS XR: what a program of a host says may be somebody else's text.
    private const string Iso = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?";
    private const string Month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private const string Date = $@"(?:(?:\d{{4}} )?{Month} |\d{{4}}-\d\d-)";
    private const string Day = $@"{Month} {{1,2}}\d{{1,2}}";
    private const string Hours = @"\d\d:\d\d:\d\d(?:\.\d{1,6})?";
    private const string Zone = "(?: (?:UTC|GMT|MSK|[A-Z]{1,4}T))?";
    private const string Host = @"(?<word>[A-Za-z0-9][\w./-]{0,254})";

    /// <summary>
    /// What the collector writes before the line that it got: its time and the sender, in the old form or in that of RFC 5424 without a program.
    /// </summary>
    private const string Relay =
        $@"(?:(?<time>{Day} {Hours}|{Iso}) (?<word>[A-Za-z0-9][\w.:/-]{{0,254}}(?<!:)) (?:(?:- ){{3,4}})?(?:: )?)?";

    /// <summary>The numbers of messages: the counter of the transport, and that of <c>service sequence-numbers</c>.</summary>
    private const string Number = @"(?:\d{1,10}: ?){1,2}";

    /// <summary>The device by <c>logging origin-id</c>.</summary>
    private const string Origin = $"{Host}: ";

    /// <summary>The time as the device writes it, and ASA's and NX-OS's device id. Only Cisco writes the year behind the day.</summary>
    private const string Stamp =
        $@"(?<time>[*.]?(?:(?:\d{{4}} )?{Day} {Hours}|{Iso})){Zone}(?: ?: ?| {Host}(?: :)? )"
        + $@"|(?<time>{Day} \d{{4}} {Hours}){Zone}(?: ?: ?| {Host}(?: ?:)? )";

    /// <summary>The time since the start, of a device without a clock.</summary>
    private const string SinceStart = @"(?:\d{1,3}:\d\d:\d\d|(?:\d{1,4}[ywdhms]){1,4}): ?";

    /// <summary>The node of IOS XR that speaks, its time, and the process.</summary>
    private const string Node =
        $@"(?:{Host} )?[A-Z0-9]{{1,5}}(?:/[A-Z0-9]{{1,8}}){{2,3}}: ?(?<time>[*.]?(?:\d{{4}} )?{Day} (?:\d{{4}} )?{Hours}){Zone} ?: "
        + @"(?:[\w/-]{1,64}(?:\[\d{1,10}\])? ?: )?";

    private const string Name = @"%(?<name>[A-Z][A-Z0-9_]{1,40}(?:-[A-Za-z0-9_]{0,40}){0,3}-[0-7]-[A-Z0-9_]{2,60}) ?:";

    /// <summary>Whether a line is one.</summary>
    public static bool IsOne(string line) =>
        (line.Contains('%') && Message().IsMatch(line))
        || (line.Contains('\t') && Accounting().IsMatch(line))
        || (line.Contains(":type=", StringComparison.Ordinal) && OwnAccounting().IsMatch(line));

    /// <summary>Adds what a line tells.</summary>
    /// <param name="line">The line.</param>
    /// <param name="result">Receives the values and the log.</param>
    /// <returns>Whether it is such a line.</returns>
    public static bool TryAdd(string line, Event result)
    {
        if (line.Contains('%') && Message().Match(line) is { Success: true } message)
        {
            AddMessage(message, line, result);
            return true;
        }

        if (line.Contains('\t') && Accounting().Match(line) is { Success: true } accounting)
        {
            result.AddText("message", line);
            AddTime(accounting.Groups["time"].Value, result);
            AddGroups(accounting, result);
            foreach (string pair in line[accounting.Length..].Split('\t'))
            {
                if (pair.IndexOf('=') is var equals and > 0)
                {
                    result.AddText(pair[..equals], pair[(equals + 1)..]);
                }
            }

            result.Log = KnownLogs.OfForm("tacacs");
            return true;
        }

        if (line.Contains(":type=", StringComparison.Ordinal) && OwnAccounting().Match(line) is { Success: true } own)
        {
            result.AddText("message", line);
            AddTime(own.Groups["time"].Value, result);
            AddGroups(own, result);
            result.Log = KnownLogs.OfForm("tacacs");
            return true;
        }

        return false;
    }

    /// <summary>Whether a message of a syslog is that of a server for authentication and accounting: Cisco ISE and ACS.</summary>
    public static bool IsOfServer(string message) => ServerMessage().IsMatch(message);

    private static void AddMessage(Match match, string line, Event result)
    {
        if (match.Groups["pri"] is { Success: true } priority
            && SyslogLine.NamesOf(int.Parse(priority.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)) is var (facility, severity))
        {
            result.AddText("facility", facility);
            result.AddText("severity", severity);
        }

        if (match.Groups["time"].Captures is [var first, ..])
        {
            AddTime(first.Value, result);
        }

        // Numbers are those of the messages, or the time since the start; the first name is the device, as it or the collector calls it.
        if (match.Groups["word"].Captures.FirstOrDefault(word => !Count().IsMatch(word.Value)) is { } host)
        {
            result.AddText("hostname", host.Value);
        }

        result.AddText("mnemonic", match.Groups["name"].Value);
        result.AddText("message", line[(match.Groups["name"].Index - 1)..]);
        result.Log = KnownLogs.OfMessage(match.Groups["name"].ValueSpan);
    }

    private static void AddGroups(Match match, Event result)
    {
        foreach (Group group in match.Groups.Cast<Group>().Where(group => group.Name.Length > 1 && group.Name is not "time"))
        {
            result.AddText(group.Name, group.Value);
        }
    }

    private static void AddTime(string text, Event result)
    {
        if (text is [_, _, _, _, '-', ..])
        {
            result.AddText("@timestamp", text);
        }
        else if (Clock().Match(text) is { Success: true } clock)
        {
            string year = clock.Groups["year"] is { Success: true } said ? said.Value : "";
            string rest = $"{clock.Groups["month"].Value} {clock.Groups["day"].Value} {clock.Groups["clock"].Value}";
            string? time = year.Length == 0 ? SyslogLine.WithYear(rest)
                : DateTime.TryParseExact($"{year} {rest}", ["yyyy MMM d HH:mm:ss", "yyyy MMM d HH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime found)
                    ? found.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) : null;
            if (time is not null)
            {
                result.AddText("@timestamp", time);
            }
        }
    }

    [GeneratedRegex(
        $@"^(?:<(?<pri>\d{{1,3}})>)?(?:: ?|1 (?=\d{{4}}-))?{Relay}(?:{Number}(?:{Origin}(?:{Number})?)?|(?<=>){Origin}(?=[*.]?{Date}))?"
        + $@"(?:{Node}|{Stamp}|{SinceStart})?(?:%\$ VDC-\d{{1,3}} %\$ )?{Name}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex(@"^(?<time>(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: \d{4})?)(?: \[\d{1,10}\]:?)?\t(?<src>[^\t]{1,255})\t(?<user>[^\t]{0,255})\t(?<port>[^\t]{0,255})\t(?<remote_address>[^\t]{0,255})\t(?<flag>start|stop|update)(?:\t|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Accounting();

    [GeneratedRegex(@"^(?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}):type=(?<type>start|update|stop):id=(?<id>[^\s]{0,255}?):user=(?<user>[^\s:]{0,255}):cmd=(?<cmd>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnAccounting();

    [GeneratedRegex(@"^(?:[A-Z][a-z]{2} )?(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?:(?<year>\d{4}) )?(?<clock>\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?: (?<year>\d{4}))?|^[*.]?(?:(?<year>\d{4}) )?(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?:(?<year>\d{4}) )?(?<clock>\d\d:\d\d:\d\d(?:\.\d{1,6})?)", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:\d{1,10}|(?:\d{1,3}[ywdhm])+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"^(?:CISE|CSCOacs|CisACS)_\w{1,60} \d", RegexOptions.CultureInvariant)]
    private static partial Regex ServerMessage();
}
