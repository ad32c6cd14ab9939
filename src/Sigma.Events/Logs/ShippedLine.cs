using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// A line of a text log within another event: Splunk's <c>_raw</c>, <c>event.original</c>, and what Filebeat and Docker pass on without reading it. It counts
/// where nothing else tells the log. The message of an event that does not say what read it is no line: what stands there may be what somebody else wrote.
/// </summary>
internal static class ShippedLine
{
    private static readonly string[] Begins = ["CEF:", "LEEF:", "type=", "node=", "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "];

    /// <summary>Adds what a line tells that is a value of an event. A time that the event has itself stays its time.</summary>
    /// <param name="e">The event, with all its values.</param>
    public static void Add(Event e)
    {
        if (e.LinePlace < 0 || e.Log is not null || !MayBeOne(e.TextOf(e.LinePlace)) || !IsShipped(e) || e.IsOfKnownLog)
        {
            return;
        }

        string line = e.TextOf(e.LinePlace).TrimEnd().ToString();
        var read = new Event();
        if (line.Contains('\n') || !TextLine.TryReadShipped(line, read))
        {
            return;
        }

        read.Complete();
        bool hasTime = EventTime.Fields.Any(name => e.TextNamed(name) is { Length: > 0 });
        for (int i = 0; i < read.Count; i++)
        {
            if (!(hasTime && read.PathOf(i).Segments is ["@timestamp"]))
            {
                e.Add(read.PathOf(i), read.KindOf(i), read.TextOf(i));
            }
        }

        e.Log = read.Log;
        e.TimeField = hasTime ? null : read.TimeField;
    }

    /// <summary>Whether it is a whole line, as the fields beside it say: Filebeat names the file, and Docker the stream.</summary>
    private static bool IsShipped(Event e) => e.PathOf(e.LinePlace).Segments[^1] switch
    {
        "message" => e.TextNamed("log.file.path") is { Length: > 0 },
        "log" => e.TextNamed("stream") is "stdout" or "stderr",
        _ => true,
    };

    /// <summary>Whether a text begins as such lines do; most messages do not.</summary>
    private static bool MayBeOne(ReadOnlySpan<char> text)
    {
        if (text is [(>= '0' and <= '9') or '<' or '[' or ':' or '%' or '*', ..])
        {
            return true;
        }

        foreach (string begin in Begins)
        {
            if (text.StartsWith(begin, StringComparison.Ordinal))
            {
                return true;
            }
        }

        // The virtual host or the address of a client may begin an access, and a time stands between brackets there.
        return text.Contains(" [", StringComparison.Ordinal);
    }
}
