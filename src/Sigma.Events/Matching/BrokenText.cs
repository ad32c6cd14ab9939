using System.Globalization;
using System.Text;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Decodes JSON texts that are not sound Unicode.</summary>
internal static class BrokenText
{
    /// <summary>Decodes a text; what is not a character, also half a surrogate pair, becomes U+FFFD, so that what is read can be written.</summary>
    /// <param name="bytes">What stands between the quotes, with its escapes.</param>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        string raw = Encoding.UTF8.GetString(bytes);
        char[] text = new char[raw.Length];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text[length++] = raw[i];
                continue;
            }

            char escape = raw[++i];
            if (escape == 'u' && i + 4 < raw.Length && ushort.TryParse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                text[length++] = (char)unit;
                i += 4;
            }
            else
            {
                text[length++] = escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape };
            }
        }

        return SurrogatePairs.Whole(text.AsSpan(0, length));
    }
}
