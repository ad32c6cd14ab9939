using System.Buffers;

namespace Sigma.Events.Logs;

/// <summary>Reads a stream block by block. What is left of one stands at the beginning of the next.</summary>
/// <param name="stream">The stream.</param>
/// <param name="live">Whether what is there is passed on before more comes; otherwise a block is full unless it is the last.</param>
internal sealed class StreamBlocks(Stream stream, bool live)
{
    /// <summary>How many bytes a block has.</summary>
    private const int Usual = 256 * 1024;

    private byte[] rest = [];

    /// <summary>Whether the stream may have more. The last block of a live stream adds nothing to what was left.</summary>
    public bool HasMore { get; private set; } = true;

    /// <summary>How many bytes the block has, those that were left included.</summary>
    public int Length { get; private set; }

    /// <summary>How many bytes were read for the block.</summary>
    public int Read { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <returns>The room in which its <see cref="Length"/> bytes stand, from <see cref="ArrayPool{T}.Shared"/>.</returns>
    public byte[] Next()
    {
        // What is left of a long event is not copied again and again: the room has twice its size.
        byte[] room = ArrayPool<byte>.Shared.Rent(Math.Max(Usual, rest.Length * 2));
        rest.CopyTo(room, 0);
        Read = stream.ReadAtLeast(room.AsSpan(rest.Length), live ? 1 : room.Length - rest.Length, throwOnEndOfStream: false);
        Length = rest.Length + Read;
        HasMore = live ? Read > 0 : Length == room.Length;
        return room;
    }

    /// <summary>Keeps the end of the block for the next one.</summary>
    /// <param name="room">What <see cref="Next"/> returned.</param>
    /// <param name="used">How many of its bytes are done with.</param>
    public void Keep(byte[] room, int used) => rest = room[used..Length];
}
