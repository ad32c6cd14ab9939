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
    /// <summary>Records of so many events may be mixed; then the first of them counts as whole.</summary>
    private const int MostOpen = 64;

    /// <summary>More records do not belong to one event.</summary>
    private const int MostRecords = 2_000;

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

    /// <summary>The fields that the kernel writes in hexadecimal digits if they are not plain words.</summary>
    private static readonly HashSet<string> Encoded = ["name", "exe", "comm", "cmd", "cwd", "proctitle", "acct", "data", "path", "key", "dir", "old", "new", "vm", "subj", "file"];

    /// <summary>Whether a line is a record.</summary>
    public static bool IsRecord(string line) => Header().IsMatch(line);

    /// <summary>Adds a record that a syslog has as a message: from auditd's plug-in for syslog, from a shipper, or from the kernel where no auditd runs.</summary>
    /// <param name="message">The message.</param>
    /// <param name="result">Receives the values and the log.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryAddForwarded(string message, Event result)
    {
        if (Forwarded().Match(message) is not { Success: true } header)
        {
            return false;
        }

        result.AddText("audit_id", header.Groups["id"].Value);
        AddRecord(header, message, result);
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

        AddRecord(header, message, result);
        result.Log = KnownLogs.OfForm("auditd");
        return true;
    }

    /// <summary>Reads a stream.</summary>
    public static IEnumerable<EventBatch> Read(Stream stream, bool live)
    {
        var open = new List<(string Key, long Line, List<string> Records)>();
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

    private static void Take(string text, long line, List<(string Key, long Line, List<string> Records)> open, EventBatch batch)
    {
        if (Header().Match(text) is not { Success: true } header)
        {
            batch.Problems.Add(new EventProblem(line, "the line is not a record of auditd"));
            return;
        }

        string key = header.Groups["node"].Value + header.Groups["key"].Value;
        int place = open.FindIndex(one => one.Key == key);
        if (place < 0)
        {
            open.Add((key, line, [text]));
            if (open.Count > MostOpen)
            {
                Close(open, 0, batch);
            }
        }
        else if (header.Groups["type"].ValueSpan is "EOE" || open[place].Records.Count >= MostRecords)
        {
            Close(open, place, batch);
        }
        else
        {
            open[place].Records.Add(text);
        }
    }

    private static void CloseAll(List<(string Key, long Line, List<string> Records)> open, EventBatch batch)
    {
        while (open.Count > 0)
        {
            Close(open, 0, batch);
        }
    }

    private static void Close(List<(string Key, long Line, List<string> Records)> open, int place, EventBatch batch)
    {
        (_, long line, List<string> records) = open[place];
        open.RemoveAt(place);
        var e = new Event { Log = KnownLogs.OfForm("auditd") };
        foreach (string record in records)
        {
            Add(record, e);
        }

        e.Complete();
        batch.Add(e, line);
    }

    private static void Add(string record, Event e)
    {
        Match header = Header().Match(record);
        if (e.Count == 0)
        {
            e.AddText("@timestamp", header.Groups["time"].Value);
            e.AddText("audit_id", header.Groups["id"].Value);
            if (header.Groups["node"].Length > 0)
            {
                e.AddText("node", header.Groups["node"].Value);
            }
        }

        AddRecord(header, record, e);
    }

    private static void AddRecord(Match header, string record, Event e)
    {
        string type = Types.GetValueOrDefault(header.Groups["type"].Value, header.Groups["type"].Value);
        e.AddText("type", type);
        Pairs(record[(header.Index + header.Length)..], type, e);
    }

    private static void Pairs(string text, string type, Event e)
    {
        int at = 0;
        while (true)
        {
            int start = at;
            if (!KeyValues.Next(text, ref at, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value))
            {
                return;
            }

            if (name is "msg" && text.AsSpan(start, at - start).Contains('\''))
            {
                // What programs report has names and values of its own between quotes.
                e.AddText("msg", value.ToString());
                Pairs(value.ToString(), type, e);
            }
            else if (!name.IsEmpty && !EventPath.Root.Child(name.ToString()).TellsOfWindows)
            {
                // No record has an event id or a channel; such a name stands in a command that was not encoded.
                bool isQuoted = at > 0 && at <= text.Length && text[at - 1] == '"';
                e.AddText(name.ToString(), isQuoted ? value.ToString() : Decoded(name.ToString(), value.ToString(), type));
            }
        }
    }

    private static string Decoded(string name, string value, string type)
    {
        bool isArgument = type is "EXECVE" && name is ['a', >= '0' and <= '9', ..];
        if (!(isArgument || Encoded.Contains(name)) || value.Length is 0 || value.Length % 2 != 0 || value.AsSpan().IndexOfAnyExcept("0123456789ABCDEF") >= 0)
        {
            return value is "(null)" or "?" ? "" : value;
        }

        byte[] bytes = Convert.FromHexString(value);
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0').Replace('\0', ' ');
    }

    [GeneratedRegex(@"^(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_\[\]]{1,64}) msg=audit\((?<key>(?<time>\d{1,12}\.\d{3}):(?<id>\d{1,20}))\): ?", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"^(?:\[ *\d{1,10}\.\d{1,9}\] )?(?:audit: )?(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_\[\]]{1,64}) (?:msg=)?audit\((?<key>(?<time>\d{1,12}\.\d{3}):(?<id>\d{1,20}))\): ?", RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"^(?<type>[A-Z][A-Z0-9_]{1,63}) (?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Journal();

    /// <summary>Only cuts lines apart.</summary>
    private sealed class Lines : LineFormat
    {
        public override string? Read(string line, Event result) => throw new NotSupportedException();
    }
}
