using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Elastic;

internal enum TokenKind
{
    /// <summary>A name or a word of the language.</summary>
    Name,

    /// <summary>A name in back-ticks.</summary>
    QuotedName,
    Text,
    Number,
    Sign,
    End,
}

/// <summary>A token; of a text and of a name in back-ticks it has what is meant, without quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string sign) => Kind is TokenKind.Sign && Text == sign;

    /// <summary>Whether it is a word of the language; back-ticks make any word a name.</summary>
    public bool IsWord(string word, StringComparison comparison) => Kind is TokenKind.Name && Text.Equals(word, comparison);
}

/// <summary>
/// Cuts queries of ES|QL and EQL into tokens. Both have texts in double quotes with the escapes \" \\ \n \r \t, and names in back-ticks
/// ("ES|QL syntax reference" and "EQL syntax reference" of Elastic). Texts in three quotes are not written by anything here.
/// </summary>
internal static class ElasticLexer
{
    /// <param name="query">The query.</param>
    /// <param name="signs">The signs of the language, longer ones first.</param>
    /// <param name="unicode">Whether \u{200f} is an escape, as it is in EQL.</param>
    public static List<Token> Cut(string query, IReadOnlyList<string> signs, bool unicode = false)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < query.Length;)
        {
            var c = query[i];
            if (c is ' ' or '\n')
            {
                i++;
            }
            else if (c == '"')
            {
                tokens.Add(Quoted(query, ref i, unicode));
            }
            else if (c == '`')
            {
                tokens.Add(Ticked(query, ref i));
            }
            else if (char.IsAsciiDigit(c))
            {
                tokens.Add(Number(query, ref i));
            }
            else if (char.IsAsciiLetter(c) || c is '_' or '@')
            {
                var start = i++;
                i = While(query, i, x => char.IsAsciiLetterOrDigit(x) || x == '_');
                tokens.Add(i - start == 1 && c is '_' or '@'
                    ? throw new SearchError($"a single {c} is not a name, at {start} of: {query}")
                    : new Token(TokenKind.Name, query[start..i], start));
            }
            else
            {
                var sign = signs.FirstOrDefault(sign => string.CompareOrdinal(query, i, sign, 0, sign.Length) == 0)
                    ?? throw new SearchError($"the character {(int)c:x4} belongs to nothing, at {i} of: {query}");
                tokens.Add(new Token(TokenKind.Sign, sign, i));
                i += sign.Length;
            }
        }

        tokens.Add(new Token(TokenKind.End, "", query.Length));
        return tokens;
    }

    private static Token Quoted(string query, ref int i, bool unicode)
    {
        var start = i;
        if (query.AsSpan(i).StartsWith("\"\"\""))
        {
            throw new SearchError($"a text in three quotes, at {i} of: {query}");
        }

        var text = new StringBuilder();
        for (i++; ; i++)
        {
            switch (i < query.Length ? query[i] : '\n')
            {
                case '\n' or '\r':
                    throw new SearchError($"a text is open, at {start} of: {query}");
                case '"':
                    i++;
                    return new Token(TokenKind.Text, text.ToString(), start);
                case '\\':
                    i++;
                    if (unicode && query.AsSpan(i).StartsWith("u{") && query.IndexOf('}', i) is var end and > 0)
                    {
                        text.Append(char.ConvertFromUtf32(int.Parse(query[(i + 2)..end], System.Globalization.NumberStyles.AllowHexSpecifier)));
                        i = end;
                        break;
                    }

                    text.Append((i < query.Length ? query[i] : ' ') switch
                    {
                        '"' => '"',
                        '\\' => '\\',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        _ => throw new SearchError($"an escape that is none, at {i} of: {query}"),
                    });
                    break;
                default:
                    text.Append(query[i]);
                    break;
            }
        }
    }

    private static Token Ticked(string query, ref int i)
    {
        var start = i;
        var name = new StringBuilder();
        for (i++; i < query.Length; i++)
        {
            if (query[i] != '`')
            {
                name.Append(query[i]);
            }
            else if (i + 1 < query.Length && query[i + 1] == '`')
            {
                name.Append('`');
                i++;
            }
            else
            {
                i++;
                return name.Length > 0 ? new Token(TokenKind.QuotedName, name.ToString(), start) : throw new SearchError("a name without characters");
            }
        }

        throw new SearchError($"a name is open, at {start} of: {query}");
    }

    private static Token Number(string query, ref int i)
    {
        var start = i;
        i = While(query, i, char.IsAsciiDigit);
        if (i + 1 < query.Length && query[i] == '.' && char.IsAsciiDigit(query[i + 1]))
        {
            i = While(query, i + 1, char.IsAsciiDigit);
        }

        return i < query.Length && (char.IsAsciiLetter(query[i]) || query[i] == '_')
            ? throw new SearchError($"a number with letters, at {start} of: {query}")
            : new Token(TokenKind.Number, query[start..i], start);
    }

    private static int While(string query, int i, Func<char, bool> kind)
    {
        while (i < query.Length && kind(query[i]))
        {
            i++;
        }

        return i;
    }
}
