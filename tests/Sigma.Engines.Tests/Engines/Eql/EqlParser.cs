using System.Globalization;
using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Eql;

/// <summary>A part of a condition: its type, and its value in an event, which is null where the event lacks the field.</summary>
internal sealed record EqlTerm(EsqlType Type, Func<EsqlRow, object?> Value)
{
    public object? Constant { get; init; }

    public EqlTerm Need(EsqlType type) => Type == type ? this : throw new SearchError($"a {Type} stands where a {type} is needed");
}

/// <summary>
/// Reads conditions of EQL ("EQL syntax reference", "EQL function reference"): or, and and not bind in this order, the weakest first; comparisons
/// do not chain. Words are in lower case. A name needs a ? in front, since one without it is an error of the query where no index has the field.
/// </summary>
/// <param name="tokens">The tokens of the query.</param>
/// <param name="types">The types of fields.</param>
/// <param name="absentIsFalse">
/// Whether a test of an absent field is false instead of null. The reference says of not that it is true where its condition is false; a search of
/// the index finds a document that lacks the field, and a field that no index has is null. A query must mean the same in both.
/// </param>
internal sealed class EqlParser(List<Token> tokens, Func<string, EsqlType> types, bool absentIsFalse) : TokenCursor(tokens, StringComparison.Ordinal)
{
    public static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ".", "[", "]", ":", "?", "=", "-", "!"];

    private static readonly HashSet<string> Words =
        ["and", "any", "by", "false", "in", "join", "like", "maxspan", "not", "null", "of", "or", "regex", "sample", "sequence", "true", "until", "where", "with"];

    /// <summary>A category and a condition; the condition of the events.</summary>
    public Func<EsqlRow, bool> Events()
    {
        var category = Current.Kind is TokenKind.Name ? Next().Text : throw Error("a category is missing");
        NeedWord("where");
        var condition = Or().Need(EsqlType.Boolean);
        return row => (category == "any" || Equals(row["event.category"], category)) && condition.Value(row) is true;
    }

    private EqlTerm Or()
    {
        var left = And();
        while (TakeWord("or"))
        {
            var (a, b) = (left.Need(EsqlType.Boolean), And().Need(EsqlType.Boolean));
            left = new EqlTerm(EsqlType.Boolean, row => (a.Value(row), b.Value(row)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            });
        }

        return left;
    }

    private EqlTerm And()
    {
        var left = Not();
        while (TakeWord("and"))
        {
            var (a, b) = (left.Need(EsqlType.Boolean), Not().Need(EsqlType.Boolean));
            left = new EqlTerm(EsqlType.Boolean, row => (a.Value(row), b.Value(row)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            });
        }

        return left;
    }

    private EqlTerm Not()
    {
        if (!TakeWord("not"))
        {
            return Test();
        }

        var inner = Not().Need(EsqlType.Boolean);
        return new EqlTerm(EsqlType.Boolean, row => inner.Value(row) is bool holds ? !holds : null);
    }

    private EqlTerm Test()
    {
        var left = Primary();
        var kind = Current switch
        {
            { Kind: TokenKind.Sign, Text: ":" or "==" or "!=" or "<" or ">" or "<=" or ">=" } => Next().Text,
            { Kind: TokenKind.Name, Text: "like" or "regex" or "in" } => Next().Text,
            _ => null,
        };
        switch (kind)
        {
            case null:
                return left;
            case "==" or "!=" when TakeWord("null"):
                return new EqlTerm(EsqlType.Boolean, row => left.Value(row) is null == (kind == "=="));
            case ":" or "like" or "regex":
                left.Need(EsqlType.Keyword);
                var patterns = Texts().Select(text => Pattern(kind, text)).ToList();
                return Of(left, value => patterns.Exists(pattern => pattern((string)value)));
            case "in":
                Need("(");
                var items = new List<object>();
                do
                {
                    items.Add(Primary().Need(left.Type).Constant ?? throw Error("a field in a list"));
                }
                while (Take(","));
                Need(")");
                return Of(left, value => items.Contains(value));
            default:
                var other = Primary().Need(left.Type).Constant ?? throw Error("two fields are compared");
                return kind is "==" or "!=" ? Of(left, value => value.Equals(other) == (kind == "=="))
                    : Compared(left.Need(EsqlType.Number), kind, (double)other);
        }
    }

    private EqlTerm Compared(EqlTerm left, string sign, double other) => Of(left, value => sign switch
    {
        "<" => (double)value < other,
        ">" => (double)value > other,
        "<=" => (double)value <= other,
        _ => (double)value >= other,
    });

    private EqlTerm Of(EqlTerm argument, Func<object, bool> holds) =>
        new(EsqlType.Boolean, row => argument.Value(row) is { } value ? holds(value) : absentIsFalse ? false : null);

    private List<string> Texts()
    {
        var texts = new List<string>();
        if (!Take("("))
        {
            return [Text()];
        }

        do
        {
            texts.Add(Text());
        }
        while (Take(","));
        Need(")");
        return texts;
    }

    private string Text() => Current.Kind is TokenKind.Text ? Next().Text : throw Error("a text is missing");

    /// <summary>Patterns of : and like have * and ? without an escape. Of letters beyond ASCII versions do not agree which are the same.</summary>
    private static Func<string, bool> Pattern(string kind, string text)
    {
        if (kind == "regex")
        {
            return ElasticPatterns.Expression(text);
        }

        var ignoreCase = kind == ":";
        if (ignoreCase && text.Any(c => !char.IsAscii(c) && char.ToUpperInvariant(c) != char.ToLowerInvariant(c)))
        {
            throw new SearchError($"the case of a letter in '{text}'");
        }

        var wildcard = new WildcardText(ignoreCase);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '*')
            {
                wildcard.AddMany();
            }
            else
            {
                wildcard.Add(rune.Value == '?' ? WildcardText.One : rune.Value);
            }
        }

        return wildcard.Fits;
    }

    private EqlTerm Primary()
    {
        if (Take("("))
        {
            var inner = Or();
            Need(")");
            return inner;
        }

        if (Take("?"))
        {
            var name = Name();
            return new EqlTerm(types(name), row => row[name]);
        }

        var negative = Take("-");
        if (Current.Kind is TokenKind.Number)
        {
            var number = double.Parse(Next().Text, CultureInfo.InvariantCulture) * (negative ? -1 : 1);
            return new EqlTerm(EsqlType.Number, _ => number) { Constant = number };
        }

        if (Current.Kind is TokenKind.Text && !negative)
        {
            var text = Text();
            return new EqlTerm(EsqlType.Keyword, _ => text) { Constant = text };
        }

        foreach (var word in new[] { true, false })
        {
            if (TakeWord(word ? "true" : "false"))
            {
                return new EqlTerm(EsqlType.Boolean, _ => word) { Constant = word };
            }
        }

        return Current.Kind is TokenKind.Name && Following.Is("(") ? Call() : throw Error("a value is missing, or the ? of a name");
    }

    private EqlTerm Call()
    {
        var function = Next().Text;
        Need("(");
        var arguments = new List<EqlTerm>();
        do
        {
            arguments.Add(Primary());
        }
        while (Take(","));
        Need(")");
        switch (function)
        {
            case "string" when arguments is [var value]:
                return new EqlTerm(EsqlType.Keyword, row => value.Value(row) is { } one ? EsqlTerm.Text(one) : null);
            case "cidrMatch" when arguments is [{ Type: EsqlType.Ip } address, { Constant: string network }]:
                var range = ElasticPatterns.Network(network);
                return Of(address, value => range.Contains((System.Net.IPAddress)value));
            case "startsWith" or "endsWith" or "stringContains" when arguments is [{ Type: EsqlType.Keyword } text, { Constant: string part }]:
                return Of(text, value => function switch
                {
                    "startsWith" => ((string)value).StartsWith(part, StringComparison.Ordinal),
                    "endsWith" => ((string)value).EndsWith(part, StringComparison.Ordinal),
                    _ => ((string)value).Contains(part, StringComparison.Ordinal),
                });
            default:
                throw new SearchError($"{function} with these {arguments.Count} arguments");
        }
    }

    /// <summary>A name: its parts, in back-ticks or not, with dots between them.</summary>
    public string Name()
    {
        var name = "";
        while (true)
        {
            name += Current switch
            {
                { Kind: TokenKind.QuotedName } => Next().Text,
                { Kind: TokenKind.Name } word when !Words.Contains(word.Text) => Next().Text,
                _ => throw Error("a name is missing"),
            };
            if (!Take("."))
            {
                return name;
            }

            name += ".";
        }
    }
}
