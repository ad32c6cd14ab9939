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
internal sealed record LokiToken(LokiKind Kind, string Text) : IToken<LokiKind>;

/// <summary>
/// Cuts LogQL (pkg/logql/syntax/lex.go, which is Go's text/scanner): names, texts in double quotes with Go's escapes or between back-quotes
/// without any, numbers, spans in square brackets, and signs.
/// </summary>
internal sealed class LokiScanner : TokenReader<LokiToken, LokiKind>
{
    private static readonly string[] Signs = ["|=", "|~", "!=", "!~", "=~", "==", ">=", "<=", "|", "=", ">", "<", "{", "}", "(", ")", ",", "*", "+"];

    public LokiScanner(string query)
        : base(query, LokiKind.Sign, LokiKind.Name)
    {
        while (At < Text.Length)
        {
            Cut();
        }

        Add(new LokiToken(LokiKind.End, ""));
    }

    private void Cut()
    {
        var c = Text[At];
        if (c is ' ' or '\t' or '\n' or '\r')
        {
            At++;
        }
        else if (c == '#')
        {
            throw new SearchError("a comment in: " + Text);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Add(LokiKind.Name, While(static c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        }
        else if (char.IsAsciiDigit(c) || (c == '-' && At + 1 < Text.Length && char.IsAsciiDigit(Text[At + 1])))
        {
            At++;
            Add(LokiKind.Number, c + While(static c => char.IsAsciiDigit(c) || c == '.'));
            if (At < Text.Length && char.IsAsciiLetter(Text[At]))
            {
                throw new SearchError("a number with a unit in: " + Text);
            }
        }
        else if (c == '[')
        {
            At++;
            Add(LokiKind.Range, While(static c => c != ']'));
            At++;
        }
        else if (c == '"')
        {
            Add(LokiKind.Text, Quoted());
        }
        else if (c == '`')
        {
            var end = Text.IndexOf('`', At + 1);
            // "Carriage return characters inside raw string literals are discarded."
            Add(LokiKind.Text, end < 0 ? throw new SearchError("an open ` in: " + Text) : Text[(At + 1)..end].Replace("\r", ""));
            At = end + 1;
        }
        else
        {
            var sign = Array.Find(Signs, sign => string.CompareOrdinal(Text, At, sign, 0, sign.Length) == 0) ?? throw new SearchError($"'{c}' has no meaning in: {Text}");
            At += sign.Length;
            Add(LokiKind.Sign, sign);
        }
    }

    private void Add(LokiKind kind, string token) => Add(new LokiToken(kind, token));

    /// <summary>An interpreted string literal of Go.</summary>
    private string Quoted()
    {
        var inner = new StringBuilder();
        for (At++; ; At++)
        {
            if (At >= Text.Length || Text[At] == '\n')
            {
                throw new SearchError("an open \" in: " + Text);
            }

            if (Text[At] == '"')
            {
                At++;
                return inner.ToString();
            }

            if (Text[At] != '\\')
            {
                inner.Append(Text[At]);
                continue;
            }

            At++;
            var escape = At < Text.Length ? Text[At] : '\0';
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
                    var code = At + digits < Text.Length ? int.Parse(Text.AsSpan(At + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : throw new SearchError("half an escape in: " + Text);
                    inner.Append(escape == 'x' && code > 0x7f ? throw new SearchError("a byte that is no character in: " + Text) : (char)code);
                    At += digits;
                    break;
                default:
                    throw new SearchError($"\\{escape} is no escape of Go's in: {Text}");
            }
        }
    }
}
