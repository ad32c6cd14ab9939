using System.Buffers.Binary;
using System.Collections.Concurrent;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>A chunk of a Windows event log, as it was read: its records follow each other, and their names and templates are in it.</summary>
/// <param name="number">Its number in the file, from 1.</param>
/// <param name="length">How many bytes there are; fewer than a chunk has where the file ends within it.</param>
/// <param name="isDirty">Whether headers may be older than records.</param>
/// <param name="recover">Whether records are looked for in its unused space.</param>
internal sealed class EvtxChunk(int number, int length, bool isDirty, bool recover)
{
    /// <summary>How many bytes a chunk has.</summary>
    public const int Size = 64 * 1024;

    private const int HeaderSize = 512;

    /// <summary>Mark, size, record number and time.</summary>
    private const int RecordHeader = 24;
    private const int SmallestRecord = RecordHeader + 4;

    private static readonly ConcurrentBag<EvtxDecoder> Decoders = [];

    /// <summary>What a chunk begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "ElfChnk\0"u8;

    private static ReadOnlySpan<byte> RecordMark => "**\0\0"u8;

    /// <summary>Goes over its records.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="room">An event to work with.</param>
    /// <param name="each">Is given each event, with its record number for the line.</param>
    /// <param name="broken">Is told of what cannot be read.</param>
    public void Read(byte[] bytes, Event room, Action<Event, long> each, Action<EventProblem> broken)
    {
        EvtxDecoder decoder = Decoders.TryTake(out EvtxDecoder? free) ? free : new EvtxDecoder();
        try
        {
            decoder.Begin(bytes, length);
            new Records(this, bytes.AsMemory(0, length), decoder, room, each, broken).Read();
        }
        finally
        {
            Decoders.Add(decoder);
        }
    }

    /// <summary>Goes once over the records of a chunk.</summary>
    private readonly struct Records(EvtxChunk chunk, ReadOnlyMemory<byte> memory, EvtxDecoder decoder, Event room, Action<Event, long> each, Action<EventProblem> broken)
    {
        public void Read()
        {
            ReadOnlySpan<byte> bytes = memory.Span;
            if (bytes.Length < HeaderSize)
            {
                broken(CutShort(0, "the file ends within its header"));
                return;
            }

            int used = CheckHeader(bytes);
            int at = HeaderSize;
            ulong last = 0;
            while (at < bytes.Length)
            {
                bool isUsed = at < used;
                int size = SizeOf(bytes, at);
                if (size == 0)
                {
                    // What the header does not count is over here.
                    if (!isUsed || used - at < SmallestRecord)
                    {
                        break;
                    }

                    int next = bytes[(at + 1)..Math.Min(used, bytes.Length)].IndexOf(RecordMark);
                    string what = at + RecordHeader <= bytes.Length && bytes[at..].StartsWith(RecordMark) ? "the record at byte" : "what should be a record at byte";
                    broken(CutShort((long)last, $"{what} {at} is damaged{(bytes.Length < used && next < 0 ? ": the file ends within the chunk" : "")}"));
                    if (next < 0)
                    {
                        break;
                    }

                    at += next + 1;
                    continue;
                }

                ulong id = Id(bytes, at);
                if (!isUsed && !(chunk.IsDirty && (last == 0 || id == last + 1)))
                {
                    break;
                }

                Read(at, size, id, isRecovered: false);
                last = id;
                at += size;
            }

            if (chunk.Recovers)
            {
                Recover(bytes, at);
            }
        }

        private int CheckHeader(ReadOnlySpan<byte> bytes)
        {
            uint used = BinaryPrimitives.ReadUInt32LittleEndian(bytes[48..]);
            bool isSound = EvtxChecksum.OfChunkHeader(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[124..]);
            bool isInside = used is >= HeaderSize and <= Size;
            if (bytes.Length < Size && (!isInside || used > bytes.Length))
            {
                broken(CutShort(0, "the file ends within it"));
            }
            else if (!chunk.IsDirty && !(isSound && isInside))
            {
                broken(Damage("the checksum of its header is wrong"));
            }
            else if (!chunk.IsDirty && EvtxChecksum.Of(bytes[HeaderSize..(int)used]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]))
            {
                broken(Damage("the checksum of its records is wrong"));
            }

            return isInside ? (int)used : bytes.Length;
        }

        /// <summary>Looks for records in what the chunk does not use: those of a log that was cleared, or is written anew from its beginning.</summary>
        private void Recover(ReadOnlySpan<byte> bytes, int at)
        {
            while (at < bytes.Length)
            {
                int next = bytes[at..].IndexOf(RecordMark);
                if (next < 0)
                {
                    return;
                }

                at += next;
                int size = SizeOf(bytes, at);
                if (size == 0)
                {
                    at += RecordMark.Length;
                    continue;
                }

                Read(at, size, Id(bytes, at), isRecovered: true);
                at += size;
            }
        }

        private void Read(int at, int size, ulong id, bool isRecovered)
        {
            long line = id is > 0 and <= long.MaxValue ? (long)id : 1;
            try
            {
                decoder.Read(at + RecordHeader, at + size - 4, room, isRecovered);
            }
            catch (InvalidDataException exception)
            {
                // Records of unused space often name templates that are overwritten; that says nothing about the log.
                if (!isRecovered)
                {
                    broken(new EventProblem(line, exception.Message));
                }

                return;
            }

            room.IsRecovered = isRecovered;
            each(room, line);
        }

        /// <summary>The size of the record at a place; 0 if there is none.</summary>
        private static int SizeOf(ReadOnlySpan<byte> bytes, int at)
        {
            if (bytes.Length - at < SmallestRecord || !bytes[at..].StartsWith(RecordMark))
            {
                return 0;
            }

            uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            return size >= SmallestRecord && size <= bytes.Length - at && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + (int)size - 4)..]) == size ? (int)size : 0;
        }

        private static ulong Id(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 8)..]);

        private EventProblem CutShort(long line, string what) => new(line, $"chunk {chunk.Number}: {what}") { IsCutShort = true };

        private EventProblem Damage(string what) => new(0, $"chunk {chunk.Number}: {what}") { IsDamage = true };
    }

    private int Number => number;

    private bool IsDirty => isDirty;

    private bool Recovers => recover;
}
