using System.Globalization;
using System.Text;
using Sigma.RegularExpressions;

namespace Sigma.Backends.Targets;

/// <summary>
/// Characters as they stand in a JSON string, as Perl-compatible expressions (RFC 8259, section 7). What an encoder must escape
/// has one form or two; what it may escape, beyond ASCII or for the sake of web pages, has both.
/// </summary>
internal static class JsonText
{
    /// <summary>What encoders escape though JSON does not ask for it, within ASCII.</summary>
    private const string Careful = "<>&'+`\u007f";

    private const string Hex = "[0-9A-Fa-f]";
    private const string Pair = @"\\u[dD][89abAB]" + Hex + @"{2}\\u[dD][c-fC-F]" + Hex + "{2}";

    /// <summary>A set of more code points than this is not written one by one.</summary>
    private const int MaxListed = 64;

    /// <summary>Any one character.</summary>
    public const string One = @"(?>" + Pair + @"|\\u" + Hex + @"{4}|\\.|[^\\""])";

    /// <summary>Any one character but a line break.</summary>
    public const string OneInLine = @"(?>" + Pair + @"|\\u(?!000[aA])" + Hex + @"{4}|\\[^un]|[^\\""])";

    /// <summary>A literal text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bothCases">Whether a letter's code stands for its other case as well.</param>
    public static string Literal(string text, bool bothCases)
    {
        var output = new StringBuilder(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
        {
            output.Append(Escaped(rune.Value, bothCases) ?? RegexText.Escape(rune.ToString(), RegexDialect.Pcre));
        }

        return output.ToString();
    }

    /// <summary>A character that may stand otherwise than it is; null for one that may not.</summary>
    /// <param name="codePoint">The character.</param>
    /// <param name="bothCases">Whether the code of its other case fits too.</param>
    public static string? Escaped(int codePoint, bool bothCases) => codePoint switch
    {
        '\\' => @"\\\\",
        '"' => @"\\(?:""|u0022)",
        '/' => @"\\?/",
        < ' ' => Short(codePoint) is { } letter ? $@"\\(?:{letter}|u{Code(codePoint)})" : $@"\\u{Code(codePoint)}",
        < 0x80 when !Careful.Contains((char)codePoint) => null,
        _ => $"(?:{Raw(codePoint)}|{Codes(codePoint, bothCases)})",
    };

    /// <summary>The escaped forms of the characters of a set; null if they are too many to list.</summary>
    /// <param name="set">The set.</param>
    public static IReadOnlyList<string>? EscapesOf(CodePointSet set)
    {
        var ways = new List<string>();
        Add('\\', @"\\\\");
        Add('"', @"\\(?:""|u0022)");
        Add('/', @"\\/");
        int[] controls = [.. Enumerable.Range(0, ' ').Where(set.Contains)];
        string letters = string.Concat(controls.Select(Short));
        if (letters.Length > 0)
        {
            ways.Add($@"\\[{letters}]");
        }

        int[] codes = [.. controls, .. Careful.Select(c => (int)c).Where(set.Contains)];
        if (codes.Length > 0)
        {
            ways.Add($"(?:{string.Join('|', codes.Select(code => @"\\u" + Code(code)))})");
        }

        CodePointSet beyond = set.Except(CodePointSet.Of(0, 0x7f));
        if (beyond.Equals(CodePointSet.Of(0x80, CodePointSet.Last)))
        {
            ways.Add(Pair + @"|\\u(?!00[0-7])" + Hex + "{4}");
        }
        else if (!beyond.IsEmpty)
        {
            int[] listed = [.. beyond.Ranges.SelectMany(range => Enumerable.Range(range.First, Math.Min(range.Last - range.First + 1, MaxListed + 1))).Take(MaxListed + 1)];
            if (listed.Length > MaxListed)
            {
                return null;
            }

            ways.AddRange(listed.Select(code => Codes(code, bothCases: false)));
        }

        return ways;

        void Add(char c, string way)
        {
            if (set.Contains(c))
            {
                ways.Add(way);
            }
        }
    }

    private static string Raw(int codePoint) => codePoint == 0x7f ? @"\x7f" : RegexText.Escape(char.ConvertFromUtf32(codePoint), RegexDialect.Pcre);

    private static string Codes(int codePoint, bool bothCases)
    {
        string text = char.ConvertFromUtf32(codePoint);
        IEnumerable<string> cases = bothCases ? new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct() : [text];
        return string.Join('|', cases.Select(one => string.Concat(one.Select(unit => @"\\u" + Code(unit)))));
    }

    // Encoders differ in the case of their hexadecimal digits.
    private static string Code(int unit)
    {
        string code = unit.ToString("x4", CultureInfo.InvariantCulture);
        return code.Any(char.IsLetter) ? $"(?i:{code})" : code;
    }

    private static string? Short(int codePoint) => codePoint switch
    {
        '\b' => "b",
        '\f' => "f",
        '\n' => "n",
        '\r' => "r",
        '\t' => "t",
        _ => null,
    };
}
