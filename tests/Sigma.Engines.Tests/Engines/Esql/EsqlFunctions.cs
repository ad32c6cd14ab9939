using System.Globalization;
using System.Net;
using System.Text;
using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>The functions of ES|QL that queries here use, as "ES|QL functions and operators" describes them.</summary>
internal static class EsqlFunctions
{
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public static EsqlTerm Call(string function, IReadOnlyList<EsqlTerm> arguments)
    {
        switch (function)
        {
            case "TO_LOWER":
                return Of(EsqlType.Keyword, Text(arguments, 0, 1), text => Lowered((string)text));
            case "TO_STRING":
                Count(arguments, 1);
                return new EsqlTerm(EsqlType.Keyword, row => Each(arguments[0].Value(row), EsqlTerm.Text));
            case "TO_DOUBLE":
                Count(arguments, 1);
                return new EsqlTerm(EsqlType.Number, row => Each(arguments[0].Value(row), Number));
            case "TO_IP":
                Count(arguments, 1);
                return new EsqlTerm(EsqlType.Ip, row => Each(arguments[0].Value(row), value => value as IPAddress ?? ElasticPatterns.Address((string)value)));
            case "TO_DATETIME":
                Count(arguments, 1);
                return new EsqlTerm(EsqlType.Date, row => Each(arguments[0].Value(row), value => value is DateTime ? value : Time((string)value)));
            case "CIDR_MATCH":
                var networks = arguments.Skip(1).Select(argument => ElasticPatterns.Network((string)argument.Need(EsqlType.Keyword).Constant!)).ToList();
                return Of(EsqlType.Boolean, arguments[0].Need(EsqlType.Ip), value => networks.Exists(network => network.Contains((IPAddress)value)));
            case "STARTS_WITH":
                return Both(EsqlType.Boolean, arguments, (text, part) => text.StartsWith(part, StringComparison.Ordinal));
            case "ENDS_WITH":
                return Both(EsqlType.Boolean, arguments, (text, part) => text.EndsWith(part, StringComparison.Ordinal));
            case "LOCATE":
                return Both(EsqlType.Number, arguments, (text, part) => (double)(text.IndexOf(part, StringComparison.Ordinal) + 1));
            case "CONCAT":
                return new EsqlTerm(EsqlType.Keyword, row => arguments.Select(argument => argument.Need(EsqlType.Keyword).Single(row)).ToList() is var parts
                    && parts.Contains(null) ? null : string.Concat(parts));
            case "MV_CONCAT":
                var (field, between) = (Text(arguments, 0, 2), Text(arguments, 1, 2));
                return new EsqlTerm(EsqlType.Keyword, row => field.Value(row) switch
                {
                    IReadOnlyList<object> several => string.Join((string)between.Single(row)!, several),
                    var one => one,
                });
            case "COALESCE":
                return new EsqlTerm(arguments[0].Type, row => arguments.Select(argument => argument.Need(arguments[0].Type).Value(row)).FirstOrDefault(value => value is not null));
            case "CASE":
                var last = arguments.Count % 2 == 1 ? arguments[^1].Need(arguments[1].Type) : null;
                return new EsqlTerm(arguments[1].Type, row =>
                {
                    for (var i = 0; i + 1 < arguments.Count; i += 2)
                    {
                        if (arguments[i].Need(EsqlType.Boolean).Single(row) is true)
                        {
                            return arguments[i + 1].Need(arguments[1].Type).Value(row);
                        }
                    }

                    return last?.Value(row);
                });
            case "DATE_EXTRACT":
                var part = (string)Text(arguments, 0, 2).Constant!;
                return Of(EsqlType.Number, arguments[1].Need(EsqlType.Date), value => Part((DateTime)value, part));
            default:
                throw new SearchError($"Unknown function [{function}]");
        }
    }

    /// <summary>Letters in lower case, as Java has them: a dotted capital I becomes two characters, a last sigma another letter.</summary>
    private static string Lowered(string text)
    {
        var output = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isLast = i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1]));
            output.Append(text[i] switch { '\u0130' => "i\u0307", '\u03a3' when isLast => "\u03c2", var other => char.ToLowerInvariant(other).ToString() });
        }

        return output.ToString();
    }

    private static EsqlTerm Of(EsqlType type, EsqlTerm argument, Func<object, object?> value) =>
        new(type, row => argument.Single(row) is { } single ? value(single) : null);

    private static EsqlTerm Both(EsqlType type, IReadOnlyList<EsqlTerm> arguments, Func<string, string, object> value)
    {
        var (first, second) = (Text(arguments, 0, 2), Text(arguments, 1, 2));
        return new EsqlTerm(type, row => first.Single(row) is string text && second.Single(row) is string other ? value(text, other) : null);
    }

    private static EsqlTerm Text(IReadOnlyList<EsqlTerm> arguments, int index, int count)
    {
        Count(arguments, count);
        return arguments[index].Need(EsqlType.Keyword);
    }

    private static void Count(IReadOnlyList<EsqlTerm> arguments, int count)
    {
        if (arguments.Count != count)
        {
            throw new SearchError($"{arguments.Count} arguments instead of {count}");
        }
    }

    /// <summary>Conversions take several values; what cannot be converted is null, with a warning.</summary>
    private static object? Each(object? value, Func<object, object?> convert) => value switch
    {
        null => null,
        IReadOnlyList<object> several => several.Select(convert).OfType<object>().ToList() is { Count: > 1 } made ? made : several.Select(convert).OfType<object>().FirstOrDefault(),
        _ => convert(value),
    };

    private static object? Number(object value) => value switch
    {
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        string => null,
        _ => throw new SearchError($"TO_DOUBLE of a {value.GetType().Name}"),
    };

    /// <summary>A date as Elasticsearch writes one; null for other texts.</summary>
    public static object? Time(string text) =>
        DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static object Part(DateTime time, string part) => (double)(part switch
    {
        "MINUTE_OF_HOUR" => time.Minute,
        "HOUR_OF_DAY" => time.Hour,
        "DAY_OF_MONTH" => time.Day,
        "MONTH_OF_YEAR" => time.Month,
        "YEAR" => time.Year,
        _ => throw new SearchError($"the part {part} of a date"),
    });
}
