namespace Sigma.Cli;

/// <summary>
/// Keeps the content of files between the scan for cross-file keys and their conversion, so that most runs open each file only
/// once. It allocates memory in large pieces, which the garbage collector never moves.
/// </summary>
internal sealed class FileByteCache
{
    private const int Piece = 256 * 1024;

    /// <summary>The number of bytes kept; files beyond it are read again. A large rule repository has 6 MB.</summary>
    private const int Most = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private Memory<byte> free;
    private int taken;

    /// <summary>Reserves memory for a file; returns null if none is left, or if the file is large.</summary>
    /// <param name="length">The length of the file in bytes.</param>
    public Memory<byte>? Take(int length)
    {
        lock (gate)
        {
            if (length > Piece || taken + length > Most)
            {
                return null;
            }

            if (length > free.Length)
            {
                free = GC.AllocateUninitializedArray<byte>(Piece);
            }

            Memory<byte> room = free[..length];
            free = free[length..];
            taken += length;
            return room;
        }
    }
}
