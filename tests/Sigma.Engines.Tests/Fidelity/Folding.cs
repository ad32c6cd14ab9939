namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// Which letters an engine takes for the same where case is disregarded. Engines agree but on a few letters, so each folding
/// is the simple upper case with its exceptions.
/// </summary>
/// <param name="Name">What it is called in docs/fidelity.md.</param>
/// <param name="Same">Groups of letters that are the same to it, beyond or against the upper case; a group of one stands alone.</param>
internal sealed record Folding(string Name, params string[] Same)
{
    /// <summary>Every letter is itself.</summary>
    public static readonly Folding None = new("by case");

    /// <summary>The simple upper case, letter by letter: what the evaluator does.</summary>
    public static readonly Folding Ordinal = new("ordinal");

    /// <summary>.NET's regular expressions: by the lower case, so that both sigmas and both micro signs differ.</summary>
    public static readonly Folding DotNet = new(".NET", "\u00df\u1e9e", "kK\u212a", "\u00e5\u00c5\u212b", "\u03c2", "\u00b5");

    /// <summary>PCRE2 in UTF mode: Unicode's simple case folding.</summary>
    public static readonly Folding Pcre = new("Unicode", "\u00df\u1e9e", "kK\u212a", "\u00e5\u00c5\u212b", "sS\u017f");

    public bool IsNone => this == None;

    public char Of(char c)
    {
        if (IsNone)
        {
            return c;
        }

        foreach (var group in Same)
        {
            if (group.Contains(c))
            {
                return group[0];
            }
        }

        return char.ToUpperInvariant(c);
    }

    public string Of(string text) => IsNone ? text : string.Create(text.Length, (text, this), static (output, state) =>
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = state.Item2.Of(state.text[i]);
        }
    });
}
