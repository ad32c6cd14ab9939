using System.Text;
using nietras.SeparatedValues;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// The extended log file format of the W3C, as IIS and proxies write it: <c>#Fields:</c> says the names, blanks or tabs separate; in Microsoft Exchange commas
/// do, as in CSV.
/// </summary>
internal sealed class W3cFormat : LineFormat
{
    private readonly (EventPath Path, EventPath[] Usual)[] fields;
    private readonly int date = -1;
    private readonly int time = -1;
    private readonly int scheme = -1;
    private readonly int host = -1;
    private readonly int path = -1;
    private readonly int query = -1;
    private readonly int moment = -1;
    private readonly bool isLocal;
    private readonly bool hasCommas;

    /// <summary>Whether headers are encoded as in a URI: Amazon CloudFront, which has the place of the edge in each line.</summary>
    private readonly bool isEncoded;

    /// <summary>Creates the format of a file's first line.</summary>
    public W3cFormat() => fields = [];

    private W3cFormat(string[] names, bool isLocal)
    {
        if (names is [var all] && all.Contains(','))
        {
            hasCommas = true;
            names = all.Split(',');
        }

        isEncoded = names.Contains("x-edge-location");
        fields = [.. names.Select(name => (EventPath.Root.Child(name), (EventPath[])[.. Usual(name).Where(usual => !names.Contains(usual)).Select(EventPath.Root.Child)]))];
        date = Array.IndexOf(names, "date");
        time = Array.IndexOf(names, "time");
        moment = Array.IndexOf(names, names.Contains("log-status") ? "start" : "date-time");
        this.isLocal = isLocal;
        if (!names.Contains("cs-uri") && !names.Contains("c-uri"))
        {
            scheme = Array.IndexOf(names, "cs-uri-scheme");
            host = Array.IndexOf(names, "cs-host");
            path = Array.FindIndex(names, name => name is "cs-uri-stem" or "cs-uri-path");
            query = Array.IndexOf(names, "cs-uri-query");
        }
    }

    /// <summary>The first line of flow logs of Amazon VPC, whose columns are separated like these.</summary>
    public static ReadOnlySpan<byte> FlowHeader => "version account-id interface-id "u8;

    /// <inheritdoc/>
    public override LineFormat? After(ReadOnlySpan<byte> line) =>
        line.StartsWith(FlowHeader) ? new W3cFormat(Names(line), isLocal)
        : line is not [(byte)'#', ..] ? null
        : line.StartsWith("#Fields:"u8) ? new W3cFormat(Names(line[8..]), isLocal)
        : line.StartsWith("#Time Format: Local"u8) ? new W3cFormat([.. fields.Select(field => field.Path.Name)], isLocal: true)
        : this;

    /// <inheritdoc/>
    public override string? Read(string line, Event result)
    {
        List<string> values = Values(line);
        if (values.Count != fields.Length)
        {
            return $"the line has {values.Count} columns, and #Fields names {fields.Length}";
        }

        if (date >= 0 && time >= 0)
        {
            result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, $"{values[date]}T{values[time]}{(isLocal ? "" : "Z")}");
        }
        else if (moment >= 0)
        {
            result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, values[moment]);
        }

        for (int i = 0; i < values.Count; i++)
        {
            EventValueKind kind = values[i] is "-" or "" ? EventValueKind.Null : EventValueKind.Text;
            string value = kind is EventValueKind.Null ? "" : values[i];
            result.Add(fields[i].Path, kind, value);
            foreach (EventPath usual in fields[i].Usual)
            {
                result.Add(usual, kind, fields[i].Path.Name.StartsWith("cs(", StringComparison.OrdinalIgnoreCase) ? HeaderOf(value) : value);
            }
        }

        if (path >= 0 && RequestOf(values) is { Length: > 0 } uri)
        {
            result.Add(EventPath.Root.Child("c-uri"), EventValueKind.Text, uri);
            result.Add(EventPath.Root.Child("cs-uri"), EventValueKind.Text, uri);
        }

        return null;
    }

    /// <summary>A header as the client sent it: IIS writes a plus for each blank.</summary>
    private string HeaderOf(string value) => isEncoded ? Uri.UnescapeDataString(value) : value.Replace('+', ' ');

    /// <summary>What the client asked for, of its parts: a proxy's log has the scheme and the host too.</summary>
    private string RequestOf(List<string> values)
    {
        string question = Value(query) is { Length: > 0 } asked ? asked[0] == '?' ? asked : "?" + asked : "";
        return (scheme >= 0 && Value(scheme).Length > 0 && Value(host).Length > 0 ? $"{Value(scheme)}://{Value(host)}" : "") + Value(path) + question;

        string Value(int place) => place >= 0 && values[place] is not "-" and var value ? value : "";
    }

    /// <summary>The names that rules have for a header: <c>cs(User-Agent)</c> is <c>cs-user-agent</c>, and <c>c-useragent</c> for proxies.</summary>
    private static string[] Usual(string name) => name.ToLowerInvariant() switch
    {
        "cs(user-agent)" => ["cs-user-agent", "c-useragent"],
        "cs(referer)" => ["cs-referer", "cs-referrer"],
        ['c', 's', '(', .. var header, ')'] => ["cs-" + header],
        "cs-uri" => ["c-uri"],
        "c-uri" => ["cs-uri"],
        "cs-uri-stem" => ["c-uri-stem"],
        "cs-uri-query" => ["c-uri-query"],
        "cs-uri-extension" => ["c-uri-extension"],
        "src-ip" or "srcaddr" => ["src_ip"],
        "dst-ip" or "dstaddr" => ["dst_ip"],
        "src-port" or "srcport" => ["src_port"],
        "dst-port" or "dstport" => ["dst_port"],
        _ => [],
    };

    private static string[] Names(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The values of a line. Where tabs separate them, a value may have blanks. One between quotes may too, and has each quote of its own twice; but IIS
    /// writes what a client sent without quotes around it, and that may begin with one.
    /// </summary>
    private List<string> Values(string line)
    {
        if (hasCommas)
        {
            return Cells(line);
        }

        if (line.Contains('\t') && line.Split('\t') is var cells && cells.Length == fields.Length)
        {
            return [.. cells.Select(Unquoted)];
        }

        List<string> values = Words(line, quoted: true);
        if (values.Count == fields.Length || !line.Contains('"'))
        {
            return values;
        }

        List<string> plain = Words(line, quoted: false);
        return plain.Count == fields.Length ? plain : values;
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        using SepReader reader = Sep.New(',').Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true }).FromText(line);
        if (reader.MoveNext())
        {
            for (int i = 0; i < reader.Current.ColCount; i++)
            {
                cells.Add(reader.Current[i].ToString());
            }
        }

        return cells;
    }

    private static List<string> Words(string line, bool quoted)
    {
        var words = new List<string>();
        for (int at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            int end = quoted && line[at] == '"' ? EndOfQuoted(line, at) : -1;
            end = end >= 0 ? end : line.AsSpan(at).IndexOfAny(' ', '\t') is var blank and >= 0 ? at + blank : line.Length;
            words.Add(quoted ? Unquoted(line[at..end]) : line[at..end]);
            at = end;
        }

        return words;
    }

    /// <summary>Where a quoted value ends, behind its quote: a blank or nothing follows. -1 if none ends.</summary>
    private static int EndOfQuoted(string line, int start)
    {
        for (int at = line.IndexOf('"', start + 1); at >= 0; at = at + 1 < line.Length ? line.IndexOf('"', at + 1) : -1)
        {
            if (at + 1 == line.Length || line[at + 1] is ' ' or '\t')
            {
                return at + 1;
            }

            at += line[at + 1] == '"' && !(at == start + 1 && (at + 2 == line.Length || line[at + 2] is ' ' or '\t')) ? 1 : 0;
        }

        return -1;
    }

    private static string Unquoted(string value) => value is ['"', .., '"'] ? value[1..^1].Replace("\"\"", "\"") : value;
}
