using System.Globalization;
using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Kusto;

internal enum KustoTokenKind
{
    Name,
    Text,
    Number,
    Span,
    Sign,
    End,
}

internal readonly record struct KustoToken(KustoTokenKind Kind, string Text, object? Value);

/// <summary>
/// Cuts a query into tokens. Texts are those of the page "The string data type": an ordinary one has the escapes that the vendor's parser
/// knows, a verbatim one doubles its quote; texts side by side are one.
/// </summary>
internal sealed class KustoTokens
{
    private static readonly string[] Signs = ["=>", "==", "!=", "=~", "!~", "<=", ">=", "..", "<", ">", "(", ")", "[", "]", ",", "|", ".", "+", "-", "*", "/", "=", ":", ";"];

    private readonly List<KustoToken> tokens = [];
    private readonly string query;
    private int at;

    public KustoTokens(string query)
    {
        this.query = query;
        for (Skip(); at < query.Length; Skip())
        {
            Add(Next());
        }

        tokens.Add(new KustoToken(KustoTokenKind.End, "", null));
    }

    public IReadOnlyList<KustoToken> All => tokens;

    private void Add(KustoToken token)
    {
        if (token.Kind == KustoTokenKind.Text && tokens is [.., { Kind: KustoTokenKind.Text } before])
        {
            tokens[^1] = before with { Text = before.Text + token.Text };
        }
        else
        {
            tokens.Add(token);
        }
    }

    private void Skip()
    {
        while (at < query.Length && query[at] is ' ' or '\n')
        {
            at++;
        }
    }

    private KustoToken Next()
    {
        var c = query[at];
        if (c is '"' or '\'')
        {
            return Ordinary();
        }

        if (c == '@')
        {
            return Verbatim();
        }

        if (char.IsAsciiLetter(c) || c is '_' or '$')
        {
            var word = While(x => char.IsAsciiLetterOrDigit(x) || x is '_' or '$');
            return at < query.Length && query[at] == '~' && word is "in" ? new KustoToken(KustoTokenKind.Name, word + query[at++], null) : new KustoToken(KustoTokenKind.Name, word, null);
        }

        if (char.IsAsciiDigit(c))
        {
            return Number();
        }

        var sign = Array.Find(Signs, s => string.CompareOrdinal(query, at, s, 0, s.Length) == 0) ?? throw Error($"'{c}'");
        if (sign == "/" && at + 1 < query.Length && query[at + 1] == '/')
        {
            throw Error("a comment");
        }

        at += sign.Length;
        return new KustoToken(KustoTokenKind.Sign, sign, null);
    }

    private KustoToken Number()
    {
        var digits = While(char.IsAsciiDigit);
        if (at + 1 < query.Length && query[at] == '.' && char.IsAsciiDigit(query[at + 1]))
        {
            at++;
            digits += "." + While(char.IsAsciiDigit);
        }

        var unit = While(char.IsAsciiLetter);
        var number = double.Parse(digits, CultureInfo.InvariantCulture);
        return unit switch
        {
            "" when digits.Contains('.') => new KustoToken(KustoTokenKind.Number, digits, number),
            "" => new KustoToken(KustoTokenKind.Number, digits, long.Parse(digits, CultureInfo.InvariantCulture)),
            "d" => new KustoToken(KustoTokenKind.Span, digits, TimeSpan.FromDays(number)),
            "h" => new KustoToken(KustoTokenKind.Span, digits, TimeSpan.FromHours(number)),
            "m" => new KustoToken(KustoTokenKind.Span, digits, TimeSpan.FromMinutes(number)),
            "s" => new KustoToken(KustoTokenKind.Span, digits, TimeSpan.FromSeconds(number)),
            _ => throw Error($"'{digits}{unit}'"),
        };
    }

    private KustoToken Ordinary()
    {
        var quote = query[at++];
        var text = new StringBuilder();
        for (; at < query.Length && query[at] != quote; at++)
        {
            Refuse(query[at]);
            text.Append(query[at] == '\\' ? Escape() : query[at]);
        }

        return Closed(text);
    }

    private KustoToken Verbatim()
    {
        at++;
        if (at >= query.Length || query[at] is not ('"' or '\''))
        {
            throw Error("'@'");
        }

        var quote = query[at++];
        var text = new StringBuilder();
        for (; at < query.Length && (query[at] != quote || (at + 1 < query.Length && query[at + 1] == quote)); at++)
        {
            Refuse(query[at]);
            at += query[at] == quote ? 1 : 0;
            text.Append(query[at]);
        }

        return Closed(text);
    }

    private KustoToken Closed(StringBuilder text) =>
        at++ < query.Length ? new KustoToken(KustoTokenKind.Text, text.ToString(), null) : throw Error("a text is open");

    private void Refuse(char c)
    {
        if (char.IsControl(c) || c is '\u2028' or '\u2029')
        {
            throw Error($"a control character {(int)c:x4} in a text");
        }
    }

    private char Escape()
    {
        at++;
        switch (at < query.Length ? query[at] : '\0')
        {
            case '\\' or '"' or '\'':
                return query[at];
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at + 4 < query.Length && ushort.TryParse(query.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return (char)code;
            default:
                throw Error("an escape");
        }
    }

    private string While(Func<char, bool> kind)
    {
        var start = at;
        while (at < query.Length && kind(query[at]))
        {
            at++;
        }

        return query[start..at];
    }

    private SearchError Error(string what) => new($"{what}, at {at} of: {query}");
}
