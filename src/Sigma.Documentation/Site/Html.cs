using System.Text;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>Text that is HTML already and goes into a page as it is; all other text is escaped on its way there.</summary>
/// <param name="Markup">The HTML.</param>
internal sealed record Html(string Markup)
{
    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>Writes text so that HTML shows it as it is, in elements as well as in quoted attributes.</summary>
internal static class HtmlEscaping
{
    /// <summary>Appends a text. Characters that no HTML document may have become U+FFFD.</summary>
    public static StringBuilder AppendEscaped(this StringBuilder output, ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            int plain = text.IndexOfAny(Special);
            if (plain < 0)
            {
                return output.Append(text);
            }

            bool isLineEnd = text[plain] == '\r' && (plain + 1 == text.Length || text[plain + 1] != '\n');
            output.Append(text[..plain]).Append(isLineEnd ? "\n" : Escape(text[plain]));
            text = text[(plain + 1)..];
        }

        return output;
    }

    /// <summary>Escapes a text.</summary>
    public static string Escaped(this string text) => text.AsSpan().ContainsAny(Special) ? new StringBuilder().AppendEscaped(text).ToString() : text;

    /// <summary>Escapes a text for people: what has no glyph or turns the direction of writing is shown as <c>\u{202e}</c>.</summary>
    public static string Shown(this string text) =>
        Ascii.IsValid(text) ? text.Escaped() : AppendRunes(new StringBuilder(), text, (output, rune) => output.Append("\\u{").Append(rune.Value.ToString("x")).Append('}')).ToString();

    /// <summary>
    /// Appends a text that a reader may copy, such as a query: each character is there, and one that has no glyph or turns the direction of writing
    /// is in an element of its own, which the style sheet marks and confines.
    /// </summary>
    public static StringBuilder AppendExact(this StringBuilder output, ReadOnlySpan<char> text) =>
        Ascii.IsValid(text) ? output.AppendEscaped(text)
            : AppendRunes(output, text, (output, rune) => output.Append("<span class=\"unseen\" data-code=\"").Append(rune.Value.ToString("x")).Append("\">").Append(rune).Append("</span>"));

    private static StringBuilder AppendRunes(StringBuilder output, ReadOnlySpan<char> text, Func<StringBuilder, Rune, StringBuilder> unseen)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80 || Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
            {
                continue;
            }

            if (DiagnosticWriter.IsUnseen(rune))
            {
                unseen(output.AppendEscaped(text[start..i]), rune);
                start = i + length;
            }

            i += length - 1;
        }

        return output.AppendEscaped(text[start..]);
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(
        [.. "&<>\"'", .. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n')), .. Enumerable.Range(0x7f, 33).Select(c => (char)c)]);

    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\r' => "",
        _ => "\uFFFD",
    };
}
