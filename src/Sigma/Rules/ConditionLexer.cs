using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>What a token of a condition is.</summary>
internal enum TokenKind
{
    /// <summary>A name, a keyword, a pattern or a number.</summary>
    Word,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary><c>|</c></summary>
    Pipe,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>=</c>, <c>==</c>, <c>!=</c></summary>
    Operator,

    /// <summary>The end of the condition.</summary>
    End,
}

/// <summary>A token of a condition.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, Span Span)
{
    /// <summary>Whether it is a keyword of the grammar; the older form also writes them in capitals.</summary>
    public bool Is(string keyword) => Kind is TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Splits a condition into tokens. A run of characters without blanks, brackets and operators is a word.</summary>
internal static class ConditionLexer
{
    public static List<Token> Read(YamlScalar condition)
    {
        string text = condition.Value;
        var tokens = new List<Token>();
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            int start = i++;
            TokenKind kind = c switch
            {
                '(' => TokenKind.Open,
                ')' => TokenKind.Close,
                '|' => TokenKind.Pipe,
                ',' => TokenKind.Comma,
                '<' or '>' or '=' or '!' => TokenKind.Operator,
                _ => TokenKind.Word,
            };
            if (kind is TokenKind.Operator && i < text.Length && text[i] == '=')
            {
                i++;
            }
            else if (kind is TokenKind.Word)
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !"()|,<>=!".Contains(text[i]))
                {
                    i++;
                }
            }

            tokens.Add(new Token(kind, text[start..i], condition.SpanOf(start, i - start)));
        }

        Span end = tokens.Count > 0 ? tokens[^1].Span : condition.Span;
        tokens.Add(new Token(TokenKind.End, "", end with { Start = end.End, Length = 0 }));
        return tokens;
    }
}
