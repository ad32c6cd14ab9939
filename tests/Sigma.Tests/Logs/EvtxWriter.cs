using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Sigma.Tests.Logs;

/// <summary>
/// Writes small Windows event logs for tests, by [MS-EVEN6] 2.2.12 and the documentation of libevtx. Names and templates stand
/// where they are used first in a chunk, as Windows writes them.
/// </summary>
internal sealed class EvtxWriter
{
    private const int ChunkSize = 65536;
    private readonly List<byte[]> chunks = [];
    private Chunk current = new();
    private ulong next = 1;

    /// <summary>Whether the header says that the log was open.</summary>
    public bool IsDirty { get; init; }

    /// <summary>Adds a record.</summary>
    public EvtxWriter Add(EvtxElement template, params EvtxTyped[] values) => Add(next, template, values);

    /// <summary>Adds a record with a number.</summary>
    public EvtxWriter Add(ulong id, EvtxElement template, params EvtxTyped[] values)
    {
        current.Add(id, template, values);
        next = id + 1;
        return this;
    }

    /// <summary>Begins another chunk.</summary>
    public EvtxWriter NewChunk()
    {
        chunks.Add(current.ToArray());
        current = new Chunk();
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        byte[][] all = [.. chunks, current.ToArray()];
        byte[] header = new byte[4096];
        "ElfFile\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), (ulong)all.Length - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), next);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(32), 128);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(36), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(38), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(40), 4096);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(42), (ushort)all.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(120), IsDirty ? 1u : 0u);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(124), Crc32.HashToUInt32(header.AsSpan(0, 120)));
        return [.. header, .. all.SelectMany(chunk => chunk)];
    }

    /// <summary>Where the records of a file begin.</summary>
    public const int StartOfRecords = 4096 + 512;

    /// <summary>A file of one chunk with these records, whatever they are; its checksums are right.</summary>
    public static byte[] Around(byte[] records)
    {
        var writer = new EvtxWriter();
        writer.current.AddBytes(records.AsSpan(0, Math.Min(records.Length, ChunkSize - 512)));
        return writer.ToArray();
    }

    /// <summary>Where the unused space of a file with one chunk begins.</summary>
    public static int EndOfRecords(byte[] file) => 4096 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4096 + 48));

    private sealed class Chunk
    {
        private readonly byte[] bytes = new byte[ChunkSize];
        private readonly Dictionary<string, int> names = [];
        private readonly Dictionary<EvtxElement, int> templates = new(ReferenceEqualityComparer.Instance);
        private int at = 512;
        private int last;
        private ulong firstId;
        private ulong lastId;

        public void Add(ulong id, EvtxElement template, EvtxTyped[] values)
        {
            int start = at;
            "**\0\0"u8.CopyTo(bytes.AsSpan(at));
            at += 8;
            Write(id);
            Write((ulong)new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToFileTimeUtc());
            Fragment(template, values);
            UInt32(0);
            uint size = (uint)(at - start);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(start + 4), size);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at - 4), size);
            last = start;
            firstId = firstId == 0 ? id : firstId;
            lastId = id;
        }

        public void AddBytes(ReadOnlySpan<byte> records) => Write(records);

        public byte[] ToArray()
        {
            "ElfChnk\0"u8.CopyTo(bytes);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), firstId);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), lastId);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), firstId);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), lastId);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), 128);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(44), (uint)last);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), (uint)at);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(52), Crc32.HashToUInt32(bytes.AsSpan(512, at - 512)));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(124), Crc32.HashToUInt32([.. bytes.AsSpan(0, 120), .. bytes.AsSpan(128, 384)]));
            return bytes;
        }

        private void Fragment(EvtxElement template, EvtxTyped[] values)
        {
            Write([0x0F, 1, 1, 0]);
            Write([0x0C, 1]);
            bool isKnown = templates.TryGetValue(template, out int place);
            UInt32(1);
            UInt32(isKnown ? (uint)place : (uint)(at + 4));
            if (!isKnown)
            {
                templates[template] = at;
                Write(new byte[20]);
                bytes[at - 16] = 1;
                int size = at;
                UInt32(0);
                Write([0x0F, 1, 1, 0]);
                Element(template, hasIds: true);
                Write([0]);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(size), (uint)(at - size - 4));
            }

            UInt32((uint)values.Length);
            int descriptors = at;
            at += values.Length * 4;
            foreach (EvtxTyped value in values)
            {
                int begin = at;
                if (value.Xml is not { } xml)
                {
                    Write(value.Bytes);
                }
                else if (value.IsDirect)
                {
                    Write([0x0F, 1, 1, 0]);
                    Element(xml.Template, hasIds: false);
                    Write([0]);
                }
                else
                {
                    Fragment(xml.Template, xml.Values);
                }

                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(descriptors), (ushort)(at - begin));
                bytes[descriptors + 2] = value.Type;
                descriptors += 4;
            }

            Write([0]);
        }

        private void Element(EvtxElement element, bool hasIds)
        {
            Write([element.Attributes.Length > 0 ? (byte)0x41 : (byte)0x01]);
            Write(hasIds ? [0xFF, 0xFF] : []);
            int size = at;
            UInt32(0);
            Name(element.Name);
            if (element.Attributes.Length > 0)
            {
                int list = at;
                UInt32(0);
                for (int i = 0; i < element.Attributes.Length; i++)
                {
                    Write([i < element.Attributes.Length - 1 ? (byte)0x46 : (byte)0x06]);
                    Name(element.Attributes[i].Name);
                    Pieces(element.Attributes[i].Value, hasIds);
                }

                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(list), (uint)(at - list - 4));
            }

            if (element.Content.Length == 0)
            {
                Write([0x03]);
            }
            else
            {
                Write([0x02]);
                Pieces(element.Content, hasIds);
                Write([0x04]);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(size), (uint)(at - size - 4));
        }

        private void Pieces(EvtxPiece[] pieces, bool hasIds)
        {
            foreach (EvtxPiece piece in pieces)
            {
                switch (piece)
                {
                    case EvtxLiteral literal:
                        Write([0x05, 0x01]);
                        Text(literal.Text);
                        break;
                    case EvtxPlace place:
                        Write([place.IsOptional ? (byte)0x0E : (byte)0x0D]);
                        UInt16((ushort)place.Number);
                        Write([place.Type]);
                        break;
                    case EvtxElement element:
                        Element(element, hasIds);
                        break;
                    case EvtxRaw raw:
                        Write([raw.Token]);
                        if (raw.Name is not null)
                        {
                            Name(raw.Name);
                        }
                        else if (raw.Text is not null)
                        {
                            Text(raw.Text);
                        }
                        else
                        {
                            UInt16(raw.Code);
                        }

                        break;
                }
            }
        }

        private void Name(string name)
        {
            if (names.TryGetValue(name, out int place))
            {
                UInt32((uint)place);
                return;
            }

            names[name] = at + 4;
            UInt32((uint)(at + 4));
            UInt32(0);
            UInt16(0);
            Text(name);
            UInt16(0);
        }

        private void Text(string text)
        {
            UInt16((ushort)text.Length);
            Write(Encoding.Unicode.GetBytes(text));
        }

        private void UInt16(ushort number) => Write(BitConverter.GetBytes(number));

        private void UInt32(uint number) => Write(BitConverter.GetBytes(number));

        private void Write(ulong number) => Write(BitConverter.GetBytes(number));

        private void Write(ReadOnlySpan<byte> some)
        {
            some.CopyTo(bytes.AsSpan(at));
            at += some.Length;
        }
    }
}
