using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>
/// Cuts SQL into words, names and texts, as its engines do: whatever stands outside quotes is structure, and no rule may add to it. A
/// text that is joined from pieces, for the sake of a line break in it, is one text.
/// </summary>
/// <param name="name">The sign around names.</param>
/// <param name="escapes">Whether a backslash escapes.</param>
/// <param name="plainNames">Whether it does not in names: in Spark's back-ticks, only a back-tick is written twice (sql-ref-identifier).</param>
internal sealed partial class SqlReader(char name, bool escapes, bool plainNames = false)
{
    public Reading Read(string query)
    {
        var reading = new Reading();
        for (var i = 0; i < query.Length;)
        {
            var c = query[i];
            if (c == '\'' || c == name || c == '"')
            {
                i = Quoted(query, i, reading);
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                var word = Word().Match(query, i).Value;
                reading.Structure.Add(word.ToUpperInvariant());
                i += word.Length;
            }
            else if (char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is '(' or ')' or ',' or '.' or '-')
            {
                if (query.AsSpan(i).StartsWith("--"))
                {
                    throw new Unreadable("a comment");
                }

                i++;
            }
            else
            {
                reading.Structure.Add(c.ToString());
                if (c == ';')
                {
                    reading.Count("statements");
                }

                i++;
            }
        }

        return reading;
    }

    private int Quoted(string query, int start, Reading reading)
    {
        var close = query[start];
        var text = new StringBuilder();
        for (var i = start + 1; i < query.Length; i++)
        {
            if (escapes && !(plainNames && close == name) && query[i] == '\\' && i + 1 < query.Length)
            {
                text.Append(query[++i]);
            }
            else if (query[i] != close)
            {
                text.Append(query[i]);
            }
            else if (i + 1 < query.Length && query[i + 1] == close)
            {
                text.Append(query[++i]);
            }
            else if (close == '\'' && Joint().Match(query, i) is { Success: true } joint && joint.Index == i)
            {
                i += joint.Length - 1;
            }
            else
            {
                reading.Texts.Add((close == '\'' ? "text" : "name", text.ToString()));
                return i + 1;
            }
        }

        throw new Unreadable("a text without an end");
    }

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G'\|\|(?:chr\([0-9]+\)|char\(0x[0-9a-f]{4}\)|U&'\\[0-9a-f]{4}')\|\|'")]
    private static partial Regex Joint();
}
