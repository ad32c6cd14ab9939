using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Cuts Windows events in XML apart, whatever stands around them: the list of the Event Viewer, or nothing as wevtutil writes them.</summary>
internal sealed class XmlEvents : LineFormat
{
    private const int LongestEvent = 16 * 1024 * 1024;

    private static readonly XmlEvents Format = new();

    private static ReadOnlySpan<byte> End => "</Event>"u8;

    /// <summary>Whether a text has the begin of an event.</summary>
    public static bool HasEvent(ReadOnlySpan<byte> text) => BeginOf(text) >= 0;

    /// <summary>Reads a stream.</summary>
    public static IEnumerable<EventBatch> Read(Stream stream, bool live)
    {
        long line = 1;
        var blocks = new StreamBlocks(stream, live);
        while (blocks.HasMore)
        {
            byte[] buffer = blocks.Next();
            var batch = new EventBatch { Buffer = buffer, Bytes = blocks.Read };
            blocks.Keep(buffer, Cut(buffer.AsSpan(0, blocks.Length), !blocks.HasMore, batch, ref line));
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public override string? Read(string line, Event result) => EventXml.Add(line, EventPath.Root, result) ?? (result.Count == 0 ? "the event is empty" : null);

    private static int Cut(ReadOnlySpan<byte> text, bool last, EventBatch batch, ref long line)
    {
        int at = 0;
        while (true)
        {
            int begin = BeginOf(text[at..]);
            if (begin < 0)
            {
                // The last bytes may be the beginning of an event.
                int passed = last ? text.Length : Math.Max(at, text.Length - 16);
                line += text[at..passed].Count((byte)'\n');
                return passed;
            }

            line += text.Slice(at, begin).Count((byte)'\n');
            at += begin;
            int end = text[at..].IndexOf(End);
            if (end < 0)
            {
                if (!last && text.Length - at <= LongestEvent)
                {
                    return at;
                }

                batch.Problems.Add(last ? new EventProblem(line, "the file ends within the event that begins here") { IsCutShort = true }
                    : new EventProblem(line, "the event is longer than 16 MB"));
                line += text[at..].Count((byte)'\n');
                return text.Length;
            }

            int whole = end + End.Length;
            batch.Add(at, whole, line, Format);
            line += text.Slice(at, whole).Count((byte)'\n');
            at += whole;
        }
    }

    /// <summary>Where an element named Event begins; Events, around them, is another.</summary>
    private static int BeginOf(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (true)
        {
            int begin = text[at..].IndexOf("<Event"u8);
            if (begin < 0 || at + begin + 6 >= text.Length)
            {
                return -1;
            }

            at += begin;
            if (text[at + 6] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return at;
            }

            at += 6;
        }
    }
}
