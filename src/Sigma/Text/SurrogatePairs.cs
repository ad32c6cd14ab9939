namespace Sigma.Text;

/// <summary>The two halves by which UTF-16 writes a character beyond U+FFFF; one alone is not a character and cannot be encoded in UTF-8.</summary>
internal static class SurrogatePairs
{
    /// <summary>Returns a text with U+FFFD for each half that stands alone.</summary>
    /// <param name="text">The text, which is changed.</param>
    public static string Whole(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        return text.ToString();
    }

    /// <summary>Finds the first half that stands alone.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its place; null if there is none.</returns>
    public static int? Half(string text)
    {
        for (int i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Returns a text without the halves that stand alone, where a text was cut.</summary>
    /// <param name="text">The text; null for none.</param>
    public static string WithoutHalves(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text ?? "";
        }

        var whole = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                whole.Append(text, i++, 2);
            }
            else if (!char.IsSurrogate(text[i]))
            {
                whole.Append(text[i]);
            }
        }

        return whole.ToString();
    }
}
