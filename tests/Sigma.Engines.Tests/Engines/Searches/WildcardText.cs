using System.Text;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>
/// A text with wildcards for any characters and for one, case-insensitive or case-sensitive. Its pieces between the former are searched for
/// one after another, each at its first place, so that the time does not multiply with their number, as it does in a regular expression.
/// </summary>
internal sealed class WildcardText
{
    /// <summary>Any one character.</summary>
    public const int One = -1;

    private readonly List<List<int>> pieces = [[]];
    private readonly bool ignoreCase;

    /// <summary>Creates a text without characters.</summary>
    public WildcardText(bool ignoreCase) => this.ignoreCase = ignoreCase;

    /// <summary>Creates a text in which only a star is special.</summary>
    public static WildcardText OfStars(string text, bool ignoreCase)
    {
        var made = new WildcardText(ignoreCase);
        foreach (var c in text.EnumerateRunes())
        {
            if (c.Value == '*')
            {
                made.AddMany();
            }
            else
            {
                made.Add(c.Value);
            }
        }

        return made;
    }

    /// <summary>Appends a character, or <see cref="One"/>.</summary>
    public void Add(int character) => pieces[^1].Add(ignoreCase && character != One ? Folded(character) : character);

    /// <summary>Appends any characters.</summary>
    public void AddMany() => pieces.Add([]);

    /// <summary>Whether a text is one of those that it stands for.</summary>
    public bool Fits(string text)
    {
        var (first, last) = (pieces[0], pieces[^1]);
        var characters = Characters(text);
        if (pieces.Count == 1)
        {
            return characters.Length == first.Count && IsAt(first, characters, 0);
        }

        if (first.Count + last.Count > characters.Length || !IsAt(first, characters, 0) || !IsAt(last, characters, characters.Length - last.Count))
        {
            return false;
        }

        return Middle(characters, first.Count) is >= 0 and var behind && behind <= characters.Length - last.Count;
    }

    /// <summary>Whether it stands somewhere in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="breakBefore">Whether no letter, number or _ may stand in front of it.</param>
    /// <param name="breakAfter">Whether none may follow.</param>
    public bool IsIn(string text, bool breakBefore, bool breakAfter)
    {
        var characters = Characters(text);
        for (var at = Find(pieces[0], characters, 0); at >= 0; at = Find(pieces[0], characters, at + 1))
        {
            if (breakBefore && at > 0 && IsWord(characters[at - 1]))
            {
                continue;
            }

            if (pieces.Count == 1)
            {
                if (!breakAfter || IsBreak(characters, at + pieces[0].Count))
                {
                    return true;
                }

                continue;
            }

            // Where the first piece comes first, most is left for the others.
            var behind = Middle(characters, at + pieces[0].Count);
            for (var end = behind < 0 ? -1 : Find(pieces[^1], characters, behind); end >= 0; end = Find(pieces[^1], characters, end + 1))
            {
                if (!breakAfter || IsBreak(characters, end + pieces[^1].Count))
                {
                    return true;
                }
            }

            return false;
        }

        return false;
    }

    /// <summary>Where the pieces between the first and the last one end; -1 where they do not come in this order.</summary>
    private int Middle(int[] characters, int from)
    {
        for (var i = 1; i < pieces.Count - 1 && from >= 0; i++)
        {
            from = Find(pieces[i], characters, from) is >= 0 and var at ? at + pieces[i].Count : -1;
        }

        return from;
    }

    private static int Find(List<int> piece, int[] characters, int from)
    {
        for (var at = from; at + piece.Count <= characters.Length; at++)
        {
            if (IsAt(piece, characters, at))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsAt(List<int> piece, int[] characters, int at)
    {
        for (var i = 0; i < piece.Count; i++)
        {
            if (piece[i] != One && piece[i] != characters[at + i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBreak(int[] characters, int at) => at >= characters.Length || !IsWord(characters[at]);

    private static bool IsWord(int character) => character == '_' || Rune.IsLetter(new Rune(character)) || Rune.IsNumber(new Rune(character));

    private int[] Characters(string text) => [.. text.EnumerateRunes().Select(rune => ignoreCase ? Folded(rune.Value) : rune.Value)];

    private static int Folded(int character) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(character))).Value;
}
