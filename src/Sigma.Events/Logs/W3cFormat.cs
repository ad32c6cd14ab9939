using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>The extended log file format of the W3C, as IIS and proxies write it: <c>#Fields:</c> says the names, blanks or tabs separate.</summary>
internal sealed class W3cFormat : LineFormat
{
    private readonly (EventPath Path, EventPath? Usual)[] fields;
    private readonly int date = -1;
    private readonly int time = -1;

    /// <summary>Creates the format of a file's first line.</summary>
    public W3cFormat() => fields = [];

    private W3cFormat(string[] names)
    {
        fields = [.. names.Select(name => (EventPath.Root.Child(name), Usual(name)))];
        date = Array.IndexOf(names, "date");
        time = Array.IndexOf(names, "time");
    }

    /// <inheritdoc/>
    public override LineFormat? After(ReadOnlySpan<byte> line) =>
        line is not [(byte)'#', ..] ? null
        : line.StartsWith("#Fields:"u8) ? new W3cFormat(Encoding.UTF8.GetString(line[8..]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
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
            result.Add(EventPath.Root.Child("@timestamp"), EventValueKind.Text, $"{values[date]}T{values[time]}Z");
        }

        for (int i = 0; i < values.Count; i++)
        {
            EventValueKind kind = values[i] is "-" or "" ? EventValueKind.Null : EventValueKind.Text;
            string value = kind is EventValueKind.Null ? "" : values[i];
            result.Add(fields[i].Path, kind, value);
            if (fields[i].Usual is { } usual)
            {
                // IIS writes a plus for each blank of the agent's name.
                result.Add(usual, kind, value.Replace('+', ' '));
            }
        }

        return null;
    }

    /// <summary>The name that rules have for a header: <c>cs(User-Agent)</c> is <c>cs-user-agent</c>, and <c>c-useragent</c> for proxies.</summary>
    private static EventPath? Usual(string name) =>
        name.StartsWith("cs(", StringComparison.OrdinalIgnoreCase) && name.EndsWith(')') ? EventPath.Root.Child("cs-" + name[3..^1].ToLowerInvariant()) : null;

    private static List<string> Values(string line)
    {
        var values = new List<string>();
        int at = 0;
        while (at < line.Length)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
            }
            else if (line[at] == '"' && line.IndexOf('"', at + 1) is var quote and > 0)
            {
                values.Add(line[(at + 1)..quote]);
                at = quote + 1;
            }
            else
            {
                int end = line.AsSpan(at).IndexOfAny(' ', '\t') is var blank and >= 0 ? at + blank : line.Length;
                values.Add(line[at..end]);
                at = end;
            }
        }

        return values;
    }
}
