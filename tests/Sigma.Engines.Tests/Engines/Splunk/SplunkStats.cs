using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// stats and eventstats ("Statistical and charting functions", Search Reference). A row without one of the by fields is in no
/// group; stats makes a row of each group, eventstats writes the figures to the rows themselves.
/// </summary>
internal static class SplunkStats
{
    private sealed record Figure(string Name, Func<IReadOnlyList<SearchRow>, object?> Of);

    public static SearchCommand Parse(SearchScanner scanner, bool keepsEvents)
    {
        var figures = new List<Figure>();
        List<string> by = [];
        for (scanner.SkipBlanks(); !scanner.End; scanner.SkipBlanks())
        {
            if (scanner.TakeWord("by") || scanner.TakeWord("BY"))
            {
                by = SplunkCommands.Names(scanner);
                break;
            }

            figures.Add(Next(scanner));
            scanner.Take(",");
        }

        if (figures.Count == 0)
        {
            throw scanner.Error("a figure is missing");
        }

        return rows => keepsEvents ? OnEvents(rows, figures, by) : OnGroups(rows, figures, by);
    }

    private static IReadOnlyList<SearchRow> OnGroups(IReadOnlyList<SearchRow> rows, List<Figure> figures, List<string> by) =>
        [.. Groups(rows, by).Select(group =>
        {
            var result = new SearchRow();
            by.ForEach(name => result[name] = group[0][name]);
            figures.ForEach(figure => result[figure.Name] = figure.Of(group));
            return result;
        })];

    private static IReadOnlyList<SearchRow> OnEvents(IReadOnlyList<SearchRow> rows, List<Figure> figures, List<string> by)
    {
        var copies = rows.Select(row => row.Copy()).ToList();
        foreach (var group in Groups(copies, by))
        {
            var values = figures.Select(figure => figure.Of(group)).ToList();
            foreach (var row in group)
            {
                for (var i = 0; i < figures.Count; i++)
                {
                    row[figures[i].Name] = values[i];
                }
            }
        }

        return copies;
    }

    // Without by, the figures are over all rows, be there none.
    private static IEnumerable<IReadOnlyList<SearchRow>> Groups(IReadOnlyList<SearchRow> rows, List<string> by) => by.Count == 0
        ? [rows]
        : rows.Where(row => by.TrueForAll(name => row[name] is not null))
            .GroupBy(row => string.Join('\u0001', by.Select(name => SearchRow.Text(row[name]!))))
            .Select(group => group.ToList());

    private static Figure Next(SearchScanner scanner)
    {
        var function = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c == '.');
        string? field = null;
        SplunkValue? value = null;
        if (scanner.Take("("))
        {
            if (scanner.Take("eval("))
            {
                value = SplunkExpression.Next(scanner);
                scanner.Need(")");
                field = "";
            }
            else
            {
                field = SplunkCommands.Name(scanner, '"');
            }

            scanner.Need(")");
        }

        var figure = Of(function, field, scanner);
        if (value is not null)
        {
            // "stats": what is evaluated has no name of its own, so the figure needs one.
            return SplunkCommands.As(scanner)
                ? new Figure(SplunkCommands.Name(scanner, '"'), rows => figure([.. rows.Select(row => Evaluated(row, value))]))
                : throw scanner.Error("as is missing");
        }

        var name = SplunkCommands.As(scanner) ? SplunkCommands.Name(scanner, '"') : field is null ? function : $"{function}({field})";
        return new Figure(name, figure);
    }

    private static SearchRow Evaluated(SearchRow row, SplunkValue value)
    {
        var result = new SearchRow();
        result[""] = SplunkFunctions.NoTruth(value(row));
        return result;
    }

    private static Func<IReadOnlyList<SearchRow>, object?> Of(string function, string? field, SearchScanner scanner) => (function, field) switch
    {
        ("count", null) => rows => (double)rows.Count,
        (_, null) => throw scanner.Error($"{function} needs a field"),
        ("count", _) => rows => (double)rows.Sum(row => row.Texts(field).Count),
        ("dc", _) => rows => (double)rows.SelectMany(row => row.Texts(field)).Distinct(StringComparer.Ordinal).Count(),
        ("values", _) => rows => Values(rows, field),
        ("sum", _) => rows => Over(rows, field, numbers => numbers.Sum()),
        ("avg", _) => rows => Over(rows, field, numbers => numbers.Average()),
        ("min", _) => rows => Extreme(rows, field, -1),
        ("max", _) => rows => Extreme(rows, field, 1),
        ("median", _) => rows => Over(rows, field, numbers => (numbers[(numbers.Count - 1) / 2] + numbers[numbers.Count / 2]) / 2),
        _ when Percent(function) is { } percent => rows => Over(rows, field, numbers => Percentile(numbers, percent)),
        _ => throw scanner.Error($"there is no figure {function} here"),
    };

    private static object? Values(IReadOnlyList<SearchRow> rows, string field)
    {
        string[] values = [.. rows.SelectMany(row => row.Texts(field)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return values.Length == 0 ? null : values;
    }

    /// <summary>"min": numbers where all values are, else the order of their characters.</summary>
    private static object? Extreme(IReadOnlyList<SearchRow> rows, string field, int sign)
    {
        var texts = rows.SelectMany(row => row.Texts(field)).ToList();
        if (texts.Count == 0)
        {
            return null;
        }

        return texts.TrueForAll(text => SearchRow.Number(text) is not null)
            ? sign < 0 ? texts.Min(text => SearchRow.Number(text)!.Value) : texts.Max(text => SearchRow.Number(text)!.Value)
            : sign < 0 ? texts.Min(StringComparer.Ordinal) : texts.Max(StringComparer.Ordinal);
    }

    private static object? Over(IReadOnlyList<SearchRow> rows, string field, Func<List<double>, double> figure)
    {
        List<double> numbers = [.. rows.SelectMany(row => row.Texts(field)).Select(text => SearchRow.Number(text)).OfType<double>().Order()];
        return numbers.Count == 0 ? null : figure(numbers);
    }

    /// <summary>"perc&lt;percentile&gt;" takes decimals between 0 and 100, "exactperc" whole numbers.</summary>
    private static double? Percent(string function)
    {
        var number = function.StartsWith("exactperc", StringComparison.Ordinal) ? function[9..] : function.StartsWith("perc", StringComparison.Ordinal) ? function[4..] : "";
        return double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100 ? percent : null;
    }

    /// <summary>"perc": the value at which so many of a hundred values are reached, by nearest rank.</summary>
    private static double Percentile(List<double> numbers, double percent) =>
        numbers[Math.Max((int)Math.Ceiling(numbers.Count * percent / 100) - 1, 0)];
}
