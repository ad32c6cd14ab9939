using System.Text;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>
/// Writes ordinary texts as expressions of Lucene as <see cref="LuceneWriter"/> would, without reading them as an expression first. That is
/// most of the work for the targets on Lucene, whose texts are expressions for the sake of the letters' case.
/// </summary>
internal static class LuceneText
{
    private const string Anything = ".*";

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether the case of letters does not count.</param>
    /// <param name="whole">Whether it must fit the whole value.</param>
    /// <returns>The expression; null for a text that needs the writer of expressions: with signs beyond ASCII or control characters, with <c>?</c> or <c>**</c>, or of many states.</returns>
    public static string? Write(SigmaString text, bool ignoreCase, bool whole)
    {
        var output = new StringBuilder();
        bool isOpen = !whole;
        PartKind before = PartKind.Literal;
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is PartKind.Many && before is not PartKind.Many)
            {
                isOpen = true;
            }
            else if (part.Kind is not PartKind.Literal || part.Text.Length == 0 || part.Text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                return null;
            }
            else
            {
                Append(output.Append(isOpen ? Anything : ""), part.Text, ignoreCase);
                isOpen = false;
            }

            before = part.Kind;
        }

        output.Append(isOpen || !whole ? Anything : "");
        string written = output.ToString();
        return written.Length == 0 || LuceneStates.MostStates(written) > LuceneStates.Limit ? null
            : LuceneWriter.Closed(written, escapeSlash: true);
    }

    private static void Append(StringBuilder output, string text, bool ignoreCase)
    {
        foreach (char c in text)
        {
            if (ignoreCase && char.IsAsciiLetter(c))
            {
                output.Append('[').Append((char)(c | 0x20)).Append((char)(c & ~0x20)).Append(']');
            }
            else
            {
                output.Append(LuceneWriter.IsEscaped(c, escapeSlash: true) ? "\\" : "").Append(c);
            }
        }
    }
}
