using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// The log of auditd. What one system call causes is several records, one per line, which have the same number; they are one event. Texts with
/// blanks or other characters are in hexadecimal digits there.
/// </summary>
internal static partial class AuditdEvents
{
    /// <summary>What ausearch writes before each event; without <c>-i</c> and <c>--raw</c> the time in words follows, in a line of its own.</summary>
    private const string Separator = "----";
    private const string TimeLine = "time->";

    /// <summary>Records of so many events may be mixed, or wait for one before them; then the first of them counts as whole.</summary>
    private const int MostOpen = 64;

    /// <summary>The kernel writes all records of an event at once: as in auditd's library, one is whole when an event of so many seconds later begins.</summary>
    private const int MostSeconds = 2;

    private const int LongestName = 64;

    /// <summary>More records do not belong to one event.</summary>
    private const int MostRecords = 2_000;

    /// <summary>A rule of auditd may give an event several keys, which are one value then (AUDIT_KEY_SEPARATOR).</summary>
    private const char KeySeparator = '\u0001';

    /// <summary>The types that the kernel writes as numbers where no auditd runs.</summary>
    private static readonly Dictionary<string, string> Types = new()
    {
        ["1300"] = "SYSCALL",
        ["1302"] = "PATH",
        ["1305"] = "CONFIG_CHANGE",
        ["1306"] = "SOCKADDR",
        ["1307"] = "CWD",
        ["1309"] = "EXECVE",
        ["1320"] = "EOE",
        ["1325"] = "NETFILTER_CFG",
        ["1326"] = "SECCOMP",
        ["1327"] = "PROCTITLE",
        ["1400"] = "AVC",
        ["1100"] = "USER_AUTH",
        ["1101"] = "USER_ACCT",
        ["1102"] = "USER_MGMT",
        ["1105"] = "USER_START",
        ["1106"] = "USER_END",
        ["1112"] = "USER_LOGIN",
        ["1123"] = "USER_CMD",
        ["1114"] = "ADD_USER",
        ["1115"] = "DEL_USER",
        ["1130"] = "SERVICE_START",
        ["1131"] = "SERVICE_STOP",
    };

    /// <summary>The fields that are written in hexadecimal digits if they are not plain words: those that auditd's own library takes for escaped.</summary>
    private static readonly HashSet<string> Encoded =
    [
        "path", "comm", "exe", "file", "name", "watch", "cwd", "cmd", "acct", "dir", "key", "proctitle", "data", "vm", "device", "cgroup", "old-disk", "new-disk", "old-fs", "new-fs",
    ];

    /// <summary>Whether a line is a record.</summary>
    public static bool IsRecord(string line) => HeaderOf(line).Success;

    /// <summary>Whether a line is one that ausearch writes before the records of an event.</summary>
    public static bool IsBeforeRecord(string line) => line is Separator || line.StartsWith(TimeLine, StringComparison.Ordinal);

    /// <summary>Adds a record that a syslog has as a message: from auditd's plug-in for syslog, from a shipper, or from the kernel where no auditd runs.</summary>
    /// <param name="message">The message.</param>
    /// <param name="result">Receives the values and the log, and the record's time if what passes it on has said none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryAddForwarded(string message, Event result)
    {
        if (Forwarded().Match(message) is not { Success: true } header)
        {
            return false;
        }

        if (result.TextNamed("@timestamp") is null)
        {
            result.AddText("@timestamp", header.Groups["time"].Value);
        }

        result.AddText("audit_id", header.Groups["id"].Value);
        AddAlone(header, message, result);
        result.Log = KnownLogs.OfForm("auditd");
        return true;
    }

    /// <summary>Adds a record as journald writes it: the message begins with the type and has neither time nor number, <c>EXECVE argc=1 a0="id"</c>.</summary>
    /// <param name="message">The message of the program <c>audit</c>.</param>
    /// <param name="result">Receives the values and the log.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryAddOfJournal(string message, Event result)
    {
        if (Journal().Match(message) is not { Success: true } header)
        {
            return false;
        }

        AddAlone(header, message, result);
        result.Log = KnownLogs.OfForm("auditd");
        return true;
    }

    /// <summary>Reads a stream.</summary>
    public static IEnumerable<EventBatch> Read(Stream stream, bool live)
    {
        var open = new List<Open>();
        foreach (EventBatch lines in LineEvents.Read(stream, new Lines(), live))
        {
            var batch = new EventBatch { Bytes = lines.Bytes };
            batch.Problems.AddRange(lines.Problems);
            foreach ((string text, long line) in lines.Texts())
            {
                Take(text, line, open, batch);
            }

            lines.Release();
            if (live)
            {
                // Nobody says when the last record of an event has come.
                CloseAll(open, batch);
            }

            yield return batch;
        }

        var last = new EventBatch();
        CloseAll(open, last);
        yield return last;
    }

    private static void Take(string text, long line, List<Open> open, EventBatch batch)
    {
        if (IsBeforeRecord(text))
        {
            // ausearch writes event after event.
            CloseAll(open, batch);
            return;
        }

        if (HeaderOf(text) is not { Success: true } header)
        {
            batch.Problems.Add(new EventProblem(line, "the line is not a record of auditd"));
            return;
        }

        string node = header.Groups["node"].Value;
        string key = node + header.Groups["key"].Value;
        Open? one = open.Find(one => !one.IsWhole && one.Key == key);
        if (header.Groups["type"].ValueSpan is "EOE")
        {
            one?.IsWhole = true;
        }
        else if (one is not null)
        {
            one.Records.Add(text);
            one.IsWhole = one.Records.Count >= MostRecords;
        }
        else
        {
            long second = SecondOf(header.Groups["time"].ValueSpan);
            foreach (Open before in open)
            {
                before.IsWhole |= before.Node == node && second - before.Second >= MostSeconds;
            }

            open.Add(new Open(key, node, second, line, [text]));
        }

        // Events are passed on in their order: one without a mark of its end, such as a login, holds up those behind it until it is whole.
        while (open.Count > 0 && (open[0].IsWhole || open.Count > MostOpen))
        {
            Close(open, batch);
        }
    }

    /// <summary>The second of a time; 0 for one in words.</summary>
    private static long SecondOf(ReadOnlySpan<char> time) =>
        time.IndexOf('.') is var point and > 0 && long.TryParse(time[..point], NumberStyles.None, CultureInfo.InvariantCulture, out long second) ? second : 0;

    private static void CloseAll(List<Open> open, EventBatch batch)
    {
        while (open.Count > 0)
        {
            Close(open, batch);
        }
    }

    private static void Close(List<Open> open, EventBatch batch)
    {
        Open first = open[0];
        open.RemoveAt(0);
        var e = new Event { Log = KnownLogs.OfForm("auditd") };
        var arguments = new AuditArguments();
        foreach (string record in first.Records)
        {
            Add(record, e, arguments);
        }

        arguments.AddTo(e);
        e.Complete();
        batch.Add(e, first.Line);
    }

    private static Match HeaderOf(string record) => Header().Match(record) is { Success: true } header ? header : Interpreted().Match(record);

    private static void Add(string record, Event e, AuditArguments arguments)
    {
        Match header = HeaderOf(record);
        if (e.Count == 0)
        {
            e.AddText("@timestamp", header.Groups["time"].Value);
            e.AddText("audit_id", header.Groups["id"].Value);
            if (header.Groups["node"].Length > 0)
            {
                e.AddText("node", header.Groups["node"].Value);
            }
        }

        AddRecord(header, record, e, arguments);
    }

    /// <summary>Adds a record of which nobody says with which others it belongs together.</summary>
    private static void AddAlone(Match header, string record, Event e)
    {
        var arguments = new AuditArguments();
        AddRecord(header, record, e, arguments);
        arguments.AddTo(e);
    }

    private static void AddRecord(Match header, string record, Event e, AuditArguments arguments)
    {
        string type = Types.GetValueOrDefault(header.Groups["type"].Value, header.Groups["type"].Value);
        e.AddText("type", type);
        AddFields(record[(header.Index + header.Length)..], type, header.Groups["words"].Success, e, arguments);
    }

    private static void AddFields(string text, string type, bool isInterpreted, Event e, AuditArguments arguments)
    {
        var fields = new AuditFields(text, isInterpreted ? type : null);
        while (fields.MoveNext())
        {
            string name = fields.Name.ToString();
            if (fields.Quote == '\'' && name == "msg")
            {
                // What programs report has names and values of its own between quotes.
                string report = fields.Value.ToString();
                e.AddText(name, report);
                AddFields(report, type, isInterpreted, e, arguments);
            }
            else if (name.Length is > 0 and <= LongestName && !(type is "EXECVE" && arguments.TryTake(name, fields.Value, fields.Quote != '\0'))
                && !EventPath.Root.Child(name).TellsOfWindows)
            {
                // No record has an event id or a channel; such a name stands in a command that was not encoded.
                string value = fields.Value.ToString();
                value = fields.Quote != '\0' ? value : isInterpreted ? Given(value) : Decoded(name, value, type);
                foreach (string one in name is "key" ? value.Split(KeySeparator) : [value])
                {
                    e.AddText(name, one);
                }
            }
        }
    }

    private static string Decoded(string name, string value, string type) =>
        (type is "EXECVE" && AuditArguments.IsOne(name)) || Encoded.Contains(name)
            ? BytesOf(value) is { } bytes ? TextOf(bytes) : Given(value)
            : Given(value);

    private static string Given(string value) => value is "(null)" or "?" ? "" : value;

    /// <summary>The bytes that hexadecimal digits say; null for what is none.</summary>
    internal static byte[]? BytesOf(ReadOnlySpan<char> value) =>
        value.Length is 0 || value.Length % 2 != 0 || value.IndexOfAnyExcept("0123456789ABCDEF") >= 0 ? null : Convert.FromHexString(value);

    /// <summary>The text of bytes. Zeros separate the words of a command.</summary>
    internal static string TextOf(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0').Replace('\0', ' ');

    [GeneratedRegex(@"^(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_\[\]]{1,64}) msg=audit\((?<key>(?<time>\d{1,12}\.\d{3}):(?<id>\d{1,20}))\): ?", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    /// <summary>The header as <c>ausearch -i</c> writes it: the time in the words of the reader's country, and a blank before the second colon.</summary>
    [GeneratedRegex(@"^(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_\[\]]{1,64}) msg=audit\((?<key>(?<time>\S{1,32} [\d:]{5,8}\.\d{3}):(?<id>\d{1,20}))\) (?<words>:) ?", RegexOptions.CultureInvariant)]
    private static partial Regex Interpreted();

    [GeneratedRegex(@"^(?:\[ *\d{1,10}\.\d{1,9}\] )?(?:audit: )?(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_\[\]]{1,64}) (?:msg=)?audit\((?<key>(?<time>\d{1,12}\.\d{3}):(?<id>\d{1,20}))\): ?", RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"^(?<type>[A-Z][A-Z0-9_]{1,63}) (?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Journal();

    /// <summary>An event whose records are being read.</summary>
    private sealed record Open(string Key, string Node, long Second, long Line, List<string> Records)
    {
        /// <summary>Whether no more records belong to it.</summary>
        public bool IsWhole { get; set; }
    }

    /// <summary>Only cuts lines apart.</summary>
    private sealed class Lines : LineFormat
    {
        public override string? Read(string line, Event result) => throw new NotSupportedException();
    }
}
