using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// What a quoted text of a search means. "Backslashes" (Search Manual): a backslash is written twice, a quote behind a
/// backslash, and a * cannot be escaped; "Types of expressions": an evaluated text has \t for a tab.
/// </summary>
internal static class SplunkText
{
    /// <summary>A text of the search command. Other escapes are not documented, so they are errors.</summary>
    public static string OfSearch(string quoted, SearchScanner scanner) => Unescape(quoted, c => c switch
    {
        '\\' or '"' => c,
        _ => throw scanner.Error($"\\{c} is no escape of a search"),
    });

    /// <summary>A text of an evaluated expression.</summary>
    public static string OfExpression(string quoted, SearchScanner scanner) => Unescape(quoted, c => c switch
    {
        '\\' or '"' => c,
        't' => '\t',
        _ => throw scanner.Error($"\\{c} is no escape of a text"),
    });

    /// <summary>
    /// A regular expression. "SPL and regular expressions" reads \\ as one backslash of the expression, the examples of
    /// match() as two, and \" and \| are as unsure, so none of them may be written. What is left means the same either way.
    /// </summary>
    public static string OfPattern(string quoted, SearchScanner scanner)
    {
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\' && quoted[++i] is '\\' or '"' or '|')
            {
                throw scanner.Error($"the documents give two readings of \\{quoted[i]} in an expression");
            }
        }

        return quoted;
    }

    private static string Unescape(string quoted, Func<char, char> escape)
    {
        var output = new StringBuilder();
        for (var i = 0; i < quoted.Length; i++)
        {
            output.Append(quoted[i] == '\\' ? escape(quoted[++i]) : quoted[i]);
        }

        return output.ToString();
    }
}
