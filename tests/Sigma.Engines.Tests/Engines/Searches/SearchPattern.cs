using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>
/// Perl-compatible expressions of search languages, run by .NET. The two read these alike, but for characters of two UTF-16
/// units, of which a dot takes one half in .NET, and for what only PCRE has (pcre2pattern, "Backslash" and "Repetition"): a character's
/// number in braces, <c>\Q…\E</c> around plain text, an <c>\E</c> alone, which means nothing, and possessive repetitions, which
/// are taken for plain ones: they find what the others find where no text is contrived.
/// </summary>
internal static class SearchPattern
{
    /// <summary>One character.</summary>
    public const string Any = @"(?>[\uD800-\uDBFF][\uDC00-\uDFFF]|.)";

    /// <summary>An expression that takes so long on one text multiplies its ways.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <exception cref="SearchError">The expression is none.</exception>
    public static Regex Of(string pattern)
    {
        try
        {
            return new Regex(Translated(pattern), RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexParseException refusal)
        {
            throw new SearchError($"'{pattern}' is not an expression: {refusal.Message}");
        }
    }

    private static string Translated(string pattern)
    {
        var output = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith(@"\Q"))
            {
                var end = pattern.IndexOf(@"\E", i + 2, StringComparison.Ordinal);
                var plain = pattern[(i + 2)..(end < 0 ? pattern.Length : end)];
                output.Append(string.Concat(plain.Select(c => char.IsLetterOrDigit(c) ? c.ToString() : $"\\u{(int)c:x4}")));
                i += plain.Length + (end < 0 ? 1 : 3);
            }
            else if (rest.StartsWith(@"\E"))
            {
                i++;
            }
            else if (rest.StartsWith(@"\x{") && rest.IndexOf('}') is var end and > 0)
            {
                if (!int.TryParse(rest[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10ffff || code is >= 0xd800 and <= 0xdfff)
                {
                    throw new SearchError("a character that is none");
                }

                output.Append(string.Concat(char.ConvertFromUtf32(code).Select(c => $"\\u{(int)c:x4}")));
                i += end;
            }
            else if (rest is ['\\', _, ..])
            {
                output.Append(pattern, i++, 2);
            }
            else
            {
                inClass = rest[0] == '[' || (inClass && rest[0] != ']');
                output.Append(rest[0] == '.' && !inClass ? Any : rest[0].ToString());
                if (!inClass && rest is ['*' or '+' or '?' or '}', '+', ..] && !(rest[0] == '?' && i > 0 && pattern[i - 1] == '('))
                {
                    i++;
                }
            }
        }

        return output.ToString();
    }
}
