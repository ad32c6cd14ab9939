using System.IO.Compression;
using Sigma.Text;

namespace Sigma.Events.Logs;

/// <summary>
/// Unpacks gzip (RFC 1952), one member or several, and fails where the packed data end in something else: a damaged header of a
/// second member would otherwise pass for the end. Zeros after the last member are padding, and one byte alone is not noticed.
/// </summary>
internal sealed class GzipMembers : ForwardStream
{
    private readonly Feed feed;
    private readonly GZipStream unpacked;
    private bool isAtEnd;

    static GzipMembers() => AppContext.SetSwitch(EmbeddedFiles.StrictCompression, true);

    public GzipMembers(Stream packed)
    {
        feed = new Feed(packed);
        unpacked = new GZipStream(feed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are damaged, cut short, or end in data that are not gzip.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = unpacked.Read(buffer);
        if (read == 0 && buffer.Length > 0 && !isAtEnd)
        {
            isAtEnd = true;
            if (feed.HasMore())
            {
                throw new InvalidDataException("What stands behind the last member is no gzip.");
            }
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Hands out the packed data, the last of them byte by byte. <see cref="GZipStream"/> looks no further than what it was given, and does not say
    /// how much of it was gzip; this way all that it leaves is still here.
    /// </summary>
    private sealed class Feed(Stream packed) : ForwardStream
    {
        /// <summary>So few that what comes down a pipe is hardly held up.</summary>
        private const int Tail = 256;

        private readonly byte[] ahead = new byte[64 * 1024];
        private int begin;
        private int end;
        private bool isWhole;

        /// <summary>Whether anything but zeros is left.</summary>
        public bool HasMore()
        {
            do
            {
                if (ahead.AsSpan(begin, end - begin).ContainsAnyExcept((byte)0))
                {
                    return true;
                }

                begin = end;
                Fill();
            }
            while (begin < end);
            return false;
        }

        public override int Read(Span<byte> buffer)
        {
            Fill();
            int count = Math.Min(buffer.Length, isWhole ? Math.Min(1, end - begin) : end - begin - Tail);
            ahead.AsSpan(begin, count).CopyTo(buffer);
            begin += count;
            return count;
        }

        /// <summary>Reads until there is more than the tail, or the end is known.</summary>
        private void Fill()
        {
            while (!isWhole && end - begin <= Tail)
            {
                if (begin > 0)
                {
                    ahead.AsSpan(begin, end - begin).CopyTo(ahead);
                    (begin, end) = (0, end - begin);
                }

                int read = packed.Read(ahead, end, ahead.Length - end);
                isWhole = read == 0;
                end += read;
            }
        }
    }
}
