using System.Buffers;
using System.Buffers.Binary;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// Reads Windows event logs of the format .evtx: a header, and then chunks of 64 KB, each of which can be read by itself. What is
/// known of the format is from [MS-EVEN6] 2.2.12 (binary XML) and the documentation of libevtx (file and chunk headers).
/// </summary>
internal static class EvtxEvents
{
    private const int FileHeader = 4096;
    private const int HeaderWithChecksum = 128;

    private static ReadOnlySpan<byte> FileMark => "ElfFile\0"u8;

    /// <summary>Whether a file is an event log: by its mark, or by that of its first chunk, where the header is missing or damaged.</summary>
    /// <param name="head">What the file begins with.</param>
    public static bool IsOne(ReadOnlySpan<byte> head) =>
        head.StartsWith(FileMark) || head.StartsWith(EvtxChunk.Mark) || (head.Length > FileHeader && head[FileHeader..].StartsWith(EvtxChunk.Mark));

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream; it may begin with a chunk, too, as carved ones do.</param>
    /// <param name="recover">Whether records are looked for in the unused space of chunks.</param>
    public static IEnumerable<EventBatch> Read(Stream stream, bool recover)
    {
        var header = new FileFacts(0, false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(EvtxChunk.Size);
        int have = stream.ReadAtLeast(buffer.AsSpan(0, FileHeader), FileHeader, throwOnEndOfStream: false);
        if (!buffer.AsSpan(0, have).StartsWith(EvtxChunk.Mark))
        {
            var first = new EventBatch { Bytes = have };
            header = ReadHeader(buffer.AsSpan(0, have), first.Problems);
            have = 0;
            yield return first;
        }

        int number = 0;
        while (true)
        {
            int wanted = EvtxChunk.Size - have;
            int read = stream.ReadAtLeast(buffer.AsSpan(have, wanted), wanted, throwOnEndOfStream: false);
            have += read;
            if (have == 0)
            {
                break;
            }

            var batch = new EventBatch { Bytes = read };
            if (buffer.AsSpan(0, have).StartsWith(EvtxChunk.Mark))
            {
                batch.Chunk = new EvtxChunk(++number, have, header.IsDirty, recover);
                batch.Buffer = buffer;
                buffer = ArrayPool<byte>.Shared.Rent(EvtxChunk.Size);
                have = 0;
            }
            else if (buffer.AsSpan(0, have).ContainsAnyExcept((byte)0))
            {
                // Where a piece of a file is missing or was put in, the chunks go on at another place.
                have = Resynchronize(buffer, have, ++number, batch.Problems);
            }
            else
            {
                number++;
                have = 0;
            }

            yield return batch;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (number < header.Chunks)
        {
            var last = new EventBatch();
            last.Problems.Add(new EventProblem(0, $"its header counts {header.Chunks} chunks, and it has {number}") { IsCutShort = true });
            yield return last;
        }
    }

    private static FileFacts ReadHeader(ReadOnlySpan<byte> header, List<EventProblem> problems)
    {
        if (header.Length < FileHeader)
        {
            problems.Add(new EventProblem(0, "it ends within its header") { IsCutShort = true });
            if (header.Length < HeaderWithChecksum)
            {
                return new FileFacts(0, false);
            }
        }

        bool isDirty = (BinaryPrimitives.ReadUInt32LittleEndian(header[120..]) & 1) != 0;
        if (EvtxChecksum.Of(header[..120]) != BinaryPrimitives.ReadUInt32LittleEndian(header[124..]))
        {
            // Whatever it says may be wrong.
            problems.Add(new EventProblem(0, "the checksum of its header is wrong") { IsDamage = true });
            return new FileFacts(0, isDirty);
        }

        return new FileFacts(isDirty ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header[42..]), isDirty);
    }

    /// <summary>Moves the next chunk that is in the buffer to its beginning.</summary>
    /// <returns>How many bytes are left in the buffer.</returns>
    private static int Resynchronize(byte[] buffer, int have, int number, List<EventProblem> problems)
    {
        problems.Add(new EventProblem(0, $"there is no chunk where chunk {number} should be") { IsCutShort = true });
        int next = buffer.AsSpan(1, have - 1).IndexOf(EvtxChunk.Mark);

        // The last bytes may be the beginning of a mark; at the end of the file they are nothing.
        int from = next >= 0 ? next + 1 : have == EvtxChunk.Size ? have - EvtxChunk.Mark.Length + 1 : have;
        buffer.AsSpan(from, have - from).CopyTo(buffer);
        return have - from;
    }

    /// <summary>What the header tells.</summary>
    /// <param name="Chunks">How many chunks there are at least.</param>
    /// <param name="IsDirty">Whether the log was open when it was copied, so that headers may be older than records.</param>
    private readonly record struct FileFacts(int Chunks, bool IsDirty);
}
