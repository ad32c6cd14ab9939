using System.Runtime.InteropServices;
using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Finds the shortest text that some Sigma strings match and others do not, by walking through all of them at once. It is a
/// decision, not a guess: where it ends without a text, there is none.
/// </summary>
internal sealed class GlobWitness
{
    /// <summary>How many steps, of one string by one character, are gone before the question counts as too hard.</summary>
    private const long MostSteps = 20_000_000;

    /// <summary>Stand for a run of characters and for one that nothing is known of.</summary>
    private const char SomeRun = '\uE000', SomeCharacter = '\uE001';

    /// <summary>How long the strings may be together, in characters; a state takes a bit for each.</summary>
    private const int MostTokens = 1500;

    private readonly List<(int First, int Last, bool Wanted, bool Cased)> patterns = [];
    private readonly List<(PartKind Kind, char Character)> tokens = [];
    private readonly List<char> alphabet = [];

    private GlobWitness()
    {
    }

    /// <summary>Looks for a text.</summary>
    /// <param name="wanted">The strings that must match it.</param>
    /// <param name="unwanted">The strings that must not.</param>
    /// <param name="impossible">Whether there is certainly no such text.</param>
    /// <returns>The text; null where there is none, or the search was given up.</returns>
    public static string? Find(IReadOnlyList<StringValue> wanted, IReadOnlyList<StringValue> unwanted, out bool impossible)
    {
        impossible = false;
        var search = new GlobWitness();
        foreach (StringValue value in wanted)
        {
            search.Add(value, true);
        }

        foreach (StringValue value in unwanted)
        {
            search.Add(value, false);
        }

        return search.tokens.Count > MostTokens ? null : search.Walk(out impossible);
    }

    /// <summary>Whether one string surely matches all that another does; false where that is not plain to see.</summary>
    /// <param name="wide">The one.</param>
    /// <param name="narrow">The other.</param>
    public static bool Includes(StringValue wide, StringValue narrow)
    {
        if (wide.Text.Parts.Any(part => part.Kind is PartKind.One) || (wide.Cased && !narrow.Cased))
        {
            return false;
        }

        // No literal matches the two that stand for what is not known, so only a * can take them.
        string text = string.Concat(narrow.Text.Parts.Select(part => part.Kind switch
        {
            PartKind.Many => SomeRun.ToString(),
            PartKind.One => SomeCharacter.ToString(),
            _ => part.Text,
        }));
        return new PatternTest(wide.Text.Parts, wide.Cased).Fits(text);
    }

    private void Add(StringValue value, bool wanted)
    {
        int first = tokens.Count;
        foreach (StringPart part in value.Text.Parts)
        {
            if (part.Kind is PartKind.Literal)
            {
                foreach (char c in part.Text)
                {
                    tokens.Add((PartKind.Literal, value.Cased ? c : char.ToLowerInvariant(c)));
                    AddLetter(value.Cased ? c : char.ToLowerInvariant(c));
                }
            }
            else
            {
                tokens.Add((part.Kind, '\0'));
            }
        }

        // The place behind the last token: the string is used up.
        tokens.Add((PartKind.Placeholder, '\0'));
        patterns.Add((first, tokens.Count - 1, wanted, value.Cased));
    }

    private void AddLetter(char c)
    {
        if (!alphabet.Contains(c))
        {
            alphabet.Add(c);
        }
    }

    private string? Walk(out bool impossible)
    {
        impossible = false;
        if (patterns.Exists(pattern => pattern.Cased) && patterns.Exists(pattern => !pattern.Cased))
        {
            // What one string takes for the same letter, another may not.
            foreach (char letter in alphabet.ToArray())
            {
                AddLetter(char.ToUpperInvariant(letter));
                AddLetter(char.ToLowerInvariant(letter));
            }
        }

        AddLetter(Other());
        int words = (tokens.Count + 63) / 64;
        var states = new List<(ulong[] Bits, int From, char Letter)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ulong[] start = new ulong[words];
        foreach ((int first, _, _, _) in patterns)
        {
            Enter(start, first);
        }

        states.Add((start, -1, '\0'));
        seen.Add(Key(start));
        long steps = 0;
        for (int i = 0; i < states.Count; i++)
        {
            if (Accepts(states[i].Bits))
            {
                return Spell(states, i);
            }

            steps += (long)alphabet.Count * tokens.Count;
            if (steps > MostSteps)
            {
                return null;
            }

            foreach (char letter in alphabet)
            {
                if (Step(states[i].Bits, letter, words) is { } next && seen.Add(Key(next)))
                {
                    states.Add((next, i, letter));
                }
            }
        }

        impossible = true;
        return null;
    }

    /// <summary>The state after one more character; null when a wanted string cannot match any more.</summary>
    private ulong[]? Step(ulong[] bits, char letter, int words)
    {
        ulong[] next = new ulong[words];
        foreach ((int first, int last, bool wanted, bool cased) in patterns)
        {
            char seen = cased ? letter : char.ToLowerInvariant(letter);
            bool alive = false;
            for (int t = first; t < last; t++)
            {
                if ((bits[t >> 6] & (1UL << (t & 63))) == 0)
                {
                    continue;
                }

                (PartKind kind, char character) = tokens[t];
                if (kind is PartKind.Many)
                {
                    Enter(next, t);
                    alive = true;
                }
                else if (kind is PartKind.One || character == seen)
                {
                    Enter(next, t + 1);
                    alive = true;
                }
            }

            if (wanted && !alive)
            {
                return null;
            }
        }

        return next;
    }

    /// <summary>Enters a place, and those that are reached from it without a character.</summary>
    private void Enter(ulong[] bits, int token)
    {
        bits[token >> 6] |= 1UL << (token & 63);
        while (tokens[token].Kind is PartKind.Many)
        {
            token++;
            bits[token >> 6] |= 1UL << (token & 63);
        }
    }

    private bool Accepts(ulong[] bits)
    {
        foreach ((_, int last, bool wanted, _) in patterns)
        {
            if (((bits[last >> 6] & (1UL << (last & 63))) != 0) != wanted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A character that stands for all that no string has.</summary>
    private char Other()
    {
        foreach (char c in "xyzwqvkjabcdefghilmnoprstu0123456789-_")
        {
            if (!alphabet.Contains(c) && !alphabet.Contains(char.ToUpperInvariant(c)))
            {
                return c;
            }
        }

        return 'ж';
    }

    private static string Spell(List<(ulong[] Bits, int From, char Letter)> states, int at)
    {
        var letters = new List<char>();
        for (; states[at].From >= 0; at = states[at].From)
        {
            letters.Add(states[at].Letter);
        }

        letters.Reverse();
        return new string(CollectionsMarshal.AsSpan(letters));
    }

    private static string Key(ulong[] bits) => new(MemoryMarshal.Cast<ulong, char>(bits));
}
