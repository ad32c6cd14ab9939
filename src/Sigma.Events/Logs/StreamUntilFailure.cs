namespace Sigma.Events.Logs;

/// <summary>A stream that ends where the inner one fails, and remembers why: what was read before is worth having.</summary>
/// <param name="inner">The inner stream.</param>
internal sealed class StreamUntilFailure(Stream inner) : ForwardStream
{
    /// <summary>Why it ended; null if that is its end, or it has not ended yet.</summary>
    public Exception? Failure { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (Failure is not null)
        {
            return 0;
        }

        try
        {
            return inner.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Failure = exception;
            return 0;
        }
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
