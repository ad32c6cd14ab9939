using System.Globalization;
using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>
/// Reads expressions of ES|QL: OR, AND and NOT bind in this order, the weakest first; then come comparisons, LIKE, RLIKE, IN and IS NULL,
/// which do not chain; then sums; then names, literals, calls and brackets. Words are read in any letter case. Types are checked
/// as the server does before a query runs, without the conversions that it makes by itself.
/// </summary>
/// <param name="tokens">The tokens of the query.</param>
/// <param name="schema">The type of a column by its name; null for one that does not exist.</param>
internal sealed class EsqlParser(List<Token> tokens, Func<string, EsqlType?> schema) : TokenCursor(tokens, StringComparison.OrdinalIgnoreCase)
{
    /// <summary>An expression is at most so deep (ExpressionBuilder.MAX_EXPRESSION_DEPTH).</summary>
    private const int Deepest = 400;

    public static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ".", "|", "=", "+", "-", "*", ":", ";"];

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "as", "asc", "by", "desc", "false", "first", "in", "is", "join", "last", "like", "not", "null", "nulls", "on", "or", "rlike", "true", "where", "with",
    };

    private int depth;

    /// <summary>What the columns are from here on; STATS and EVAL change it.</summary>
    public Func<string, EsqlType?> Schema { get; set; } = schema;

    /// <summary>A condition.</summary>
    public EsqlTerm Condition() => Or().Need(EsqlType.Boolean);

    /// <summary>Any expression.</summary>
    public EsqlTerm Expression() => Or();

    private EsqlTerm Or()
    {
        var depthBefore = depth;
        var left = And();
        while (TakeWord("or"))
        {
            Deepen();
            var (a, b) = (left.Need(EsqlType.Boolean), And().Need(EsqlType.Boolean));
            left = new EsqlTerm(EsqlType.Boolean, row => (a.Single(row), b.Single(row)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            });
        }

        depth = depthBefore;
        return left;
    }

    private EsqlTerm And()
    {
        var depthBefore = depth;
        var left = Not();
        while (TakeWord("and"))
        {
            Deepen();
            var (a, b) = (left.Need(EsqlType.Boolean), Not().Need(EsqlType.Boolean));
            left = new EsqlTerm(EsqlType.Boolean, row => (a.Single(row), b.Single(row)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            });
        }

        depth = depthBefore;
        return left;
    }

    private EsqlTerm Not()
    {
        if (!TakeWord("not"))
        {
            return Test();
        }

        Deepen();
        var inner = Not().Need(EsqlType.Boolean);
        depth--;
        return new EsqlTerm(EsqlType.Boolean, row => inner.Single(row) is bool holds ? !holds : null);
    }

    private EsqlTerm Test()
    {
        var left = Sum();
        if (TakeWord("is"))
        {
            var not = TakeWord("not");
            NeedWord("null");
            return new EsqlTerm(EsqlType.Boolean, row => left.Value(row) is null != not);
        }

        if (TakeWord("like"))
        {
            var wildcard = EsqlPattern.Like(Text());
            return Matches(left, wildcard.Fits);
        }

        if (TakeWord("rlike"))
        {
            return Matches(left, ElasticPatterns.Expression(Text()));
        }

        if (TakeWord("in"))
        {
            Need("(");
            var items = new List<EsqlTerm>();
            do
            {
                items.Add(Or().Need(left.Type));
            }
            while (Take(","));
            Need(")");
            return new EsqlTerm(EsqlType.Boolean, row => left.Single(row) is { } value
                ? items.Exists(item => value.Equals(item.Single(row))) ? true : items.Exists(item => item.Single(row) is null) ? null : false
                : null);
        }

        return Current is { Kind: TokenKind.Sign, Text: "==" or "!=" or "<" or ">" or "<=" or ">=" } ? Compared(left, Next().Text, Sum()) : left;
    }

    private static EsqlTerm Compared(EsqlTerm left, string sign, EsqlTerm right)
    {
        right.Need(left.Type);
        if (sign is not ("==" or "!=") && left.Type is not EsqlType.Number)
        {
            throw new SearchError($"{left.Type} is compared with {sign}");
        }

        return new EsqlTerm(EsqlType.Boolean, row => left.Single(row) is { } a && right.Single(row) is { } b
            ? sign switch
            {
                "==" => a.Equals(b),
                "!=" => !a.Equals(b),
                "<" => (double)a < (double)b,
                ">" => (double)a > (double)b,
                "<=" => (double)a <= (double)b,
                _ => (double)a >= (double)b,
            }
            : null);
    }

    private static EsqlTerm Matches(EsqlTerm left, Func<string, bool> fits)
    {
        left.Need(EsqlType.Keyword);
        return new EsqlTerm(EsqlType.Boolean, row => left.Single(row) is string text ? fits(text) : null);
    }

    private EsqlTerm Sum()
    {
        var left = Primary();
        while (Take("+"))
        {
            var (a, b) = (left.Need(EsqlType.Number), Primary().Need(EsqlType.Number));
            left = new EsqlTerm(EsqlType.Number, row => a.Single(row) is double x && b.Single(row) is double y ? x + y : null);
        }

        return left;
    }

    private EsqlTerm Primary()
    {
        if (Take("("))
        {
            Deepen();
            var inner = Or();
            depth--;
            Need(")");
            return inner;
        }

        if (Take("-") && Current.Kind is TokenKind.Number)
        {
            return EsqlTerm.Of(EsqlType.Number, -Number());
        }

        switch (Current)
        {
            case { Kind: TokenKind.Text }:
                return EsqlTerm.Of(EsqlType.Keyword, Next().Text);
            case { Kind: TokenKind.Number }:
                return EsqlTerm.Of(EsqlType.Number, Number());
            case { Kind: TokenKind.Name } when TakeWord("true"):
                return EsqlTerm.Of(EsqlType.Boolean, true);
            case { Kind: TokenKind.Name } when TakeWord("false"):
                return EsqlTerm.Of(EsqlType.Boolean, false);
            case { Kind: TokenKind.Name } when Following.Is("("):
                return Call();
            default:
                var name = Name();
                var type = Schema(name) ?? throw new SearchError($"Unknown column [{name}]");
                return new EsqlTerm(type, row => row[name]);
        }
    }

    private EsqlTerm Call()
    {
        var function = Next().Text.ToUpperInvariant();
        Need("(");
        if (function == "DATE_TRUNC")
        {
            return Truncated();
        }

        Deepen();
        var arguments = new List<EsqlTerm>();
        do
        {
            arguments.Add(Or());
        }
        while (Take(","));
        depth--;
        Need(")");
        return EsqlFunctions.Call(function, arguments);
    }

    /// <summary>A date rounded down to a multiple of a time span, which is a number and a unit.</summary>
    private EsqlTerm Truncated()
    {
        var seconds = (long)Number();
        NeedWord("seconds");
        Need(",");
        var time = Or().Need(EsqlType.Date);
        Need(")");
        return new EsqlTerm(EsqlType.Date, row => time.Single(row) is DateTime value
            ? DateTime.UnixEpoch.AddSeconds((long)(value - DateTime.UnixEpoch).TotalSeconds / seconds * seconds)
            : null);
    }

    /// <summary>A name: its parts, in back-ticks or not, with dots between them.</summary>
    public string Name()
    {
        var name = "";
        do
        {
            name += Current switch
            {
                { Kind: TokenKind.QuotedName } => Next().Text,
                { Kind: TokenKind.Name } word when !Words.Contains(word.Text) => Next().Text,
                _ => throw Error("a name is missing"),
            };
            if (!Current.Is("."))
            {
                return name;
            }

            Next();
            name += ".";
        }
        while (true);
    }

    public string Text() => Current.Kind is TokenKind.Text ? Next().Text : throw Error("a text is missing");

    public double Number() => Current.Kind is TokenKind.Number ? double.Parse(Next().Text, CultureInfo.InvariantCulture) : throw Error("a number is missing");

    private void Deepen()
    {
        if (++depth > Deepest)
        {
            throw new SearchError($"the expression is deeper than {Deepest}");
        }
    }
}
