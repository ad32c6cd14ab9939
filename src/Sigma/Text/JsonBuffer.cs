namespace Sigma.Text;

/// <summary>Takes one JSON text, and writes it in its end with the characters that are not seen escaped.</summary>
/// <param name="output">Where to.</param>
internal sealed class JsonBuffer(Stream output) : MemoryStream
{
    private bool isWritten;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !isWritten)
        {
            isWritten = true;
            output.Write(UnseenCharacters.InJson(GetBuffer().AsSpan(0, (int)Length)));
        }

        base.Dispose(disposing);
    }
}
