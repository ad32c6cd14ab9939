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
internal sealed record LogScaleToken(LogScaleKind Kind, string Text, string Flags = "") : IToken<LogScaleKind>;

/// <summary>
/// Cuts CQL, as far as its documentation leaves no doubt (library.humio.com, Grammar Subset): an expression begins behind a =, and nothing in it
/// looks like a comment to anyone.
/// </summary>
internal sealed class LogScaleTokens : TokenReader<LogScaleToken, LogScaleKind>
{
    private static readonly string[] Signs = ["<=>", "!=", "==", ">=", "<=", "=", ">", "<", "|", "(", ")", "[", "]", "{", "}", ",", ":", "*", "-"];

    public LogScaleTokens(string query)
        : base(query, LogScaleKind.Sign, LogScaleKind.Name)
    {
        if (query.Any(char.IsControl))
        {
            throw new SearchError("a line break in: " + query);
        }

        while (At < Text.Length)
        {
            Cut();
        }

        Add(new LogScaleToken(LogScaleKind.End, ""));
    }

    /// <summary>Whether a function is called here.</summary>
    public bool SeesCall => Current.Kind is LogScaleKind.Name && Ahead is { Kind: LogScaleKind.Sign, Text: "(" };

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

    private void Cut()
    {
        var c = Text[At];
        if (c == ' ')
        {
            At++;
        }
        else if (c == '"')
        {
            CutText();
        }
        else if (c == '/' && All.Count > 0 && All[^1] is { Kind: LogScaleKind.Sign, Text: "=" })
        {
            CutRegex();
        }
        else if (char.IsAsciiLetter(c) || c is '_' or '@' or '#')
        {
            At++;
            Add(new LogScaleToken(LogScaleKind.Name, c + While(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')));
        }
        else if (char.IsAsciiDigit(c))
        {
            Add(new LogScaleToken(LogScaleKind.Number, While(static c => char.IsAsciiLetterOrDigit(c) || c == '.')));
        }
        else if (Signs.FirstOrDefault(sign => string.CompareOrdinal(Text, At, sign, 0, sign.Length) == 0) is { } sign)
        {
            Add(new LogScaleToken(LogScaleKind.Sign, sign));
            At += sign.Length;
        }
        else
        {
            throw new SearchError($"no piece of a query begins with '{c}' in: {Text}");
        }
    }

    /// <summary>A text here needs no escape, so none is read.</summary>
    private void CutText()
    {
        At++;
        var content = While(static c => c is not ('"' or '\\'));
        if (At >= Text.Length || Text[At] != '"')
        {
            throw new SearchError("a text with an escape, or without an end, in: " + Text);
        }

        At++;
        Add(new LogScaleToken(LogScaleKind.Text, content));
    }

    private void CutRegex()
    {
        At++;
        var pattern = new StringBuilder();
        while (At < Text.Length && Text[At] != '/')
        {
            var length = Text[At] == '\\' && At + 1 < Text.Length ? 2 : 1;
            pattern.Append(Text, At, length);
            At += length;
        }

        var content = pattern.ToString();
        if (At >= Text.Length || content.Length == 0 || $"/{content}/" is var whole && (whole.Contains("//", StringComparison.Ordinal) || whole.Contains("/*", StringComparison.Ordinal)))
        {
            throw new SearchError("an expression without an end, empty, or like a comment, in: " + Text);
        }

        At++;
        Add(new LogScaleToken(LogScaleKind.Regex, content, While(char.IsAsciiLetter)));
    }
}
