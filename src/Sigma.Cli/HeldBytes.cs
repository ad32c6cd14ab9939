namespace Sigma.Cli;

/// <summary>
/// Keeps the content of files between the first look at them and their turn, so that most runs open each file once. It takes
/// memory in large pieces, which the collector never moves.
/// </summary>
internal sealed class HeldBytes
{
    private const int Piece = 256 * 1024;

    /// <summary>How much is kept; beyond that, files are read again. A large rule repository has 6 MB.</summary>
    private const int Most = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private Memory<byte> free;
    private int taken;

    /// <summary>Gives room for a file; nothing when there is no more, or when the file is large.</summary>
    /// <param name="length">The file's length in bytes.</param>
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
