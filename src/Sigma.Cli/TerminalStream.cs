using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// Shows UTF-8 text on a terminal: what would control the terminal, turns the direction of writing or is not seen stands there as
/// <c>\u{1b}</c>. Tabs and line ends stay.
/// </summary>
/// <param name="terminal">The terminal.</param>
/// <param name="changed">Called at the end if something was shown in another way than it is.</param>
internal sealed class TerminalStream(Stream terminal, Action changed) : Stream
{
    /// <summary>What came after the last line end; a character may be cut in it.</summary>
    private readonly MemoryStream rest = new();
    private bool isChanged;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int lines = buffer.LastIndexOf((byte)'\n') + 1;
        if (lines > 0)
        {
            rest.Write(buffer[..lines]);
            Show();
        }

        rest.Write(buffer[lines..]);
    }

    /// <inheritdoc/>
    public override void Flush() => terminal.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Show();
            terminal.Dispose();
            if (isChanged)
            {
                isChanged = false;
                changed();
            }
        }

        base.Dispose(disposing);
    }

    private void Show()
    {
        string text = Encoding.UTF8.GetString(rest.GetBuffer(), 0, (int)rest.Length);
        rest.SetLength(0);
        string shown = UnseenCharacters.ShownWithControls(text);
        isChanged |= shown.Length != text.Length;
        terminal.Write(Encoding.UTF8.GetBytes(shown));
    }
}
