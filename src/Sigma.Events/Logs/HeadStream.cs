namespace Sigma.Events.Logs;

/// <summary>A stream whose beginning can be looked at before it is read.</summary>
internal sealed class HeadStream : ForwardStream
{
    private readonly Stream inner;
    private readonly byte[] head;
    private readonly int length;
    private int position;

    public HeadStream(Stream inner, int size, bool live)
    {
        this.inner = inner;
        head = new byte[size];
        do
        {
            int read = inner.Read(head, length, size - length);
            length += read;
            IsWhole = read == 0;
        }
        while (!IsWhole && length < size && !(live && head.AsSpan(0, length).Contains((byte)'\n')));
    }

    public ReadOnlyMemory<byte> Head => head.AsMemory(0, length);

    /// <summary>Whether there is nothing after the head.</summary>
    public bool IsWhole { get; }

    public override int Read(Span<byte> buffer)
    {
        if (position < length)
        {
            int taken = Math.Min(buffer.Length, length - position);
            head.AsSpan(position, taken).CopyTo(buffer);
            position += taken;
            return taken;
        }

        return inner.Read(buffer);
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
