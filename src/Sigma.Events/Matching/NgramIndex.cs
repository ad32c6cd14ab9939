using System.Buffers.Binary;

namespace Sigma.Events.Matching;

/// <summary>
/// Finds many literals in a text in one pass. Each literal is indexed by one of its n-grams, the one that the fewest literals
/// share. Each n-gram of a text is looked up in a small bit table first. <see cref="AnchoredIndex"/> has the literals of beginnings and ends.
/// </summary>
internal sealed class NgramIndex
{
    private static readonly byte[] Folded = Fold();

    private readonly int length;
    private readonly uint mask;
    private readonly int shift;
    private readonly ulong[] bits;
    private readonly int[] first;
    private readonly Known[] literals;

    /// <summary>Creates the index.</summary>
    /// <param name="wanted">The literals, none shorter than the n-grams, with the numbers of the rules that need them.</param>
    /// <param name="length">The length of the n-grams, 1 to 4.</param>
    public NgramIndex(IReadOnlyList<(RequiredLiteral Literal, int[] Entries)> wanted, int length)
    {
        this.length = length;
        mask = length == 4 ? uint.MaxValue : (1u << (8 * length)) - 1;
        int size = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Count * 32), 1024, 1 << 17);
        bits = new ulong[size / 64];
        shift = 32 - System.Numerics.BitOperations.Log2((uint)size);
        first = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Count * 2)];
        Array.Fill(first, -1);
        literals = new Known[wanted.Count];
        var shared = new Dictionary<uint, int>();
        foreach ((RequiredLiteral literal, _) in wanted)
        {
            for (int i = 0; i + length <= literal.Text.Length; i++)
            {
                uint gram = GramAt(literal.Text, i);
                shared[gram] = shared.GetValueOrDefault(gram) + 1;
            }
        }

        for (int a = 0; a < wanted.Count; a++)
        {
            (RequiredLiteral literal, int[] entries) = wanted[a];
            int offset = Enumerable.Range(0, literal.Text.Length - length + 1).MinBy(i => shared[GramAt(literal.Text, i)]);
            uint gram = GramAt(literal.Text, offset);
            ref int head = ref first[PlaceOf(gram)];
            literals[a] = new Known(literal, gram, offset, head, entries);
            head = a;
            uint bit = BitOf(gram);
            bits[bit >> 6] |= 1UL << (int)bit;
        }
    }

    /// <summary>How many bytes are read behind a folded text; what they are does not matter.</summary>
    public const int Padding = 3;

    /// <summary>How long the stretches for a literal are.</summary>
    public static int LengthFor(string literal) => Math.Min(literal.Length, 4);

    /// <summary>Folds a character as <see cref="Fold(ReadOnlySpan{char}, Span{byte})"/> does.</summary>
    public static byte Fold(char c) => Folded[c];

    /// <summary>Folds a text to one byte per character, so that texts that are equal ignoring case become equal.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<byte> folded)
    {
        // Almost all texts are ASCII, which the library folds many characters at a time.
        System.Text.Ascii.ToUpper(text, folded, out int done);
        byte[] table = Folded;
        for (int i = done; i < text.Length; i++)
        {
            folded[i] = table[text[i]];
        }
    }

    /// <summary>Marks what needs a literal that the text has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">The same, folded, with <see cref="Padding"/> bytes behind it.</param>
    /// <param name="candidates">Takes the marks.</param>
    public void Scan(ReadOnlySpan<char> text, ReadOnlySpan<byte> folded, Candidates candidates)
    {
        // Single characters are not ASCII, and most texts are.
        if (length == 1 && System.Text.Ascii.IsValid(text))
        {
            return;
        }

        ulong[] table = bits;
        for (int i = 0; i <= text.Length - length; i++)
        {
            uint gram = BinaryPrimitives.ReadUInt32LittleEndian(folded[i..]) & mask;
            uint bit = BitOf(gram);
            if (((table[bit >> 6] >> (int)bit) & 1) != 0)
            {
                Verify(text, i, gram, candidates);
            }
        }
    }

    private void Verify(ReadOnlySpan<char> text, int at, uint window, Candidates candidates)
    {
        for (int a = first[PlaceOf(window)]; a >= 0; a = literals[a].Next)
        {
            ref Known known = ref literals[a];
            if (known.Gram != window)
            {
                continue;
            }

            int start = at - known.Offset;
            string literal = known.Literal.Text;
            if (start < 0 || start + literal.Length > text.Length)
            {
                continue;
            }

            if (text.Slice(start, literal.Length).Equals(literal, StringComparison.OrdinalIgnoreCase))
            {
                candidates.Add(known.Entries);
            }
        }
    }

    private uint BitOf(uint gram) => (gram * 0x9E3779B1u) >> shift;

    private uint PlaceOf(uint gram) => ((gram * 0x85EBCA6Bu) >> 7) & ((uint)first.Length - 1);

    private uint GramAt(string literal, int at)
    {
        uint gram = 0;
        for (int i = at + length - 1; i >= at; i--)
        {
            gram = (gram << 8) | Folded[literal[i]];
        }

        return gram;
    }

    private readonly record struct Known(RequiredLiteral Literal, uint Gram, int Offset, int Next, int[] Entries);

    /// <summary>Halves of surrogate pairs are all alike, since the case of a pair lies in its second half.</summary>
    private static byte[] Fold()
    {
        byte[] table = new byte[char.MaxValue + 1];
        for (int c = 0; c < table.Length; c++)
        {
            char upper = char.ToUpperInvariant((char)c);
            table[c] = char.IsSurrogate((char)c) ? (byte)0xFF : upper < 128 ? (byte)upper : (byte)(0x80 | (upper & 0x7F));
        }

        return table;
    }
}

/// <summary>What is worth a closer look at one event: numbers, each once.</summary>
internal sealed class Candidates
{
    private int[] marks = [];
    private int[] found = [];
    private int epoch;

    /// <summary>The numbers, in no order until <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> Found => found.AsSpan(0, Count);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all; from now on numbers are below a limit.</summary>
    public void Clear(int limit)
    {
        if (marks.Length < limit)
        {
            marks = new int[limit];
            found = new int[limit];
            epoch = 0;
        }

        Count = 0;
        epoch++;
    }

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            if (marks[number] != epoch)
            {
                marks[number] = epoch;
                found[Count++] = number;
            }
        }
    }

    /// <summary>Puts them in order.</summary>
    public void Sort() => found.AsSpan(0, Count).Sort();
}
