using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>A way to write one event per line.</summary>
internal abstract class LineFormat
{
    /// <summary>Looks at a line before it is read.</summary>
    /// <returns>The format of the lines after it, where it says that and is no event; null for an event.</returns>
    public virtual LineFormat? After(ReadOnlySpan<byte> line) => null;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="result">The event to fill; it is empty.</param>
    /// <returns>Why it is not an event; null if it is.</returns>
    public abstract string? Read(string line, Event result);
}

/// <summary>Cuts lines apart.</summary>
internal static class LineEvents
{
    private const int LongestLine = 16 * 1024 * 1024;

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">How its first line is written.</param>
    /// <param name="live">Whether what is there is passed on before more comes.</param>
    public static IEnumerable<EventBatch> Read(Stream stream, LineFormat format, bool live)
    {
        long number = 1;
        bool start = true;
        bool skipping = false;
        var blocks = new StreamBlocks(stream, live);
        while (blocks.HasMore)
        {
            byte[] buffer = blocks.Next();
            int length = blocks.Length;
            bool more = blocks.HasMore;
            var batch = new EventBatch { Buffer = buffer, Bytes = blocks.Read };
            int at = start && buffer.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            start = false;
            while (at < length)
            {
                int newline = buffer.AsSpan(at, length - at).IndexOf((byte)'\n');
                if (newline < 0 && more && length - at <= LongestLine)
                {
                    break;
                }

                int end = newline < 0 ? length : at + newline;
                if (newline < 0 && more && !skipping)
                {
                    batch.Problems.Add(new EventProblem(number, "the line is longer than 16 MB"));
                }

                Add(buffer, at, end, number, skipping || (newline < 0 && more), ref format, batch);
                skipping = newline < 0 && more;
                number += newline < 0 ? 0 : 1;
                at = newline < 0 ? length : end + 1;
            }

            blocks.Keep(buffer, at);
            yield return batch;
        }
    }

    private static void Add(byte[] buffer, int at, int end, long number, bool skip, ref LineFormat format, EventBatch batch)
    {
        ReadOnlySpan<byte> line = buffer.AsSpan(at, end - at).TrimEnd((byte)'\r');
        if (skip || line.Trim(" \t"u8).IsEmpty)
        {
            return;
        }

        if (format.After(line) is { } next)
        {
            format = next;
        }
        else
        {
            batch.Add(at, line.Length, number, format);
        }
    }
}
