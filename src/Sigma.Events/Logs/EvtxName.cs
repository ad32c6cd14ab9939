using System.Buffers.Binary;

namespace Sigma.Events.Logs;

/// <summary>
/// A name that binary XML uses: four bytes say where in the chunk it stands. That may be right behind them, where the name is used
/// first. A name is the place of the next one with the same hash, the hash, the length, the characters, and a zero.
/// </summary>
/// <param name="Place">Where the four bytes are.</param>
/// <param name="Text">The name.</param>
/// <param name="IsHere">Whether it stands right behind them.</param>
internal readonly record struct EvtxName(int Place, string Text, bool IsHere)
{
    private const int LongestName = 512;

    /// <summary>The bytes of a name around its characters.</summary>
    private const int Around = 10;

    /// <summary>Where what follows begins.</summary>
    public int End => Place + 4 + (IsHere ? Around + (Text.Length * 2) : 0);

    /// <summary>Reads the name that the bytes at a place point to.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="place">The place; the four bytes are in the chunk.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static EvtxName Read(ReadOnlySpan<byte> chunk, int place)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(chunk[place..]);
        if (offset > chunk.Length - 8)
        {
            throw new InvalidDataException("a name is outside of its chunk");
        }

        int at = (int)offset;
        int characters = BinaryPrimitives.ReadUInt16LittleEndian(chunk[(at + 6)..]);
        if (characters * 2 > chunk.Length - at - Around)
        {
            throw new InvalidDataException("a name is outside of its chunk");
        }

        if (characters > LongestName || BinaryPrimitives.ReadUInt16LittleEndian(chunk[(at + 8 + (characters * 2))..]) != 0)
        {
            throw new InvalidDataException("a name is damaged");
        }

        return new EvtxName(place, EvtxValues.TextOf(chunk.Slice(at + 8, characters * 2)), at == place + 4);
    }

    /// <summary>Whether the same name is used at the same place of a template in another chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="begin">Where the template begins; the place is counted from there.</param>
    public bool IsAt(ReadOnlyMemory<byte> chunk, int begin)
    {
        ReadOnlySpan<byte> bytes = chunk.Span;
        int place = begin + Place;
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[place..]);
        int size = Text.Length * 2;
        if (offset > bytes.Length - Around - size || offset == place + 4 != IsHere)
        {
            return false;
        }

        ReadOnlySpan<byte> name = bytes[((int)offset + 6)..];
        return BinaryPrimitives.ReadUInt16LittleEndian(name) == Text.Length
            && System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(name.Slice(2, size)).SequenceEqual(Text)
            && BinaryPrimitives.ReadUInt16LittleEndian(name[(2 + size)..]) == 0;
    }
}
