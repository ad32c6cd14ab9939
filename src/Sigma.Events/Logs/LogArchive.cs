using System.Formats.Tar;
using System.IO.Compression;
using ZstdSharp;

namespace Sigma.Events.Logs;

/// <summary>A log, or what may be one: a file, or a file in an archive.</summary>
/// <param name="Name">The path in the archive; null for the file itself.</param>
/// <param name="Content">Its content.</param>
internal sealed record LogPart(string? Name, Stream Content);

/// <summary>
/// Opens zip and tar archives, also tar within gzip or zstd, and files within zstd. Archives within archives are not opened. An archive may
/// be made to expand without end: what it expands to is bounded by its size.
/// </summary>
internal static class LogArchive
{
    private const int Head = 512;

    /// <summary>What is this many times as large as the archive, beyond the free part, is not a log.</summary>
    private const long MostTimes = 200;
    private const long FreeBytes = 64L * 1024 * 1024;
    private const int MostEntries = 100_000;

    /// <summary>The files of an archive, one after another; each must be read before the next.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="Matching.NotEventsException">It is an archive that cannot be opened.</exception>
    public static IEnumerable<LogPart> Open(Stream stream)
    {
        (Stream input, byte[] head) = Peek(stream);
        if (head is [(byte)'P', (byte)'K', 3, 4, ..])
        {
            return Zip(input.CanSeek ? input : throw new Matching.NotEventsException("a zip archive, which cannot be read from a pipe", isKnown: true));
        }

        bool isZstd = head is [0x28, 0xB5, 0x2F, 0xFD, ..];
        long size = stream.CanSeek ? stream.Length : 0;
        if (isZstd || head is [0x1F, 0x8B, ..])
        {
            if (!isZstd && !stream.CanSeek)
            {
                // A log in gzip comes down a pipe as it is written; nothing is held back to look at it.
                return [new LogPart(null, input)];
            }

            Stream unpacked = isZstd ? new Zstd(input) : new GzipMembers(input);
            (Stream inner, byte[] innerHead) = Peek(unpacked);
            if (IsTar(innerHead))
            {
                return Tar(new Bounded(inner, new Budget(size)));
            }

            if (isZstd)
            {
                return [new LogPart(null, new Bounded(inner, new Budget(size)))];
            }

            stream.Position = 0;
            return [new LogPart(null, stream)];
        }

        return IsTar(head) ? Tar(new Bounded(input, new Budget(size))) : [new LogPart(null, input)];
    }

    private static bool IsTar(byte[] head) => head.Length >= 262 && head.AsSpan(257).StartsWith("ustar"u8);

    private static (Stream Stream, byte[] Head) Peek(Stream stream)
    {
        if (!stream.CanSeek)
        {
            var looked = new HeadStream(stream, Head, live: true);
            return (looked, looked.Head.ToArray());
        }

        byte[] head = new byte[Head];
        int length = stream.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        stream.Position = 0;
        return (stream, head[..length]);
    }

    private static IEnumerable<LogPart> Zip(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var budget = new Budget(stream.Length);
        foreach (ZipArchiveEntry entry in archive.Entries.Take(MostEntries))
        {
            if (!entry.FullName.EndsWith('/'))
            {
                yield return new LogPart(entry.FullName, entry.IsEncrypted ? new Encrypted() : new Bounded(entry.Open(), budget));
            }
        }
    }

    private static IEnumerable<LogPart> Tar(Stream stream)
    {
        using var archive = new TarReader(stream, leaveOpen: true);
        for (int i = 0; i < MostEntries; i++)
        {
            TarEntry? entry;
            try
            {
                entry = archive.GetNextEntry();
            }
            catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException or NotSupportedException or OverflowException)
            {
                throw new InvalidDataException("the tar archive is damaged", exception);
            }

            if (entry is null)
            {
                yield break;
            }

            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile && entry.DataStream is { } data)
            {
                yield return new LogPart(entry.Name, new Forward(data));
            }
        }
    }

    /// <summary>How many bytes an archive may expand to.</summary>
    private sealed class Budget(long packed)
    {
        private long left = FreeBytes + (packed == 0 ? long.MaxValue / 2 : packed * MostTimes);

        public void Take(int bytes)
        {
            left -= bytes;
            if (left < 0)
            {
                throw new IOException($"it expands to more than {MostTimes} times its size");
            }
        }
    }

    private sealed class Bounded(Stream inner, Budget budget) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            budget.Take(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Forward(Stream inner) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer);
    }

    private sealed class Encrypted : ForwardStream
    {
        public override int Read(Span<byte> buffer) => throw new Matching.NotEventsException("an encrypted file", isKnown: true);
    }

    private sealed class Zstd(Stream packed) : ForwardStream
    {
        private readonly DecompressionStream unpacked = new(packed);

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return unpacked.Read(buffer);
            }
            catch (Exception exception) when (exception is ZstdException or EndOfStreamException)
            {
                throw new InvalidDataException("the zstd data is damaged", exception);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                unpacked.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
