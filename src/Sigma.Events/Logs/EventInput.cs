using System.Runtime.ExceptionServices;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Reads events from files and streams, in batches of bounded size, whatever the file's size.</summary>
internal static class EventInput
{
    /// <summary>What is looked at to tell the format.</summary>
    private const int Head = 64 * 1024;

    /// <summary>Creates an event to read into.</summary>
    public static Event NewEvent() => new();

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream; gzip is unpacked, UTF-16 with a mark is understood.</param>
    /// <param name="format">The format, or Auto.</param>
    /// <param name="isLive">Whether what comes is passed on at once; null if that is so for what cannot be sought in, such as pipes.</param>
    /// <param name="recover">Whether events are looked for in the unused space of Windows event logs.</param>
    /// <returns>The events in their order; where the stream fails, those before it, and then the reason is thrown.</returns>
    /// <exception cref="NotEventsException">It is not a log, or none that can be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is broken gzip.</exception>
    public static IEnumerable<EventBatch> Read(Stream stream, EventFormat format = EventFormat.Auto, bool recover = false, bool? isLive = null)
    {
        // What comes down a pipe is passed on as it comes: somebody may be waiting for the last line of a log.
        bool live = isLive ?? !stream.CanSeek;
        var raw = new StreamUntilFailure(stream);
        StreamUntilFailure? unpacked = null;
        HeadStream input = Begin(raw, Head, live, packed => unpacked = new StreamUntilFailure(packed));
        ReadOnlyMemory<byte> head = input.Head;
        if (IsEventLog(head.Span, format))
        {
            return UntilFailure(EvtxEvents.Read(input, recover), raw, unpacked);
        }

        if (head.Length > 0 && FileKinds.OfBinary(head.Span) is { } binary)
        {
            throw new NotEventsException(binary, isKnown: true);
        }

        format = format is EventFormat.Auto ? FormatOf(head.Span, input.IsWhole) : format;
        IEnumerable<EventBatch> batches = format switch
        {
            EventFormat.Csv => CsvEvents.Read(input, live),
            EventFormat.Xml => XmlEvents.Read(input, live),
            EventFormat.Zeek => LineEvents.Read(input, new ZeekFormat(), live),
            EventFormat.W3c => LineEvents.Read(input, new W3cFormat(), live),
            EventFormat.Auditd => AuditdEvents.Read(input, live),
            EventFormat.Lines => LineEvents.Read(input, TextLine.Format, live),
            _ => JsonEvents.Read(input, format is EventFormat.Ndjson, live, JsonWrapping.IsOne(Text(head.Span)) ? JsonWrapping.Instance : null),
        };
        return UntilFailure(batches, raw, unpacked);
    }

    /// <summary>The content of a file from its beginning: gzip is unpacked, and UTF-16 with a mark is made UTF-8.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="length">How many bytes are looked at.</param>
    /// <param name="live">Whether what comes is passed on at once.</param>
    /// <param name="wrap">Wraps what gzip unpacks; null for nothing.</param>
    internal static HeadStream Begin(Stream stream, int length, bool live, Func<Stream, Stream>? wrap = null)
    {
        var input = new HeadStream(stream, length, live);
        if (input.Head.Span is [0x1F, 0x8B, ..])
        {
            var unpacked = new GzipMembers(input);
            input = new HeadStream(wrap?.Invoke(unpacked) ?? unpacked, length, live);
        }

        if (input.Head.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] && FileKinds.OfBinary(input.Head.Span) is null)
        {
            Encoding encoding = input.Head.Span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            input = new HeadStream(Encoding.CreateTranscodingStream(input, encoding, Encoding.UTF8), length, live);
        }

        return input;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> head) => (head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head).TrimStart(" \t\r\n"u8);

    /// <summary>Tells the format by what a file begins with.</summary>
    /// <exception cref="NotEventsException">It has none of the formats.</exception>
    internal static EventFormat FormatOf(ReadOnlySpan<byte> head, bool isWhole)
    {
        ReadOnlySpan<byte> text = Text(head);
        if (text.IsEmpty || IsList(text))
        {
            return EventFormat.Json;
        }

        int newline = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> behind = newline < 0 ? [] : text[(newline + 1)..];
        if (FileKinds.IsWideText(head))
        {
            throw new NotEventsException(FileKinds.WideText, isKnown: true);
        }

        if (text[0] is not (byte)'{' || (newline >= 0 && !MayBeObject(text)))
        {
            // A log may begin with a piece of a line, or a line of another kind.
            bool isText = text[0] is not (byte)'{' && TextLine.KindOf(Encoding.UTF8.GetString(newline < 0 ? text : text[..newline]).TrimEnd('\r')) is not LineKind.Plain;
            return !isText && HasObjectLine(behind) ? EventFormat.Ndjson : text[0] is (byte)'{' ? EventFormat.Json : Columns(head, isWhole);
        }

        if (newline < 0)
        {
            // One line so far: one long event, or several in a row.
            return JsonEvents.EndOf(text, 0) < 0 && !isWhole ? EventFormat.Ndjson : EventFormat.Json;
        }

        // A first line that is broken is followed by one that begins an event, too.
        ReadOnlySpan<byte> line = text[..newline];
        int end = JsonEvents.EndOf(line, 0);
        bool isLine = end >= 0 ? line[end..].Trim(" \t\r"u8).IsEmpty : behind.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        return isLine ? EventFormat.Ndjson : EventFormat.Json;
    }

    private static bool IsEventLog(ReadOnlySpan<byte> head, EventFormat format)
    {
        bool isOne = EvtxEvents.IsOne(head);
        if (isOne ? format is not (EventFormat.Auto or EventFormat.Evtx) : format is EventFormat.Evtx)
        {
            throw new NotEventsException(isOne ? FileKinds.EventLog : "not " + FileKinds.EventLog, isKnown: true);
        }

        return isOne;
    }

    private static EventFormat Columns(ReadOnlySpan<byte> head, bool isWhole) =>
        FileKinds.OfControls(head) is { } binary ? throw new NotEventsException(binary, isKnown: true)
        : TextFormats.Of(Text(head)) is { } known ? known
        : FileKinds.OfText(head) is { } kind ? throw new NotEventsException(kind, isKnown: true)
        : CsvHeader.Doubt(head, isWhole) is not { } doubt ? EventFormat.Csv
        : TextFormats.AreLines(Text(head), isWhole) ? EventFormat.Lines
        : throw new NotEventsException(doubt, isKnown: false);

    /// <summary>Whether a bracket begins a list of JSON; a line of a log may begin with the time in brackets.</summary>
    private static bool IsList(ReadOnlySpan<byte> text) =>
        text[0] is (byte)'[' && text[1..].TrimStart(" \t\r\n,["u8) is [] or [(byte)'{' or (byte)']' or (byte)'"', ..];

    private static bool MayBeObject(ReadOnlySpan<byte> text) => text[1..].TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'}', ..];

    /// <summary>Whether one of the next lines is an object.</summary>
    private static bool HasObjectLine(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int newline = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (newline < 0 ? text : text[..newline]).Trim(" \t\r"u8);
            if (line is [(byte)'{', ..] && MayBeObject(line) && JsonEvents.EndOf(line, 0) == line.Length)
            {
                return true;
            }

            text = newline < 0 ? [] : text[(newline + 1)..];
        }

        return false;
    }

    private static IEnumerable<EventBatch> UntilFailure(IEnumerable<EventBatch> batches, StreamUntilFailure raw, StreamUntilFailure? unpacked)
    {
        foreach (EventBatch batch in batches)
        {
            yield return batch;
        }

        if ((raw.Failure ?? unpacked?.Failure) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
