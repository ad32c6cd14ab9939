using System.Globalization;
using System.Net;
using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>Whether a row passes.</summary>
internal delegate bool LogScaleTest(LogScaleRow row);

/// <summary>
/// Filters of CQL (Query Filters, Operators, Expressions). The pages differ about which of <c>and</c> and <c>or</c> binds closer, and about texts behind
/// a <c>=</c>, which may have wildcards or be numbers; so a filter with both words and no brackets is an error, and so is such a text.
/// </summary>
internal sealed class LogScaleFilter(LogScaleTokens tokens, Re2Values values)
{
    public LogScaleTest Parse()
    {
        List<LogScaleTest> operands = [Unary()];
        string? joined = null;
        while (tokens.SeesWord("and") || tokens.SeesWord("or"))
        {
            var word = tokens.Next().Text;
            if (joined is not null && joined != word)
            {
                throw tokens.Error("'and' and 'or' side by side");
            }

            joined = word;
            operands.Add(Unary());
        }

        return operands is [var only] ? only
            : joined == "and" ? row => operands.TrueForAll(operand => operand(row))
            : row => operands.Exists(operand => operand(row));
    }

    private LogScaleTest Unary()
    {
        if (tokens.TakeWord("not"))
        {
            var operand = Unary();
            return row => !operand(row);
        }

        if (tokens.Take("("))
        {
            var inner = Parse();
            tokens.Need(")");
            return inner;
        }

        if (tokens.Take("*"))
        {
            return _ => true;
        }

        return tokens.SeesCall ? Function() : Comparison();
    }

    /// <summary>"If the specified field is not present in an event, then the comparison always fails — unless it is !="</summary>
    private LogScaleTest Comparison()
    {
        var field = tokens.Field();
        if (tokens.Take("!="))
        {
            tokens.Need("*");
            return row => row[field] is null;
        }

        tokens.Need("=");
        if (tokens.Take("*"))
        {
            return row => row[field] is not null;
        }

        var token = tokens.Next();
        switch (token.Kind)
        {
            case LogScaleKind.Text when token.Text.Length == 0:
                return row => row[field] == "";
            case LogScaleKind.Regex:
                var found = values.Matching(LogScaleExpression.ToRe2(token), whole: false);
                return row => row[field] is { } value && found.Contains(value);
            default:
                throw tokens.Error("an expression or a * is missing behind =");
        }
    }

    private LogScaleTest Function()
    {
        var name = tokens.Next().Text;
        tokens.Need("(");
        switch (name)
        {
            case "cidr":
                var field = tokens.Field();
                tokens.Need(",", "subnet", "=");
                var network = IPNetwork.Parse(tokens.Need(LogScaleKind.Text));
                tokens.Need(")");
                return row => IPAddress.TryParse(row[field], out var address) && address.AddressFamily == network.BaseAddress.AddressFamily && network.Contains(address);
            case "test":
                var test = Test();
                tokens.Need(")");
                return test;
            default:
                throw tokens.Error($"'{name}' is no filter");
        }
    }

    /// <summary>A comparison of two values; without one of them, or with a text where a number belongs, it is null, which is not true.</summary>
    private LogScaleTest Test()
    {
        var left = Value();
        var sign = tokens.Need(LogScaleKind.Sign);
        var right = Value();
        return row => (left(row), right(row)) is ({ } a, { } b) && ((LogScaleRow.Number(a), LogScaleRow.Number(b)) is ({ } x, { } y)
            ? sign switch { "==" => x == y, "!=" => x != y, "<" => x < y, "<=" => x <= y, ">" => x > y, ">=" => x >= y, _ => throw tokens.Error("no comparison") }
            : sign switch { "==" => a == b, "!=" => a != b, _ => false });
    }

    private Func<LogScaleRow, string?> Value()
    {
        var negative = tokens.Take("-");
        if (tokens.Current.Kind is LogScaleKind.Number)
        {
            var number = (negative ? "-" : "") + tokens.Next().Text;
            return LogScaleRow.Number(number) is null ? throw tokens.Error($"{number} is no number") : _ => number;
        }

        if (!tokens.SeesCall)
        {
            var name = tokens.Need(LogScaleKind.Name);
            return row => row[name];
        }

        var function = tokens.Next().Text;
        tokens.Need("(");
        var field = function == "getField" ? tokens.Need(LogScaleKind.Text) : tokens.Field();
        tokens.Need(")");
        return function switch
        {
            "getField" => row => row[field],
            "lower" => row => row[field]?.ToLower(CultureInfo.InvariantCulture),
            _ => throw tokens.Error($"'{function}' has no value"),
        };
    }
}
