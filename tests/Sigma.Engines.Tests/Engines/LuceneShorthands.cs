using System.Text;

namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// Writes <c>\s</c> and <c>\S</c> out as the characters they stand for. Lucene has read them as such since 8.6 (LUCENE-9336,
/// Elasticsearch 7.9); the 4.8 of these tests would read the letter.
/// </summary>
internal static class LuceneShorthands
{
    private const string Blanks = " \t\n\r";

    /// <summary>Writes the shorthands of an expression out.</summary>
    public static string Expand(string pattern)
    {
        if (!pattern.Contains(@"\s", StringComparison.OrdinalIgnoreCase))
        {
            return pattern;
        }

        var output = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                output.Append((pattern[++i], inClass) switch
                {
                    ('s', true) => Blanks,
                    ('s', false) => $"[{Blanks}]",
                    ('S', false) => $"[^{Blanks}]",
                    ('S', true) => throw new ArgumentException(@"\S in a class is not written by anything here"),
                    var (other, _) => "\\" + other,
                });
                continue;
            }

            inClass = pattern[i] == '[' || (inClass && pattern[i] != ']');
            output.Append(pattern[i]);
        }

        return output.ToString();
    }
}
