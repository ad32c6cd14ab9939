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
    public static string Shown(string text) => Ascii.IsValid(text) ? text : Replaced(text, static (_, _, rune) => DiagnosticWriter.IsUnseen(rune), WriteCode);

    /// <summary>The same, with control characters as well, which a terminal obeys. Tabs and line ends stay.</summary>
    public static string ShownWithControls(string text) => Replaced(text, static (all, at, rune) => DiagnosticWriter.IsUnseen(rune) || IsObeyed(all, at), WriteCode);

    /// <summary>JSON with the same meaning that has <c>\u202e</c> for each of them, which can only stand in its texts and names.</summary>
    public static string InJson(string json) => Ascii.IsValid(json) ? json : Replaced(json, static (_, _, rune) => DiagnosticWriter.IsUnseen(rune), static (output, rune) =>
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

    /// <summary>The text without them.</summary>
    public static string Removed(string text) => Ascii.IsValid(text) ? text : Replaced(text, static (_, _, rune) => DiagnosticWriter.IsUnseen(rune), static (_, _) => { });

    private static void WriteCode(StringBuilder output, Rune rune) => output.Append("\\u{").Append(rune.Value.ToString("x")).Append('}');

    /// <summary>Whether a terminal does something at a character, other than go to the next line or column.</summary>
    private static bool IsObeyed(string text, int at) =>
        char.IsControl(text[at]) && text[at] is not ('\t' or '\n') && !(text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');

    private static string Replaced(string text, Func<string, int, Rune, bool> isShown, Action<StringBuilder, Rune> write)
    {
        var output = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                output.Append(text[i]);
                continue;
            }

            if (isShown(text, i, rune))
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
