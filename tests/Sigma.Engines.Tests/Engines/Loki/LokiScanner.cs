using System.Globalization;
using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>What a piece of LogQL is.</summary>
internal enum LokiKind
{
    Name,
    Text,
    Number,
    Range,
    Sign,
    End,
}

/// <summary>A piece of LogQL; a text is without its quotes and escapes.</summary>
internal sealed record LokiToken(LokiKind Kind, string Text);

/// <summary>
/// Cuts LogQL (pkg/logql/syntax/lex.go, which is Go's text/scanner): names, texts in double quotes with Go's escapes or between back-quotes
/// without any, numbers, spans in square brackets, and signs.
/// </summary>
internal sealed class LokiScanner
{
    private static readonly string[] Signs = ["|=", "|~", "!=", "!~", "=~", "==", ">=", "<=", "|", "=", ">", "<", "{", "}", "(", ")", ",", "*", "+"];

    private readonly string text;
    private readonly List<LokiToken> tokens = [];
    private int at;
    private int next;

    public LokiScanner(string query)
    {
        text = query;
        while (at < text.Length)
        {
            Cut();
        }

        tokens.Add(new LokiToken(LokiKind.End, ""));
    }

    public IReadOnlyList<LokiToken> All => tokens;

    public LokiToken Current => tokens[next];

    public LokiToken Ahead => tokens[Math.Min(next + 1, tokens.Count - 1)];

    public bool Sees(string sign) => Current.Kind is LokiKind.Sign && Current.Text == sign;

    public bool SeesWord(string word) => Current.Kind is LokiKind.Name && Current.Text == word;

    public bool Take(string sign)
    {
        var seen = Sees(sign);
        next += seen ? 1 : 0;
        return seen;
    }

    public bool TakeWord(string word)
    {
        var seen = SeesWord(word);
        next += seen ? 1 : 0;
        return seen;
    }

    public void Need(string sign)
    {
        if (!Take(sign))
        {
            throw Error($"'{sign}' is missing");
        }
    }

    public string Need(LokiKind kind)
    {
        if (Current.Kind != kind)
        {
            throw Error($"{kind} is missing");
        }

        return tokens[next++].Text;
    }

    public SearchError Error(string what) => new($"{what} before '{Current.Text}' in: {text}");

    private void Cut()
    {
        var c = text[at];
        if (c is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
        else if (c == '#')
        {
            throw new SearchError("a comment in: " + text);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Add(LokiKind.Name, While(static c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        }
        else if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            at++;
            Add(LokiKind.Number, c + While(static c => char.IsAsciiDigit(c) || c == '.'));
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                throw new SearchError("a number with a unit in: " + text);
            }
        }
        else if (c == '[')
        {
            at++;
            Add(LokiKind.Range, While(static c => c != ']'));
            at++;
        }
        else if (c == '"')
        {
            Add(LokiKind.Text, Quoted());
        }
        else if (c == '`')
        {
            var end = text.IndexOf('`', at + 1);
            // "Carriage return characters inside raw string literals are discarded."
            Add(LokiKind.Text, end < 0 ? throw new SearchError("an open ` in: " + text) : text[(at + 1)..end].Replace("\r", ""));
            at = end + 1;
        }
        else
        {
            var sign = Array.Find(Signs, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) ?? throw new SearchError($"'{c}' has no meaning in: {text}");
            at += sign.Length;
            Add(LokiKind.Sign, sign);
        }
    }

    private void Add(LokiKind kind, string token) => tokens.Add(new LokiToken(kind, token));

    private string While(Func<char, bool> kind)
    {
        var start = at;
        while (at < text.Length && kind(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    /// <summary>An interpreted string literal of Go.</summary>
    private string Quoted()
    {
        var inner = new StringBuilder();
        for (at++; ; at++)
        {
            if (at >= text.Length || text[at] == '\n')
            {
                throw new SearchError("an open \" in: " + text);
            }

            if (text[at] == '"')
            {
                at++;
                return inner.ToString();
            }

            if (text[at] != '\\')
            {
                inner.Append(text[at]);
                continue;
            }

            at++;
            var escape = at < text.Length ? text[at] : '\0';
            switch (escape)
            {
                case 'n':
                    inner.Append('\n');
                    break;
                case 'r':
                    inner.Append('\r');
                    break;
                case 't':
                    inner.Append('\t');
                    break;
                case '\\' or '"':
                    inner.Append(escape);
                    break;
                case 'x' or 'u':
                    var digits = escape == 'x' ? 2 : 4;
                    // \x is a byte; below 128 it is a character.
                    var code = at + digits < text.Length ? int.Parse(text.AsSpan(at + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : throw new SearchError("half an escape in: " + text);
                    inner.Append(escape == 'x' && code > 0x7f ? throw new SearchError("a byte that is no character in: " + text) : (char)code);
                    at += digits;
                    break;
                default:
                    throw new SearchError($"\\{escape} is no escape of Go's in: {text}");
            }
        }
    }
}
