using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sigma.Events.Logs;

/// <summary>
/// The escapes of a text log, undone in one pass from left to right: in <c>C:\\new</c> the backslash that two of them stand for does not go with
/// the letter behind it. A backslash before anything else stands for itself.
/// </summary>
/// <param name="letters">What may stand behind a backslash.</param>
/// <param name="meanings">What each of them means, in the same order; all are ASCII.</param>
/// <param name="hasBytes">Whether <c>\xhh</c> is a byte of UTF-8.</param>
internal sealed class EscapedText(string letters, string meanings, bool hasBytes = false)
{
    /// <summary>Apache writes quotes, backslashes, C's letters for control characters, and other bytes so; nginx writes all of these as bytes.</summary>
    public static EscapedText OfServers { get; } = new("\"\\bnrtvf", "\"\\\b\n\r\t\v\f", hasBytes: true);

    /// <summary>Zeek's columns: a backslash is written twice; the separators and, unless they are UTF-8, what cannot be printed as bytes.</summary>
    public static EscapedText OfZeek { get; } = new("\\", "\\", hasBytes: true);

    /// <summary>The parts between the bars of CEF and LEEF.</summary>
    public static EscapedText OfBars { get; } = new("|\\", "|\\");

    /// <summary>The values of CEF's extension.</summary>
    public static EscapedText OfExtension { get; } = new("=\\nr", "=\\\n\r");

    /// <summary>The values of structured data, RFC 5424 (6.3.3).</summary>
    public static EscapedText OfStructuredData { get; } = new("\"\\]", "\"\\]");

    /// <summary>What stands between double quotes behind a name and an equals sign.</summary>
    public static EscapedText OfQuotes { get; } = new("\"\\", "\"\\");

    /// <summary>The text without escapes.</summary>
    /// <param name="text">The text as it is written.</param>
    public string Undo(string text)
    {
        int at = text.IndexOf('\\');
        if (at < 0)
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        CollectionsMarshal.SetCount(bytes, Encoding.UTF8.GetByteCount(text.AsSpan(0, at)));
        Encoding.UTF8.GetBytes(text.AsSpan(0, at), CollectionsMarshal.AsSpan(bytes));
        Span<byte> room = stackalloc byte[4];
        while (at < text.Length)
        {
            if (hasBytes && text[at] == '\\' && at + 3 < text.Length && text[at + 1] == 'x'
                && byte.TryParse(text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
            {
                bytes.Add(one);
                at += 4;
            }
            else if (text[at] == '\\' && at + 1 < text.Length && letters.IndexOf(text[at + 1], StringComparison.Ordinal) is >= 0 and var which)
            {
                bytes.Add((byte)meanings[which]);
                at += 2;
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int taken);
                bytes.AddRange(room[..rune.EncodeToUtf8(room)]);
                at += taken;
            }
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }
}
