using System.Text;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>Reads the text of one command, character by character.</summary>
internal sealed class SearchScanner(string text, bool verbatim = false)
{
    public int At { get; private set; }

    public bool End => At >= text.Length;

    public char Current => End ? '\0' : text[At];

    /// <summary>Goes over one character.</summary>
    public void Step() => At++;

    public void SkipBlanks()
    {
        while (!End && char.IsWhiteSpace(Current))
        {
            At++;
        }
    }

    /// <summary>Takes a sign if it comes next, behind blanks.</summary>
    public bool Take(string sign)
    {
        SkipBlanks();
        if (string.CompareOrdinal(text, At, sign, 0, sign.Length) != 0)
        {
            return false;
        }

        At += sign.Length;
        return true;
    }

    public void Need(string sign)
    {
        if (!Take(sign))
        {
            throw Error($"'{sign}' is missing");
        }
    }

    /// <summary>Takes a word if it comes next and ends there. Words are told apart by case.</summary>
    public bool TakeWord(string word)
    {
        SkipBlanks();
        if (string.CompareOrdinal(text, At, word, 0, word.Length) != 0 || (At + word.Length < text.Length && IsWord(text[At + word.Length])))
        {
            return false;
        }

        At += word.Length;
        return true;
    }

    /// <summary>Whether this word comes next and ends there.</summary>
    public bool SeesWord(string word)
    {
        var before = At;
        var seen = TakeWord(word);
        At = before;
        return seen;
    }

    /// <summary>The characters as long as they are of a kind; behind blanks.</summary>
    public string While(Func<char, bool> kind)
    {
        SkipBlanks();
        var start = At;
        while (!End && kind(Current))
        {
            At++;
        }

        return text[start..At];
    }

    /// <summary>The quotes that texts stand in: single ones too in a language without an escape.</summary>
    public bool AtQuote => Current == '"' || (verbatim && Current == '\'');

    /// <summary>What stands between two quotes, escapes and all.</summary>
    public string Quoted(char quote)
    {
        Need(quote.ToString());
        var inner = new StringBuilder();
        for (; !End && Current != quote; At++)
        {
            inner.Append(Current);
            if (!verbatim && quote == '"' && Current == '\\')
            {
                At++;
                inner.Append(End ? throw Error("a backslash at the end") : Current);
            }
        }

        At++;
        return At > text.Length ? throw Error($"a {quote} is open") : inner.ToString();
    }

    /// <summary>What stands between square brackets, with quotes and further brackets in it.</summary>
    public string Bracketed()
    {
        Need("[");
        var start = At;
        for (var depth = 1; depth > 0; At++)
        {
            switch (Current)
            {
                case '\0':
                    throw Error("a [ is open");
                case '"' or '\'' when AtQuote:
                    Quoted(Current);
                    At--;
                    break;
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
            }
        }

        return text[start..(At - 1)];
    }

    public SearchError Error(string what) => new($"{what}, at {At} of: {text}");

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
