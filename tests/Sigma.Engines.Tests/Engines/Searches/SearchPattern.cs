using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>
/// Perl-compatible expressions of search languages, run by .NET. The two read these alike, but for characters of two UTF-16
/// units, of which a dot takes one half in .NET.
/// </summary>
internal static class SearchPattern
{
    /// <summary>One character.</summary>
    public const string Any = @"(?>[\uD800-\uDBFF][\uDC00-\uDFFF]|.)";

    /// <exception cref="SearchError">The expression is none.</exception>
    public static Regex Of(string pattern)
    {
        var output = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith(@"\x{") && pattern.IndexOf('}', i) is var end and > 0)
            {
                // A character by its number, which .NET writes in another way.
                if (!int.TryParse(pattern.AsSpan(i + 3, end - i - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10ffff || code is >= 0xd800 and <= 0xdfff)
                {
                    throw new SearchError("a character that is none");
                }

                output.Append(string.Concat(char.ConvertFromUtf32(code).Select(c => $"\\u{(int)c:x4}")));
                i = end;
                continue;
            }

            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                output.Append(pattern, i++, 2);
                continue;
            }

            inClass = pattern[i] == '[' || (inClass && pattern[i] != ']');
            output.Append(pattern[i] == '.' && !inClass ? Any : pattern[i].ToString());
        }

        try
        {
            return new Regex(output.ToString(), RegexOptions.CultureInvariant);
        }
        catch (RegexParseException refusal)
        {
            throw new SearchError(refusal.Message);
        }
    }
}
