using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Finds the shortest text that some patterns match and others do not, by walking through all of them at once, character by character.
/// It is a decision, not a guess: where it ends without a text, there is none.
/// </summary>
internal sealed class PatternWitness
{
    /// <summary>How many steps, of one pattern by one character, are gone before the question counts as too hard.</summary>
    private const long MostSteps = 20_000_000;

    /// <summary>Stand for a run of characters and for one that nothing is known of.</summary>
    private const char SomeRun = '\uE000', SomeCharacter = '\uE001';

    /// <summary>How long the patterns may be together, in steps; a state takes a bit for each.</summary>
    private const int MostTokens = 1500;

    private readonly List<(List<(int First, int Last)> Rows, bool Wanted)> patterns = [];

    /// <summary>The steps of all rows, with null behind the last of each.</summary>
    private readonly List<PatternStep?> steps = [];
    private readonly List<int> alphabet = [];

    private PatternWitness()
    {
    }

    /// <summary>Looks for a text.</summary>
    /// <param name="wanted">The patterns that must match it.</param>
    /// <param name="unwanted">The patterns that must not.</param>
    /// <param name="impossible">Whether there is certainly no such text.</param>
    /// <returns>The text; null where there is none, or the search was given up.</returns>
    public static string? Find(IEnumerable<TextPattern> wanted, IEnumerable<TextPattern> unwanted, out bool impossible)
    {
        impossible = false;
        var search = new PatternWitness();
        foreach (TextPattern pattern in wanted)
        {
            search.Add(pattern, true);
        }

        foreach (TextPattern pattern in unwanted)
        {
            search.Add(pattern, false);
        }

        return search.steps.Count > MostTokens ? null : search.Walk(out impossible);
    }

    /// <summary>Whether one string surely matches all that another does; false where that is not plain to see.</summary>
    /// <param name="wide">The one.</param>
    /// <param name="narrow">The other.</param>
    public static bool Includes(StringValue wide, StringValue narrow)
    {
        if (wide.Text.Parts.Any(part => part.Kind is PartKind.One || part.Text.AsSpan().ContainsAny(SomeRun, SomeCharacter)) || (wide.Cased && !narrow.Cased))
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

    private void Add(TextPattern pattern, bool wanted)
    {
        var rows = new List<(int, int)>();
        foreach (ImmutableArray<PatternStep> row in pattern.Rows)
        {
            rows.Add((steps.Count, steps.Count + row.Length));
            foreach (PatternStep step in row)
            {
                steps.Add(step);
            }

            // The place behind the last step: the row is used up.
            steps.Add(null);
        }

        patterns.Add((rows, wanted));
    }

    /// <summary>
    /// The characters that the steps tell apart, each once, and one that stands for all others. Where case counts for some steps only, those that
    /// one step takes for the same letter are each a character of their own.
    /// </summary>
    private void CreateAlphabet()
    {
        bool mindsCase = steps.Exists(step => step is { IsCased: true });
        var known = new HashSet<int>();
        foreach (PatternStep? step in steps)
        {
            IEnumerable<int> letters = step switch
            {
                { Set: { } set } => set.Select(c => (int)c),
                { IsCased: false } letter when mindsCase => LetterCase.Of(letter.Letter).Prepend(LetterCase.Usual(letter.Letter)),
                { IsCased: false } letter => [LetterCase.Usual(letter.Letter)],
                { } letter => [letter.Letter],
                _ => [],
            };
            alphabet.AddRange(letters.Where(known.Add));
        }

        var taken = known.Select(LetterCase.Folded).ToHashSet();
        alphabet.Add("xyzwqvkjabcdefghilmnoprstu0123456789-_".Select(c => (int)c).Concat(Enumerable.Range('ж', 0x3000)).First(c => !taken.Contains(LetterCase.Folded(c))));
    }

    private string? Walk(out bool impossible)
    {
        impossible = false;
        CreateAlphabet();
        int[] folded = [.. alphabet.Select(LetterCase.Folded)];
        int words = (steps.Count + 63) / 64;
        var states = new List<(ulong[] Bits, int From, int Letter)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ulong[] start = new ulong[words];
        foreach ((int first, _) in patterns.SelectMany(pattern => pattern.Rows))
        {
            Enter(start, first);
        }

        states.Add((start, -1, 0));
        seen.Add(Key(start));
        long gone = 0;
        for (int i = 0; i < states.Count; i++)
        {
            if (Accepts(states[i].Bits))
            {
                return Spell(states, i);
            }

            gone += (long)alphabet.Count * steps.Count;
            if (gone > MostSteps)
            {
                return null;
            }

            for (int letter = 0; letter < folded.Length; letter++)
            {
                if (Step(states[i].Bits, alphabet[letter], folded[letter], words) is { } next && seen.Add(Key(next)))
                {
                    states.Add((next, i, alphabet[letter]));
                }
            }
        }

        impossible = true;
        return null;
    }

    /// <summary>The state after one more character; null when a wanted pattern cannot match any more.</summary>
    private ulong[]? Step(ulong[] bits, int letter, int folded, int words)
    {
        ulong[] next = new ulong[words];
        foreach ((List<(int First, int Last)> rows, bool wanted) in patterns)
        {
            bool alive = false;
            foreach ((int first, int last) in rows)
            {
                for (int t = first; t < last; t++)
                {
                    if (Has(bits, t) && steps[t] is { } step && step.Takes(letter, folded))
                    {
                        Enter(next, step.Count is StepCount.Any ? t : t + 1);
                        alive = true;
                    }
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
    private void Enter(ulong[] bits, int place)
    {
        bits[place >> 6] |= 1UL << (place & 63);
        while (steps[place] is { Count: not StepCount.One })
        {
            place++;
            bits[place >> 6] |= 1UL << (place & 63);
        }
    }

    private static bool Has(ulong[] bits, int place) => (bits[place >> 6] & (1UL << (place & 63))) != 0;

    private bool Accepts(ulong[] bits)
    {
        foreach ((List<(int First, int Last)> rows, bool wanted) in patterns)
        {
            bool accepts = false;
            foreach ((_, int last) in rows)
            {
                accepts |= Has(bits, last);
            }

            if (accepts != wanted)
            {
                return false;
            }
        }

        return true;
    }

    private static string Spell(List<(ulong[] Bits, int From, int Letter)> states, int at)
    {
        var letters = new List<string>();
        for (; states[at].From >= 0; at = states[at].From)
        {
            letters.Add(new Rune(states[at].Letter).ToString());
        }

        letters.Reverse();
        return string.Concat(letters);
    }

    private static string Key(ulong[] bits) => new(MemoryMarshal.Cast<ulong, char>(bits));
}
