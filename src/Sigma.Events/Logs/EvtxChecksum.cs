using System.IO.Hashing;

namespace Sigma.Events.Logs;

/// <summary>The checksums of .evtx files: CRC-32 as in gzip.</summary>
internal static class EvtxChecksum
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    /// <summary>The checksum of a chunk's header, which leaves out itself and the flags.</summary>
    public static uint OfChunkHeader(ReadOnlySpan<byte> chunk)
    {
        var sum = new Crc32();
        sum.Append(chunk[..120]);
        sum.Append(chunk[128..512]);
        return sum.GetCurrentHashAsUInt32();
    }
}
