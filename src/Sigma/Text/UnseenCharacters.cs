using System.Buffers;
using System.Text;

namespace Sigma.Text;

/// <summary>
/// Characters that turn the direction of writing or are not seen, in what people open: they are shown by their code, so that a text is
/// what it looks like. Everything else, line breaks too, stays.
/// </summary>
internal static class UnseenCharacters
{
    /// <summary>The text with <c>\u{202e}</c> for each of them.</summary>
    public static string Shown(string text) => Replaced(text, static (output, rune) => output.Append("\\u{").Append(rune.Value.ToString("x")).Append('}'));

    /// <summary>JSON with the same meaning that has <c>\u202e</c> for each of them, which can only stand in its texts and names.</summary>
    public static string InJson(string json) => Replaced(json, static (output, rune) =>
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Append("\\u").Append(((int)unit).ToString("x4"));
        }
    });

    /// <summary>The same for JSON in UTF-8.</summary>
    public static ReadOnlySpan<byte> InJson(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> rest = json;
        while (!Ascii.IsValid(rest))
        {
            rest = rest[rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7f)..];
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) == OperationStatus.Done && DiagnosticWriter.IsUnseen(rune))
            {
                return Encoding.UTF8.GetBytes(InJson(Encoding.UTF8.GetString(json)));
            }

            rest = rest[length..];
        }

        return json;
    }

    private static string Replaced(string text, Action<StringBuilder, Rune> write)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                output.Append(text[i]);
                continue;
            }

            if (DiagnosticWriter.IsUnseen(rune))
            {
                write(output, rune);
            }
            else
            {
                output.Append(text, i, rune.Utf16SequenceLength);
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return output.ToString();
    }
}
