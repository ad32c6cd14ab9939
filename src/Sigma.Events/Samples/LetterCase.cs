using System.Runtime.InteropServices;
using System.Text;

namespace Sigma.Events.Samples;

/// <summary>Which letters the matcher takes for the same: those with the same simple upper case, in no language.</summary>
internal static class LetterCase
{
    /// <summary>The last character of the plane that has letters with two cases beyond U+FFFF.</summary>
    private const int LastCased = 0x1FFFF;

    /// <summary>The upper case of a character, by which letters are compared.</summary>
    public static int Folded(int codePoint) =>
        codePoint <= char.MaxValue ? char.ToUpperInvariant((char)codePoint) : Rune.ToUpperInvariant(new Rune(codePoint)).Value;

    /// <summary>The character as samples write it: in lower case where that is the same letter.</summary>
    public static int Usual(int codePoint)
    {
        int lower = codePoint <= char.MaxValue ? char.ToLowerInvariant((char)codePoint) : Rune.ToLowerInvariant(new Rune(codePoint)).Value;
        return Folded(lower) == Folded(codePoint) ? lower : codePoint;
    }

    /// <summary>All characters that are the same letter, the character itself among them.</summary>
    public static IReadOnlyList<int> Of(int codePoint)
    {
        int folded = Folded(codePoint);
        if (folded < 0x80)
        {
            // No other letter has a letter of ASCII as its simple upper case: the dotless i and the long s keep to themselves.
            return folded is >= 'A' and <= 'Z' ? [folded, folded | 0x20] : [folded];
        }

        return Letters.ByUpperCase.TryGetValue(folded, out List<int>? letters) ? letters : [codePoint];
    }

    /// <summary>Other characters that somebody may take for the same letter, by one of its cases; none for what has no case.</summary>
    public static IEnumerable<Rune> Related(Rune letter)
    {
        Rune[] cases = [letter, Rune.ToLowerInvariant(letter), Rune.ToUpperInvariant(letter), Rune.ToLowerInvariant(Rune.ToUpperInvariant(letter))];
        return cases.Concat(cases.SelectMany(one => Cases.WithCase.GetValueOrDefault(one, []))).Distinct().Where(other => other != letter).OrderBy(other => other.Value);
    }

    /// <summary>A text with its letters in every case, itself first. Whoever takes them ends it, since there may be very many.</summary>
    public static IEnumerable<string> Spellings(string text)
    {
        int[][] letters = [.. text.EnumerateRunes().Select(rune => Of(rune.Value).OrderBy(letter => letter == rune.Value ? 0 : 1).ToArray())];
        int[] chosen = new int[letters.Length];
        int place;
        do
        {
            yield return string.Concat(letters.Select((same, i) => new Rune(same[chosen[i]]).ToString()));
            for (place = 0; place < letters.Length && ++chosen[place] == letters[place].Length; place++)
            {
                chosen[place] = 0;
            }
        }
        while (place < letters.Length);
    }

    /// <summary>Separate, so that only those load it who compare the two notions of a letter.</summary>
    private static class Cases
    {
        /// <summary>The characters that have a character as their lower or upper case.</summary>
        public static readonly Dictionary<Rune, List<Rune>> WithCase = Create();

        private static Dictionary<Rune, List<Rune>> Create()
        {
            var characters = new Dictionary<Rune, List<Rune>>();
            foreach (Rune character in Enumerable.Range(0, LastCased + 1).Where(Rune.IsValid).Select(codePoint => new Rune(codePoint)))
            {
                foreach (Rune other in (Rune[])[Rune.ToLowerInvariant(character), Rune.ToUpperInvariant(character)])
                {
                    if (other != character)
                    {
                        (CollectionsMarshal.GetValueRefOrAddDefault(characters, other, out _) ??= []).Add(character);
                    }
                }
            }

            return characters;
        }
    }

    /// <summary>Separate, so that only letters beyond ASCII load it.</summary>
    private static class Letters
    {
        public static readonly Dictionary<int, List<int>> ByUpperCase = Create();

        private static Dictionary<int, List<int>> Create()
        {
            var letters = new Dictionary<int, List<int>>();
            for (int codePoint = 0x80; codePoint <= LastCased; codePoint++)
            {
                int folded = codePoint is >= 0xD800 and <= 0xDFFF ? codePoint : Folded(codePoint);
                if (folded != codePoint)
                {
                    if (!letters.TryGetValue(folded, out List<int>? same))
                    {
                        letters[folded] = same = [folded];
                    }

                    same.Add(codePoint);
                }
            }

            return letters;
        }
    }
}
