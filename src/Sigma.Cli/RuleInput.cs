using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule file to read.</summary>
/// <param name="Path">The path as given plus the path below it, with slashes; <c>-</c> for standard input.</param>
/// <param name="Below">The path below what was given; the file's own name for a file.</param>
internal sealed record RuleInput(string Path, string Below)
{
    /// <summary>What reading it may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Whether the user named the file itself, instead of a folder that has it.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Opens standard input, for the one that stands for it; null for files.</summary>
    public Func<Stream>? OpenPipe { get; init; }

    private (SourceText Source, Diagnostic? Error)? piped;
    private Memory<byte>? held;

    /// <summary>Reads the file's text. A pipe can be read once only, so its text is held.</summary>
    /// <param name="error">Why it could not be read; null if it could.</param>
    public SourceText Read(out Diagnostic? error)
    {
        if (held is { } bytes)
        {
            held = null;
            return SourceText.Decode(Path, bytes.Span, out error, Limits);
        }

        return Read(null, out error, (string path, ReadOnlySpan<byte> read, out Diagnostic? problem) => SourceText.Decode(path, read, out problem, Limits));
    }

    /// <summary>Has a first look at the file's bytes, before it is read.</summary>
    /// <param name="room">Keeps them until then, as far as it has room.</param>
    /// <param name="look">What to look for.</param>
    /// <returns>What was found; false for a file that cannot be read, which is reported when its turn comes.</returns>
    public bool Look(FileByteCache room, Func<ReadOnlySpan<byte>, bool> look)
    {
        bool found = false;
        Read(room, out Diagnostic? error, Decode);
        return found && error is null;

        SourceText Decode(string path, ReadOnlySpan<byte> bytes, out Diagnostic? problem)
        {
            problem = null;
            found = look(bytes);
            return new SourceText(path, "");
        }
    }

    private SourceText Read(FileByteCache? room, out Diagnostic? error, Decoder decode)
    {
        try
        {
            if (piped is { } before)
            {
                error = before.Error;
                return before.Source;
            }

            if (OpenPipe is not null)
            {
                using Stream input = OpenPipe();
                return ReadStream(input, out error, decode);
            }

            // Whoever writes to the file meanwhile is not shut out, and the system not asked for a lock.
            using SafeFileHandle file = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
            if (LengthOf(file) is > 0 and var length)
            {
                return length > Limits.FileBytes
                    ? TooLarge((length / (1024.0 * 1024.0)).ToString("0.0"), out error)
                    : ReadFile(file, (int)length, room, out error, decode);
            }

            using var stream = new FileStream(file, FileAccess.Read, 0);
            return ReadStream(stream, out error, decode);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            error = Diagnostic.CannotRead(null, FileErrors.Reason(exception));
            return new SourceText(Path, "");
        }
    }

    /// <summary>The length of a file; 0 for what has none, as a pipe.</summary>
    private static long LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return 0;
        }
    }

    /// <summary>A pipe or a device does not tell its length, nor does a file that the system makes up.</summary>
    private SourceText ReadStream(Stream stream, out Diagnostic? error, Decoder decode)
    {
        using var memory = new MemoryStream();
        bool whole = ReadAll(stream, memory);
        ReadOnlySpan<byte> bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (!stream.CanSeek)
        {
            SourceText source = whole ? SourceText.Decode(Path, bytes, out Diagnostic? problem, Limits) : TooLarge($"more than {Limits[Limits.FileSize]}", out problem);
            piped = (source, problem);
        }

        return whole ? decode(Path, bytes, out error) : TooLarge($"more than {Limits[Limits.FileSize]}", out error);
    }

    private SourceText ReadFile(SafeFileHandle file, int length, FileByteCache? room, out Diagnostic? error, Decoder decode)
    {
        Memory<byte>? kept = room?.Take(length);
        byte[]? rented = kept is null ? ArrayPool<byte>.Shared.Rent(length) : null;
        Memory<byte> buffer = kept ?? rented.AsMemory(0, length);
        try
        {
            int read = 0;
            int more;
            while (read < length && (more = RandomAccess.Read(file, buffer.Span[read..], read)) > 0)
            {
                read += more;
            }

            if (kept is not null)
            {
                held = buffer[..read];
            }

            return decode(Path, buffer.Span[..read], out error);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private delegate SourceText Decoder(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error);

    /// <summary>Reads to the end, unless that is too far away.</summary>
    private bool ReadAll(Stream from, MemoryStream to)
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            to.Write(buffer, 0, read);
            if (to.Length > Limits.FileBytes)
            {
                return false;
            }
        }

        return true;
    }

    private SourceText TooLarge(string megabytes, out Diagnostic error) => SourceText.TooLarge(Path, megabytes, Limits, out error);
}
