using System.Globalization;
using System.Text;

namespace Sigma.Matching;

/// <summary>Decodes JSON texts that are not sound Unicode.</summary>
internal static class BrokenText
{
    /// <summary>Decodes a text; what is no character becomes U+FFFD, but half a surrogate pair stays what it is.</summary>
    /// <param name="bytes">What stands between the quotes, with its escapes.</param>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        string raw = Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            char escape = raw[++i];
            if (escape == 'u' && i + 4 < raw.Length && ushort.TryParse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
            }
        }

        return text.ToString();
    }
}
