using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>Goes over the tokens of a query.</summary>
internal sealed class KustoReader(string query)
{
    private readonly IReadOnlyList<KustoToken> tokens = new KustoTokens(query).All;
    private int at;

    public KustoToken Current => tokens[at];

    public KustoToken Following => tokens[Math.Min(at + 1, tokens.Count - 1)];

    public bool End => Current.Kind == KustoTokenKind.End;

    public KustoToken Step() => tokens[at++];

    public bool Sees(string text) => Current.Kind is KustoTokenKind.Sign or KustoTokenKind.Name && Current.Text == text;

    public bool Take(string text)
    {
        var taken = Sees(text);
        at += taken ? 1 : 0;
        return taken;
    }

    public void Need(string text)
    {
        if (!Take(text))
        {
            throw Error($"'{text}' is missing");
        }
    }

    /// <summary>A word.</summary>
    public string Word() => Current.Kind == KustoTokenKind.Name ? Step().Text : throw Error("a word is missing");

    /// <summary>A name: a word that is none of the language, or a text in brackets.</summary>
    public string Name()
    {
        if (Current.Kind == KustoTokenKind.Name)
        {
            return KustoEngine.Words.Contains(Current.Text) ? throw Error($"'{Current.Text}' is a word of the language") : Step().Text;
        }

        Need("[");
        var name = Text();
        Need("]");
        return name.Length is > 0 and <= 1024 ? name : throw Error("a name has 1 to 1024 characters");
    }

    public string Text() => Current.Kind == KustoTokenKind.Text ? Step().Text : throw Error("a text is missing");

    public SearchError Error(string what) => new($"{what}, at '{Current.Text}' of: {query}");
}
