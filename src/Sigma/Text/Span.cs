namespace Sigma.Text;

/// <summary>A stretch of a source. Born in the YAML stage and carried by every node after it.</summary>
/// <param name="Source">The text it lies in.</param>
/// <param name="Start">The offset of its first character, in UTF-16 units.</param>
/// <param name="Length">Its length, in UTF-16 units; 0 marks a place between two characters.</param>
public readonly record struct Span(SourceText Source, int Start, int Length)
{
    /// <summary>The offset after its last character.</summary>
    public int End => Start + Length;

    /// <summary>Line and column of its start, both from 1.</summary>
    public (int Line, int Column) Position => Source.PositionOf(Start);

    /// <summary>The characters themselves.</summary>
    public ReadOnlySpan<char> Characters => Source.Text.AsSpan(Start, Length);

    /// <summary>The stretch from this one's start to the other's end. Both lie in one source.</summary>
    public Span To(Span last) => last.Source == Source && last.End >= Start ? new Span(Source, Start, last.End - Start) : this;

    /// <summary>A part of this stretch.</summary>
    /// <param name="offset">Where the part starts, from this one's start.</param>
    /// <param name="length">The part's length.</param>
    public Span Slice(int offset, int length) => new(Source, Start + offset, length);
}
