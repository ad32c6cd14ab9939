namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>A piece of a query.</summary>
internal interface IToken<out TKind>
{
    TKind Kind { get; }

    string Text { get; }
}

/// <summary>A query, cut into pieces by the class of its language, which are read one after the other.</summary>
/// <param name="text">The query.</param>
/// <param name="sign">What a sign of the language is.</param>
/// <param name="name">What a bare word is.</param>
internal abstract class TokenReader<TToken, TKind>(string text, TKind sign, TKind name)
    where TToken : IToken<TKind>
    where TKind : struct, Enum
{
    private readonly List<TToken> tokens = [];
    private int next;

    public IReadOnlyList<TToken> All => tokens;

    public TToken Current => tokens[next];

    public TToken Ahead => tokens[Math.Min(next + 1, tokens.Count - 1)];

    /// <summary>The query.</summary>
    protected string Text => text;

    /// <summary>How far it is cut.</summary>
    protected int At { get; set; }

    public bool Sees(string wanted) => Is(sign, wanted);

    public bool SeesWord(string wanted) => Is(name, wanted);

    public bool Take(string wanted) => Go(Sees(wanted));

    public bool TakeWord(string wanted) => Go(SeesWord(wanted));

    public void Need(string wanted)
    {
        if (!Take(wanted))
        {
            throw Error($"'{wanted}' is missing");
        }
    }

    public string Need(TKind kind) => EqualityComparer<TKind>.Default.Equals(Current.Kind, kind) ? Next().Text : throw Error($"{kind} is missing");

    public TToken Next() => tokens[next++];

    public SearchError Error(string what) => new($"{what} before '{Current.Text}' in: {text}");

    protected void Add(TToken token) => tokens.Add(token);

    /// <summary>The characters from here on, as long as they are of a kind.</summary>
    protected string While(Func<char, bool> belongs)
    {
        var start = At;
        while (At < text.Length && belongs(text[At]))
        {
            At++;
        }

        return text[start..At];
    }

    private bool Is(TKind kind, string wanted) => EqualityComparer<TKind>.Default.Equals(Current.Kind, kind) && Current.Text == wanted;

    private bool Go(bool seen)
    {
        next += seen ? 1 : 0;
        return seen;
    }
}
