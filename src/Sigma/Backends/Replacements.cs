using System.Buffers;

namespace Sigma.Backends;

/// <summary>Sequences of a text that become others in a target's language (<c>replace</c>).</summary>
internal sealed class Replacements
{
    private readonly KeyValuePair<string, string>[] pairs;
    private readonly SearchValues<char> first;

    /// <summary>Creates a set.</summary>
    /// <param name="pairs">Sequences with what they become; where several fit, the first one counts.</param>
    public Replacements(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        this.pairs = [.. pairs.Where(pair => pair.Key.Length > 0)];
        FirstCharacters = string.Concat(this.pairs.Select(pair => pair.Key[0]).Distinct());
        first = SearchValues.Create(FirstCharacters);
    }

    /// <summary>No sequences.</summary>
    public static Replacements None { get; } = new([]);

    /// <summary>The sequences with what they become.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => pairs;

    /// <summary>The sequences.</summary>
    public IEnumerable<string> Keys => pairs.Select(pair => pair.Key);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => pairs.Length == 0;

    /// <summary>The characters that sequences begin with.</summary>
    public string FirstCharacters { get; }

    /// <summary>The replacement for what stands at a place; null if nothing is to be replaced.</summary>
    public KeyValuePair<string, string>? At(string text, int at)
    {
        if (!first.Contains(text[at]))
        {
            return null;
        }

        foreach (KeyValuePair<string, string> pair in pairs)
        {
            if (string.CompareOrdinal(text, at, pair.Key, 0, pair.Key.Length) == 0)
            {
                return pair;
            }
        }

        return null;
    }
}
