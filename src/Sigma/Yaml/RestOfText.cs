using System.Collections.Immutable;

namespace Sigma.Yaml;

/// <summary>Reads a text from an offset on, without a copy: a file may have thousands of broken documents.</summary>
internal sealed class RestOfText : TextReader
{
    private readonly string text;
    private readonly int start;
    private readonly IReadOnlyList<(int Start, int Length)> hidden;
    private readonly long[] counted;
    private readonly int[] lengths;
    private int at;
    private int next;

    /// <summary>Offsets at which the parser sees <see cref="Mark"/> for what stands there; few.</summary>
    public ImmutableArray<int> Marked { get; init; } = [];

    /// <summary>What it sees there.</summary>
    public char Mark { get; init; }

    /// <summary>Creates the reader.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The offset to start from.</param>
    /// <param name="hidden">Stretches that the parser is not to see, in order.</param>
    public RestOfText(string text, int start, IReadOnlyList<(int Start, int Length)> hidden)
    {
        this.text = text;
        this.start = start;
        this.hidden = hidden;
        at = start;
        counted = new long[hidden.Count];
        lengths = new int[hidden.Count + 1];
        for (int i = 0; i < hidden.Count; i++)
        {
            counted[i] = hidden[i].Start - start - lengths[i];
            lengths[i + 1] = lengths[i] + hidden[i].Length;
        }
    }

    /// <summary>The offset in the text of what the parser has counted from where it started.</summary>
    public int OffsetOf(long index)
    {
        if (counted.Length == 0)
        {
            return (int)Math.Min(start + index, text.Length);
        }

        int before = Array.BinarySearch(counted, index);
        return (int)Math.Min(start + index + lengths[before >= 0 ? before : ~before], text.Length);
    }

    /// <inheritdoc/>
    public override int Peek()
    {
        while (next < hidden.Count && at == hidden[next].Start)
        {
            at += hidden[next++].Length;
        }

        return at >= text.Length ? -1 : Marked.Contains(at) ? Mark : text[at];
    }

    /// <inheritdoc/>
    public override int Read()
    {
        int character = Peek();
        at += character < 0 ? 0 : 1;
        return character;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        if (hidden.Count > 0 || !Marked.IsEmpty)
        {
            return base.Read(buffer, index, count);
        }

        int length = Math.Min(count, text.Length - at);
        text.CopyTo(at, buffer, index, length);
        at += length;
        return length;
    }
}
