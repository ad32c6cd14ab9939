using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sigma.Events.Matching;

/// <summary>
/// Finds many literals in a text in one pass. Each literal is indexed by one of its n-grams, the one that the fewest literals
/// share. The first two characters of each n-gram of a text are looked up in a small bit table first, and then the n-gram in a larger
/// one. <see cref="AnchoredIndex"/> has the literals of beginnings and ends.
/// </summary>
internal sealed class NgramIndex
{
    /// <summary>The length of most n-grams; those of shorter literals are as long as these.</summary>
    private const int Longest = 4;

    private static readonly byte[] Folded = Fold();

    /// <summary>How many pairs of six bits there are.</summary>
    private const int Pairs = 1 << 12;

    private readonly ulong[] pairs = new ulong[Pairs / 64];
    private readonly (int Length, uint Mask)[] lengths;
    private readonly int shift;
    private readonly ulong[] bits;
    private readonly int[] first;
    private readonly Known[] literals;

    /// <summary>Creates the index.</summary>
    /// <param name="wanted">The literals, which are not empty, with the numbers of the rules that need them.</param>
    public NgramIndex(IReadOnlyList<(RequiredLiteral Literal, int[] Entries)> wanted)
    {
        int size = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Count * 32), 1024, 1 << 17);
        bits = new ulong[size / 64];
        shift = 32 - System.Numerics.BitOperations.Log2((uint)size);
        first = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted.Count * 2)];
        Array.Fill(first, -1);
        literals = new Known[wanted.Count];
        lengths = [.. wanted.Select(one => LengthFor(one.Literal.Text)).Distinct().Order().Select(length => (length, MaskOf(length)))];

        // What is rare in literals is rare in texts.
        var shared = new Dictionary<ulong, int>(wanted.Count * 8);
        Span<int> sharedPairs = stackalloc int[Pairs];
        sharedPairs.Clear();
        byte[] room = new byte[wanted.Max(one => one.Literal.Text.Length) + Padding];
        foreach ((RequiredLiteral literal, _) in wanted)
        {
            ReadOnlySpan<byte> folded = FoldLiteral(literal.Text, room);
            int length = LengthFor(literal.Text);
            for (int i = 0; i + length <= literal.Text.Length; i++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shared, KeyOf(GramAt(folded, i, length), length), out _)++;
                sharedPairs[(int)PairAt(folded, i)]++;
            }
        }

        for (int a = 0; a < wanted.Count; a++)
        {
            (RequiredLiteral literal, int[] entries) = wanted[a];
            ReadOnlySpan<byte> folded = FoldLiteral(literal.Text, room);
            int length = LengthFor(literal.Text);
            int offset = 0;
            (int, int) least = (int.MaxValue, 0);
            for (int i = 0; i + length <= literal.Text.Length; i++)
            {
                (int, int) uses = (shared[KeyOf(GramAt(folded, i, length), length)], sharedPairs[(int)PairAt(folded, i)]);
                (least, offset) = uses.CompareTo(least) < 0 ? (uses, i) : (least, offset);
            }

            uint gram = GramAt(folded, offset, length);
            ref int head = ref first[PlaceOf(gram, length)];
            literals[a] = new Known(literal, gram, length, offset, head, entries);
            head = a;
            AddPair(folded, offset, length);
            uint bit = BitOf(gram, length);
            bits[bit >> 6] |= 1UL << (int)bit;
        }
    }

    /// <summary>How many bytes are read behind a folded text; what they are does not matter.</summary>
    public const int Padding = 3;

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
    /// <param name="text">The text, which is not empty.</param>
    /// <param name="folded">The same, folded, with <see cref="Padding"/> bytes behind it.</param>
    /// <param name="candidates">Takes the marks.</param>
    public void Scan(ReadOnlySpan<char> text, ReadOnlySpan<byte> folded, Candidates candidates)
    {
        // Single characters are not ASCII, and most texts are.
        if (lengths[0].Length == 1 && System.Text.Ascii.IsValid(text))
        {
            return;
        }

        ulong[] table = pairs;
        uint pair = folded[0];
        ReadOnlySpan<byte> behind = folded.Slice(1, text.Length);
        for (int i = 0; i < behind.Length; i++)
        {
            pair = PairOf(pair, behind[i]);
            if (((table[pair >> 6] >> (int)pair) & 1) != 0)
            {
                Look(text, i, BinaryPrimitives.ReadUInt32LittleEndian(folded[i..]), candidates);
            }
        }
    }

    /// <summary>Looks for literals of which the n-gram begins at a place.</summary>
    private void Look(ReadOnlySpan<char> text, int at, uint window, Candidates candidates)
    {
        foreach ((int length, uint mask) in lengths)
        {
            uint gram = window & mask;
            uint bit = BitOf(gram, length);
            if (((bits[bit >> 6] >> (int)bit) & 1) != 0)
            {
                Verify(text, at, gram, length, candidates);
            }
        }
    }

    private void Verify(ReadOnlySpan<char> text, int at, uint gram, int length, Candidates candidates)
    {
        for (int a = first[PlaceOf(gram, length)]; a >= 0; a = literals[a].Next)
        {
            ref Known known = ref literals[a];
            if (known.Gram != gram || known.Length != length)
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

    /// <summary>Folds a literal, with zeros behind it.</summary>
    private static ReadOnlySpan<byte> FoldLiteral(string literal, byte[] room)
    {
        Fold(literal.AsSpan(), room);
        room.AsSpan(literal.Length, Padding).Clear();
        return room.AsSpan(0, literal.Length + Padding);
    }

    /// <summary>Notes with which two characters an n-gram begins. What follows a single character may be anything.</summary>
    private void AddPair(ReadOnlySpan<byte> folded, int offset, int length)
    {
        if (length == 1)
        {
            pairs[folded[offset] & 0x3F] = ulong.MaxValue;
            return;
        }

        uint pair = PairAt(folded, offset);
        pairs[pair >> 6] |= 1UL << (int)pair;
    }

    private static uint PairAt(ReadOnlySpan<byte> folded, int at) => PairOf(folded[at], folded[at + 1]);

    /// <summary>A number of two characters, from the one before: the lowest six bits of each, in which the folded characters of ASCII differ.</summary>
    private static uint PairOf(uint before, byte next) => ((before << 6) | (next & 0x3Fu)) & (Pairs - 1);

    /// <summary>The length of a literal's n-grams.</summary>
    private static int LengthFor(string literal) => Math.Min(literal.Length, Longest);

    private static uint MaskOf(int length) => uint.MaxValue >> (8 * (Longest - length));

    private uint BitOf(uint gram, int length) => ((gram ^ (uint)length) * 0x9E3779B1u) >> shift;

    private uint PlaceOf(uint gram, int length) => (((gram ^ (uint)length) * 0x85EBCA6Bu) >> 7) & ((uint)first.Length - 1);

    private static uint GramAt(ReadOnlySpan<byte> folded, int at, int length) => BinaryPrimitives.ReadUInt32LittleEndian(folded[at..]) & MaskOf(length);

    /// <summary>One number for an n-gram and its length.</summary>
    private static ulong KeyOf(uint gram, int length) => ((ulong)(uint)length << 32) | gram;

    private readonly record struct Known(RequiredLiteral Literal, uint Gram, int Length, int Offset, int Next, int[] Entries);

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
