using System.IO.Compression;
using System.Text;

namespace Sigma.Matching;

/// <summary>Reads events from files and streams, in batches of bounded size, whatever the file's size.</summary>
public static class EventInput
{
    /// <summary>What is looked at to tell the format.</summary>
    private const int Head = 64 * 1024;

    /// <summary>Makes an event to read into.</summary>
    public static Event NewEvent() => new();

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream; gzip is unpacked, UTF-16 with a mark is understood.</param>
    /// <param name="format">The format, or Auto.</param>
    /// <returns>The events in their order.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is broken gzip.</exception>
    public static IEnumerable<EventBatch> Read(Stream stream, EventFormat format = EventFormat.Auto)
    {
        // What comes down a pipe is passed on as it comes: somebody may be waiting for the last line of a log.
        bool live = !stream.CanSeek;
        var input = new HeadStream(stream, Head, live);
        ReadOnlyMemory<byte> head = input.Head;
        if (head.Span is [0x1F, 0x8B, ..])
        {
            input = new HeadStream(new GZipStream(input, CompressionMode.Decompress), Head, live);
            head = input.Head;
        }

        if (head.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            Encoding encoding = head.Span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            input = new HeadStream(Encoding.CreateTranscodingStream(input, encoding, Encoding.UTF8), Head, live);
            head = input.Head;
        }

        format = format is EventFormat.Auto ? FormatOf(head.Span, input.IsWhole) : format;
        return format is EventFormat.Csv ? CsvEvents.Read(input) : JsonEvents.Read(input, format is EventFormat.Ndjson, live);
    }

    /// <summary>Tells the format by what a file begins with.</summary>
    internal static EventFormat FormatOf(ReadOnlySpan<byte> head, bool isWhole)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] is (byte)'[')
        {
            return EventFormat.Json;
        }

        if (head[0] is not (byte)'{')
        {
            return EventFormat.Csv;
        }

        int newline = head.IndexOf((byte)'\n');
        if (newline < 0)
        {
            // One line so far: one long event, or several in a row.
            return JsonEvents.EndOf(head, 0) < 0 && !isWhole ? EventFormat.Ndjson : EventFormat.Json;
        }

        // A first line that is broken is followed by one that begins an event, too.
        ReadOnlySpan<byte> line = head[..newline];
        int end = JsonEvents.EndOf(line, 0);
        ReadOnlySpan<byte> next = head[(newline + 1)..].TrimStart(" \t\r\n"u8);
        bool isLine = end >= 0 ? line[end..].Trim(" \t\r"u8).IsEmpty : next is [(byte)'{', ..];
        return isLine ? EventFormat.Ndjson : EventFormat.Json;
    }

    /// <summary>A stream whose beginning can be looked at before it is read.</summary>
    private sealed class HeadStream : Stream
    {
        private readonly Stream inner;
        private readonly byte[] head;
        private readonly int length;
        private int position;

        public HeadStream(Stream inner, int size, bool live)
        {
            this.inner = inner;
            head = new byte[size];
            do
            {
                int read = inner.Read(head, length, size - length);
                length += read;
                IsWhole = read == 0;
            }
            while (!IsWhole && length < size && !(live && head.AsSpan(0, length).Contains((byte)'\n')));
        }

        public ReadOnlyMemory<byte> Head => head.AsMemory(0, length);

        /// <summary>Whether there is nothing behind the head.</summary>
        public bool IsWhole { get; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (position < length)
            {
                int taken = Math.Min(buffer.Length, length - position);
                head.AsSpan(position, taken).CopyTo(buffer);
                position += taken;
                return taken;
            }

            return inner.Read(buffer);
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
