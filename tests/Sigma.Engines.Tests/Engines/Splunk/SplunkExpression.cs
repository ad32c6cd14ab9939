using System.Globalization;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>What an expression gives for a row: a text, a number (double), a truth value, or null where something is missing.</summary>
internal delegate object? SplunkValue(SearchRow row);

/// <summary>
/// Expressions of eval and where ("where", "eval", Search Reference): field names are plain or in single quotes, texts in
/// double quotes; NOT, then AND, then OR ("Boolean expressions", Search Manual); comparisons regard case; what is computed
/// of a missing field is missing, and where keeps only what is true.
/// </summary>
internal sealed class SplunkExpression
{
    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "=", "<", ">"];

    private readonly SearchScanner scanner;

    private SplunkExpression(SearchScanner scanner) => this.scanner = scanner;

    /// <summary>A condition, for where.</summary>
    public static SearchTest ParseCondition(string text)
    {
        var scanner = new SearchScanner(text);
        var value = Next(scanner);
        scanner.SkipBlanks();
        return scanner.End ? row => True(value(row)) : throw scanner.Error("the expression ends here");
    }

    /// <summary>The expression that comes next; what follows it is left.</summary>
    public static SplunkValue Next(SearchScanner scanner) => new SplunkExpression(scanner).Or();

    public static bool True(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        _ => throw new SearchError("a condition has to be true or false"),
    };

    // Of three values: what is missing is neither true nor false.
    private SplunkValue Or()
    {
        var left = And();
        while (scanner.TakeWord("OR"))
        {
            var (a, b) = (left, And());
            left = row => Truth(a(row)) is var first && first is true ? true : (first, Truth(b(row))) switch
            {
                (_, true) => true,
                (false, false) => false,
                _ => null,
            };
        }

        return left;
    }

    private SplunkValue And()
    {
        var left = Not();
        while (scanner.TakeWord("AND"))
        {
            var (a, b) = (left, Not());
            left = row => Truth(a(row)) is var first && first is false ? false : (first, Truth(b(row))) switch
            {
                (_, false) => false,
                (true, true) => true,
                _ => null,
            };
        }

        return left;
    }

    private SplunkValue Not()
    {
        if (!scanner.TakeWord("NOT"))
        {
            return Comparison();
        }

        var operand = Not();
        return row => Truth(operand(row)) is { } truth ? !truth : null;
    }

    private SplunkValue Comparison()
    {
        var left = Sum();
        if (Comparisons.FirstOrDefault(scanner.Take) is not { } sign)
        {
            return left;
        }

        var right = Sum();
        return row => (left(row), right(row)) is ({ } a, { } b) ? Compare(a, b, sign) : null;
    }

    /// <summary>Two numbers compare by value, anything else as texts by their characters.</summary>
    private static bool Compare(object a, object b, string sign)
    {
        if (a is bool || b is bool)
        {
            throw new SearchError("a truth value is compared");
        }

        var order = SearchRow.Number(a) is { } x && SearchRow.Number(b) is { } y
            ? x.CompareTo(y)
            : string.CompareOrdinal(SearchRow.Text(a), SearchRow.Text(b));
        return sign switch
        {
            "=" or "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private SplunkValue Sum()
    {
        var left = Primary();
        for (; ; )
        {
            var a = left;
            if (scanner.Take("."))
            {
                var b = Primary();
                left = row => (a(row), b(row)) is ({ } x, { } y) ? SearchRow.Text(x) + SearchRow.Text(y) : null;
            }
            else if (scanner.Take("+"))
            {
                var b = Primary();
                left = row => Calculate(a(row), b(row), (x, y) => x + y);
            }
            else if (scanner.Take("-"))
            {
                var b = Primary();
                left = row => Calculate(a(row), b(row), (x, y) => x - y);
            }
            else
            {
                return left;
            }
        }
    }

    private static object? Calculate(object? a, object? b, Func<double, double, double> operation) =>
        SearchRow.Number(a) is { } x && SearchRow.Number(b) is { } y ? operation(x, y) : null;

    private SplunkValue Primary()
    {
        scanner.SkipBlanks();
        switch (scanner.Current)
        {
            case '(':
                scanner.Need("(");
                var inner = Or();
                scanner.Need(")");
                return inner;
            case '"':
                var text = SplunkText.OfExpression(scanner.Quoted('"'), scanner);
                return _ => text;
            case '\'':
                return Field(FieldName());
        }

        if (char.IsAsciiDigit(scanner.Current))
        {
            var number = double.Parse(scanner.While(c => char.IsAsciiDigit(c) || c == '.'), CultureInfo.InvariantCulture);
            return _ => number;
        }

        var name = FieldName();
        return scanner.Take("(") ? Function(name) : Field(name);
    }

    /// <summary>"where": a name with other characters than letters, digits and _, or that begins with a digit, has single quotes.</summary>
    private string FieldName()
    {
        scanner.SkipBlanks();
        if (scanner.Current == '\'')
        {
            var quoted = scanner.Quoted('\'');
            return quoted.AsSpan().IndexOfAny('"', '|', '\\') < 0 && quoted.Length > 0
                ? quoted
                : throw scanner.Error("single quotes have no escape for a quote, pipe or backslash");
        }

        var name = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return name.Length > 0 && name is not ("AND" or "OR" or "NOT") ? name : throw scanner.Error("a value is missing");
    }

    private static SplunkValue Field(string name) => row => row[name];

    private SplunkValue Function(string name)
    {
        if (name is "match" or "cidrmatch" or "like")
        {
            return Test(name);
        }

        var arguments = new List<SplunkValue>();
        if (!scanner.Take(")"))
        {
            do
            {
                arguments.Add(Or());
            }
            while (scanner.Take(","));
            scanner.Need(")");
        }

        return SplunkFunctions.Of(name, arguments) ?? throw scanner.Error($"no function {name} with {arguments.Count} arguments");
    }

    /// <summary>The functions whose pattern is written out: match(x, "expression"), cidrmatch("network", x), like(x, pattern).</summary>
    private SplunkValue Test(string name)
    {
        SplunkValue subject;
        SplunkValue test;
        if (name == "match")
        {
            subject = Or();
            scanner.Need(",");
            scanner.SkipBlanks();
            test = SplunkFunctions.Match(subject, SplunkText.OfPattern(scanner.Quoted('"'), scanner));
        }
        else if (name == "cidrmatch")
        {
            scanner.SkipBlanks();
            var network = scanner.Quoted('"');
            scanner.Need(",");
            test = SplunkFunctions.InNetwork(Or(), network);
        }
        else
        {
            subject = Or();
            scanner.Need(",");
            test = SplunkFunctions.Like(subject, Or());
        }

        scanner.Need(")");
        return test;
    }

    private static bool? Truth(object? value) => value switch
    {
        null => null,
        bool truth => truth,
        _ => throw new SearchError("a condition has to be true or false"),
    };
}
