using System.Buffers;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Which letters of a text have another case.</summary>
internal static class TextCase
{
    private static readonly SearchValues<char> Uncased =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (char)code).Where(c => !char.IsAsciiLetter(c))]);

    /// <summary>Whether a text has a letter that is written in another way in the other case.</summary>
    public static bool IsAny(SigmaString text) =>
        text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.Any(c => char.IsAsciiLetter(c) || IsCasedBeyondAscii(c)));

    /// <summary>Whether a text surely has no such letter. Characters outside ASCII count as letters; few texts have them.</summary>
    public static bool IsNone(SigmaString text)
    {
        foreach (StringPart part in text.Parts)
        {
            if (part.Text.AsSpan().ContainsAnyExcept(Uncased))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text with its letters in lower case.</summary>
    public static SigmaString Lowered(SigmaString text) =>
        SigmaString.Of([.. text.Parts.Select(part => part.Kind is PartKind.Literal ? part with { Text = part.Text.ToLowerInvariant() } : part)]);

    /// <summary>Whether a character is a letter beyond ASCII that has another case.</summary>
    public static bool IsCasedBeyondAscii(char c) => !char.IsAscii(c) && char.ToUpperInvariant(c) != char.ToLowerInvariant(c);
}
