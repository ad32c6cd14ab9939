using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Elastic;

/// <summary>Goes through the tokens of a query, one after another.</summary>
/// <param name="tokens">The tokens; the last is the end.</param>
/// <param name="words">How words are compared.</param>
internal abstract class TokenCursor(List<Token> tokens, StringComparison words)
{
    private int at;

    public Token Current => tokens[at];

    public bool End => Current.Kind is TokenKind.End;

    protected Token Following => tokens[at + 1];

    public Token Next() => tokens[at++];

    public bool Take(string sign)
    {
        var taken = Current.Is(sign);
        at += taken ? 1 : 0;
        return taken;
    }

    public bool TakeWord(string word)
    {
        var taken = Current.IsWord(word, words);
        at += taken ? 1 : 0;
        return taken;
    }

    public void Need(string sign)
    {
        if (!Take(sign))
        {
            throw Error($"'{sign}' is missing");
        }
    }

    public void NeedWord(string word)
    {
        if (!TakeWord(word))
        {
            throw Error($"'{word}' is missing");
        }
    }

    public SearchError Error(string what) => new($"{what} before '{Current.Text}' at {Current.At}");
}
