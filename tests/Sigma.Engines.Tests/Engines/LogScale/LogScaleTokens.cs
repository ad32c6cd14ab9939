using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>What a piece of CQL is.</summary>
internal enum LogScaleKind
{
    /// <summary>A bare word: a field, a function, an operator.</summary>
    Name,

    /// <summary>A text in double quotes, without them.</summary>
    Text,

    /// <summary>What stands between two slashes.</summary>
    Regex,

    /// <summary>A number, or one with a unit of time.</summary>
    Number,
    Sign,
    End,
}

/// <summary>A piece of CQL, with the flags of an expression.</summary>
internal sealed record LogScaleToken(LogScaleKind Kind, string Text, string Flags = "");

/// <summary>
/// Cuts CQL, as far as its documentation leaves no doubt (library.humio.com, Grammar Subset): an expression begins behind a =, and nothing in it
/// looks like a comment to anyone.
/// </summary>
internal sealed class LogScaleTokens
{
    private static readonly string[] Signs = ["<=>", "!=", "==", ">=", "<=", "=", ">", "<", "|", "(", ")", "[", "]", "{", "}", ",", ":", "*", "-"];

    private readonly string text;
    private readonly List<LogScaleToken> tokens = [];
    private int at;
    private int next;

    public LogScaleTokens(string query)
    {
        text = query;
        if (query.Any(char.IsControl))
        {
            throw new SearchError("a line break in: " + query);
        }

        while (at < text.Length)
        {
            Cut();
        }

        tokens.Add(new LogScaleToken(LogScaleKind.End, ""));
    }

    public IReadOnlyList<LogScaleToken> All => tokens;

    public LogScaleToken Current => tokens[next];

    public LogScaleToken Ahead => tokens[Math.Min(next + 1, tokens.Count - 1)];

    public bool Sees(string sign) => Current.Kind is LogScaleKind.Sign && Current.Text == sign;

    public bool SeesWord(string word) => Current.Kind is LogScaleKind.Name && Current.Text == word;

    /// <summary>Whether a function is called here.</summary>
    public bool SeesCall => Current.Kind is LogScaleKind.Name && Ahead is { Kind: LogScaleKind.Sign, Text: "(" };

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

    public void Need(params string[] signs)
    {
        foreach (var sign in signs)
        {
            if (!Take(sign) && !TakeWord(sign))
            {
                throw Error($"'{sign}' is missing");
            }
        }
    }

    public LogScaleToken Next() => tokens[next++];

    public string Need(LogScaleKind kind) => Current.Kind == kind ? Next().Text : throw Error($"{kind} is missing");

    /// <summary>A field's name: bare, if nothing else can be meant, or in quotes.</summary>
    public string Field()
    {
        if (Current.Kind is LogScaleKind.Text)
        {
            return Next().Text;
        }

        var name = Need(LogScaleKind.Name);
        return name.All(char.IsAsciiLetterLower) || name is "And" or "AND" or "Or" or "OR" or "Not" or "NOT" or "In" or "IN" ? throw Error($"'{name}' could be a word of the language") : name;
    }

    public SearchError Error(string what) => new($"{what} before '{Current.Text}' in: {text}");

    private void Cut()
    {
        var c = text[at];
        if (c == ' ')
        {
            at++;
        }
        else if (c == '"')
        {
            CutText();
        }
        else if (c == '/' && tokens.Count > 0 && tokens[^1] is { Kind: LogScaleKind.Sign, Text: "=" })
        {
            CutRegex();
        }
        else if (char.IsAsciiLetter(c) || c is '_' or '@' or '#')
        {
            at++;
            tokens.Add(new LogScaleToken(LogScaleKind.Name, c + While(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')));
        }
        else if (char.IsAsciiDigit(c))
        {
            tokens.Add(new LogScaleToken(LogScaleKind.Number, While(static c => char.IsAsciiLetterOrDigit(c) || c == '.')));
        }
        else if (Signs.FirstOrDefault(sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) is { } sign)
        {
            tokens.Add(new LogScaleToken(LogScaleKind.Sign, sign));
            at += sign.Length;
        }
        else
        {
            throw new SearchError($"no piece of a query begins with '{c}' in: {text}");
        }
    }

    /// <summary>A text here needs no escape, so none is read.</summary>
    private void CutText()
    {
        at++;
        var content = While(static c => c is not ('"' or '\\'));
        if (at >= text.Length || text[at] != '"')
        {
            throw new SearchError("a text with an escape, or without an end, in: " + text);
        }

        at++;
        tokens.Add(new LogScaleToken(LogScaleKind.Text, content));
    }

    private void CutRegex()
    {
        at++;
        var pattern = new StringBuilder();
        while (at < text.Length && text[at] != '/')
        {
            var length = text[at] == '\\' && at + 1 < text.Length ? 2 : 1;
            pattern.Append(text, at, length);
            at += length;
        }

        var content = pattern.ToString();
        if (at >= text.Length || content.Length == 0 || $"/{content}/" is var whole && (whole.Contains("//", StringComparison.Ordinal) || whole.Contains("/*", StringComparison.Ordinal)))
        {
            throw new SearchError("an expression without an end, empty, or like a comment, in: " + text);
        }

        at++;
        tokens.Add(new LogScaleToken(LogScaleKind.Regex, content, While(char.IsAsciiLetter)));
    }

    private string While(Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }
}
