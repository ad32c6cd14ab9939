using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.Backends;

/// <summary>The longest text that a system takes, such as the name of an object or a query. A longer one is cut or refused there.</summary>
/// <param name="Most">How many bytes or characters.</param>
/// <param name="InBytes">Whether it counts the bytes of UTF-8; else characters (code points).</param>
internal sealed record TextLength(int Most, bool InBytes)
{
    /// <summary>What stands at the end of a shortened name: a sign that names of every system have, and figures made from the whole name.</summary>
    private const int Ending = 9;

    /// <summary>Reads <c>63 bytes</c> or <c>190 characters</c>; null for anything else, and for what is too short to keep names apart.</summary>
    public static TextLength? Read(string text) =>
        text.Split(' ') is [var number, "bytes" or "characters"] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 2 * Ending
            ? new TextLength(most, text.EndsWith("bytes", StringComparison.Ordinal))
            : null;

    /// <summary>Whether a text is short enough.</summary>
    public bool Holds(string text) => text.Length <= Most / 3 || Of(text) <= Most;

    /// <summary>How long a text is, in the unit of this length.</summary>
    public int Of(string text) => InBytes ? Encoding.UTF8.GetByteCount(text) : text.EnumerateRunes().Count();

    /// <summary>A length as people read it: <c>262,144 bytes</c>.</summary>
    public string Said(int length) => length.ToString("N0", CultureInfo.InvariantCulture) + Unit;

    /// <summary>
    /// The beginning of a name that is too long, with figures at its end that tell it from others with this beginning. They depend on
    /// the name alone, so that an object keeps its name whatever else is converted.
    /// </summary>
    public string Shortened(string name)
    {
        var kept = new StringBuilder();
        int length = Ending;
        foreach (Rune rune in name.EnumerateRunes())
        {
            length += InBytes ? rune.Utf8SequenceLength : 1;
            if (length > Most)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        string beginning = kept.ToString().TrimEnd(' ', '_', '-', '.');
        return beginning + "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, (Ending - 1) / 2));
    }

    /// <summary>As it is written in a definition.</summary>
    public override string ToString() => Most.ToString(CultureInfo.InvariantCulture) + Unit;

    private string Unit => InBytes ? " bytes" : " characters";
}
