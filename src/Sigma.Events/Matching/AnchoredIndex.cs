namespace Sigma.Events.Matching;

/// <summary>
/// Finds the literals with which a text begins or ends, by its first and last characters. A text is not gone through for them,
/// however long it is.
/// </summary>
internal sealed class AnchoredIndex
{
    /// <summary>So many characters, a byte each, fit into the number by which a literal is looked up.</summary>
    private const int KeyLength = 8;

    private readonly int[] first;
    private readonly Known[] literals;
    private readonly (int Length, bool AtEnd)[] kinds;

    /// <summary>Creates the index.</summary>
    /// <param name="wanted">The literals, each with which texts begin or end, with the numbers of the rules that need them.</param>
    public AnchoredIndex(IReadOnlyList<(RequiredLiteral Literal, int[] Entries)> wanted)
    {
        first = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Count * 4)];
        Array.Fill(first, -1);
        literals = new Known[wanted.Count];
        for (int a = 0; a < wanted.Count; a++)
        {
            (RequiredLiteral literal, int[] entries) = wanted[a];
            int length = LengthFor(literal);
            ulong key = literal.AtEnd ? Tail(literal.Text, length) : Head(literal.Text, length);
            ref int head = ref first[PlaceOf(key, length, literal.AtEnd)];
            literals[a] = new Known(literal, key, length, head, entries);
            head = a;
        }

        kinds = [.. literals.Select(known => (known.Length, known.Literal.AtEnd)).Distinct().Order()];
    }

    /// <summary>Marks what needs a literal with which the text begins or ends.</summary>
    /// <param name="text">The text, which is not empty.</param>
    /// <param name="candidates">Takes the marks.</param>
    public void Scan(ReadOnlySpan<char> text, Candidates candidates)
    {
        int length = Math.Min(text.Length, KeyLength);
        ulong head = Head(text, length);
        ulong tail = Tail(text, length);
        foreach ((int size, bool atEnd) in kinds)
        {
            if (size > length)
            {
                return;
            }

            ulong key = atEnd ? tail >> (8 * (length - size)) : head & (ulong.MaxValue >> (64 - (8 * size)));
            for (int a = first[PlaceOf(key, size, atEnd)]; a >= 0; a = literals[a].Next)
            {
                ref Known known = ref literals[a];
                if (known.Key == key && known.Length == size && known.Literal.AtEnd == atEnd && Fits(text, known.Literal))
                {
                    candidates.Add(known.Entries);
                }
            }
        }
    }

    private static int LengthFor(RequiredLiteral literal) => Math.Min(literal.Text.Length, KeyLength);

    private static bool Fits(ReadOnlySpan<char> text, RequiredLiteral literal) =>
        (!literal.AtStart || text.StartsWith(literal.Text, StringComparison.OrdinalIgnoreCase))
        && (!literal.AtEnd || text.EndsWith(literal.Text, StringComparison.OrdinalIgnoreCase))
        && (!(literal.AtStart && literal.AtEnd) || text.Length == literal.Text.Length);

    /// <summary>The first characters, folded, the first in the lowest byte.</summary>
    private static ulong Head(ReadOnlySpan<char> text, int length)
    {
        ulong key = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            key = (key << 8) | NgramIndex.Fold(text[i]);
        }

        return key;
    }

    /// <summary>The last characters, folded, the last in the highest of as many bytes.</summary>
    private static ulong Tail(ReadOnlySpan<char> text, int length) => Head(text[^length..], length);

    private int PlaceOf(ulong key, int length, bool atEnd) =>
        (int)(((key ^ ((ulong)length << 1) ^ (atEnd ? 1ul : 0)) * 0x9E3779B97F4A7C15ul) >> 40) & (first.Length - 1);

    private readonly record struct Known(RequiredLiteral Literal, ulong Key, int Length, int Next, int[] Entries);
}
