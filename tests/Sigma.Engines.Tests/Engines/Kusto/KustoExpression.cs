namespace Sigma.Engines.Tests.Engines.Kusto;

internal delegate object? KustoValue(KustoScope scope);

/// <summary>
/// Expressions, by the pages on scalar operators. Operators of different levels have brackets around them, or the levels of the
/// vendor's grammar: <c>or</c>, <c>and</c>, comparisons, sums, products.
/// </summary>
internal sealed class KustoExpression(KustoReader reader)
{
    private static readonly object Everywhere = new();

    public static KustoValue Parse(KustoReader reader) => new KustoExpression(reader).Any();

    private KustoValue Any()
    {
        var left = Both();
        while (reader.Take("or"))
        {
            var (a, b) = (left, Both());
            left = scope => KustoLogic.Or(KustoLogic.Truth(a(scope)), () => KustoLogic.Truth(b(scope)));
        }

        return left;
    }

    private KustoValue Both()
    {
        var left = Comparison();
        while (reader.Take("and"))
        {
            var (a, b) = (left, Comparison());
            left = scope => KustoLogic.And(KustoLogic.Truth(a(scope)), () => KustoLogic.Truth(b(scope)));
        }

        return left;
    }

    private KustoValue Comparison()
    {
        var star = reader.Take("*");
        var left = star ? _ => Everywhere : Sum();
        var sign = reader.Current;
        switch (sign.Text)
        {
            case "==" or "!=" or "<" or "<=" or ">" or ">=" when sign.Kind == KustoTokenKind.Sign && !star:
                reader.Step();
                var right = Sum();
                return scope => KustoLogic.Compare(sign.Text, left(scope), right(scope));
            case "in" or "in~" when sign.Kind == KustoTokenKind.Name && !star:
                reader.Step();
                var items = List();
                return scope =>
                {
                    var value = left(scope);
                    return items.Aggregate<KustoValue, bool?>(false, (found, item) => KustoLogic.Or(found, () => KustoLogic.Compare(sign.Text == "in" ? "==" : "=~", value, item(scope))));
                };
        }

        if (KustoLogic.OnTexts(sign) is { } test)
        {
            reader.Step();
            if (sign.Text == "matches")
            {
                reader.Need("regex");
            }

            var wanted = Sum();
            return scope => left(scope) is var value && ReferenceEquals(value, Everywhere)
                ? scope.Row.Searched.Any(name => test(KustoLogic.Text(scope.Row[name]), KustoLogic.Text(wanted(scope))))
                : test(KustoLogic.Text(value), KustoLogic.Text(wanted(scope)));
        }

        return star ? throw reader.Error("'*' without a test") : left;
    }

    private KustoValue Sum()
    {
        var left = Postfix();
        while (reader.Current is { Kind: KustoTokenKind.Sign, Text: "+" or "-" } sign)
        {
            reader.Step();
            var (a, b) = (left, Postfix());
            left = scope => KustoLogic.Sum(sign.Text, a(scope), b(scope));
        }

        return left;
    }

    private KustoValue Postfix()
    {
        var value = Primary();
        while (reader.Sees(".") || reader.Sees("["))
        {
            var inner = value;
            if (reader.Take("."))
            {
                var member = reader.Word();
                value = scope => KustoLogic.Member(inner(scope), member);
            }
            else
            {
                reader.Need("[");
                var member = reader.Text();
                reader.Need("]");
                value = scope => KustoLogic.Member(inner(scope), member);
            }
        }

        return value;
    }

    private KustoValue Primary()
    {
        var token = reader.Current;
        if (token.Kind == KustoTokenKind.Text)
        {
            reader.Step();
            return _ => token.Text;
        }

        if (token.Kind is KustoTokenKind.Number or KustoTokenKind.Span)
        {
            reader.Step();
            return _ => token.Value;
        }

        if (reader.Take("-"))
        {
            var number = reader.Current is { Kind: KustoTokenKind.Number } next ? next.Value : throw reader.Error("a number is missing");
            reader.Step();
            return _ => number is long whole ? -whole : -(double)number!;
        }

        if (reader.Take("("))
        {
            var inner = Any();
            reader.Need(")");
            return inner;
        }

        if (token is { Kind: KustoTokenKind.Name, Text: "true" or "false" })
        {
            reader.Step();
            return _ => token.Text == "true";
        }

        return token.Kind == KustoTokenKind.Name && reader.Following is { Kind: KustoTokenKind.Sign, Text: "(" } ? Call() : Column();
    }

    /// <summary>A column; or, in a scan, one of a step's state.</summary>
    private KustoValue Column()
    {
        var name = reader.Name();
        if (!reader.Sees("."))
        {
            return scope => scope.Row[name];
        }

        reader.Need(".");
        var member = reader.Name();
        return scope => scope.Steps.TryGetValue(name, out var state) ? state[member] : KustoLogic.Member(scope.Row[name], member);
    }

    private KustoValue Call()
    {
        var name = reader.Word();
        if (name == "prev")
        {
            return Previous();
        }

        if (name == "datetime")
        {
            reader.Need("(");
            reader.Need("null");
            reader.Need(")");
            return _ => null;
        }

        KustoValue[] arguments = [.. List()];
        return KustoFunctions.Of(name, arguments) ?? throw reader.Error($"no function {name}() with {arguments.Length} arguments");
    }

    /// <summary>The value of a column so many rows before this one; null where there is none.</summary>
    private KustoValue Previous()
    {
        reader.Need("(");
        var column = reader.Name();
        reader.Need(",");
        var offset = (long)(reader.Step().Value ?? throw reader.Error("a number is missing"));
        reader.Need(")");
        return scope => offset <= scope.Before.Count ? scope.Before[^(int)offset][column] : null;
    }

    private List<KustoValue> List()
    {
        var items = new List<KustoValue>();
        reader.Need("(");
        if (!reader.Take(")"))
        {
            do
            {
                items.Add(Any());
            }
            while (reader.Take(","));
            reader.Need(")");
        }

        return items;
    }
}
