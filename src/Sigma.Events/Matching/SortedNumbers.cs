namespace Sigma.Events.Matching;

/// <summary>Numbers in their order, in short pieces, so that a number can be inserted or removed without moving all that follow.</summary>
internal sealed class SortedNumbers
{
    private const int Longest = 2048;

    private readonly List<List<double>> pieces = [];

    /// <summary>How many there are; a number that came twice counts twice.</summary>
    public int Count { get; private set; }

    /// <summary>The smallest; there must be one.</summary>
    public double First => pieces[0][0];

    /// <summary>The largest; there must be one.</summary>
    public double Last => pieces[^1][^1];

    /// <summary>The number at a place in the order, from 0.</summary>
    public double this[int place]
    {
        get
        {
            // From the nearer end.
            if (place < Count / 2)
            {
                int piece = 0;
                for (; place >= pieces[piece].Count; piece++)
                {
                    place -= pieces[piece].Count;
                }

                return pieces[piece][place];
            }

            int behind = Count - place;
            int last = pieces.Count - 1;
            for (; behind > pieces[last].Count; last--)
            {
                behind -= pieces[last].Count;
            }

            return pieces[last][^behind];
        }
    }

    /// <summary>Takes a number in.</summary>
    public void Add(double number)
    {
        Count++;
        if (pieces.Count == 0)
        {
            pieces.Add([number]);
            return;
        }

        int at = Math.Min(PieceOf(number), pieces.Count - 1);
        List<double> piece = pieces[at];
        int place = piece.BinarySearch(number);
        piece.Insert(place < 0 ? ~place : place, number);
        if (piece.Count > Longest)
        {
            pieces.Insert(at + 1, piece[(Longest / 2)..]);
            piece.RemoveRange(Longest / 2, piece.Count - (Longest / 2));
        }
    }

    /// <summary>Takes a number out, once; it must be among them.</summary>
    public void Remove(double number)
    {
        int at = PieceOf(number);
        List<double> piece = pieces[at];
        piece.RemoveAt(piece.BinarySearch(number));
        Count--;
        if (piece.Count == 0)
        {
            pieces.RemoveAt(at);
        }
    }

    /// <summary>All of them put together, from the smallest on.</summary>
    public double Aggregate(double seed, Func<double, double, double> add)
    {
        foreach (List<double> piece in pieces)
        {
            foreach (double number in piece)
            {
                seed = add(seed, number);
            }
        }

        return seed;
    }

    /// <summary>The first piece whose last number is not smaller; the number of pieces if there is none.</summary>
    private int PieceOf(double number)
    {
        int low = 0;
        int high = pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (pieces[middle][^1] < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
