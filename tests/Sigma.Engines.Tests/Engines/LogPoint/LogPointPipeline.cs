using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogPoint;

/// <summary>
/// Commands in a row, with a pipe between them: a condition; then search, "Process Commands" (regex), "Aggregators" (chart).
/// </summary>
internal static class LogPointPipeline
{
    public static SearchCommand Parse(string search)
    {
        var parts = SearchPipe.Split(search, verbatim: true);
        return SearchCommands.InTurn(
            [SearchCommands.Where(LogPointSearch.Parse(parts[0])), .. parts.Skip(1).Select(Command)]);
    }

    private static SearchCommand Command(string text)
    {
        var scanner = new SearchScanner(text, verbatim: true);
        return scanner.While(char.IsAsciiLetter) switch
        {
            "search" => SearchCommands.Where(LogPointSearch.Parse(text[scanner.At..])),
            "process" => Process(scanner),
            "chart" => Chart(scanner),
            var name => throw scanner.Error($"there is no command '{name}' here"),
        };
    }

    /// <summary>
    /// process regex("expression", field): named groups become fields where the expression is found. With "filter=true" the
    /// other logs go.
    /// </summary>
    private static SearchCommand Process(SearchScanner scanner)
    {
        scanner.Need("regex");
        scanner.Need("(");
        scanner.SkipBlanks();
        var written = scanner.Quoted('"');
        // The expression is Perl's: a named group is (?P<name>…), and has a number like any other.
        var (pattern, names) = Numbered(written);
        var expression = new PerlExpression(pattern);
        scanner.Need(",");
        var field = Field(scanner);
        var filter = scanner.Take(",") && Filter(scanner);
        scanner.Need(")");
        AtEnd(scanner);
        if (!filter && names.Count == 0)
        {
            throw scanner.Error("the expression makes no field and filters nothing");
        }

        SearchCommand set = SearchCommands.Each(row =>
        {
            if (row.Texts(field).Select(expression.Groups).FirstOrDefault(groups => groups is not null) is { } found)
            {
                foreach (var (name, number) in names.Where(named => found[named.Number] is not null))
                {
                    row[name] = found[number]!;
                }
            }
        });
        return filter ? SearchCommands.InTurn([SearchCommands.Where(row => row.Texts(field).Any(expression.IsMatch)), set]) : set;
    }

    /// <summary>The expression with plain groups for the named ones, which .NET numbers behind all others.</summary>
    private static (string Pattern, IReadOnlyList<(string Name, int Number)> Names) Numbered(string pattern)
    {
        var output = new System.Text.StringBuilder();
        var names = new List<(string, int)>();
        var groups = 0;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                output.Append(pattern, i++, 2);
                continue;
            }

            inClass = pattern[i] == '[' || (inClass && pattern[i] != ']');
            output.Append(pattern[i]);
            if (pattern[i] != '(' || inClass)
            {
                continue;
            }

            if (pattern.AsSpan(i).StartsWith("(?P<"))
            {
                var end = pattern.IndexOf('>', i);
                names.Add((pattern[(i + 4)..end], ++groups));
                i = end;
            }
            else if (i + 1 < pattern.Length && pattern[i + 1] != '?' && !(i > 1 && pattern.AsSpan(i - 2, 2).SequenceEqual("(?")))
            {
                // The inner bracket of a condition, (?(1)a|b), is no group.
                groups++;
            }
        }

        return (output.ToString(), names);
    }

    private static bool Filter(SearchScanner scanner)
    {
        scanner.SkipBlanks();
        return scanner.Quoted('"') switch
        {
            "filter=true" => true,
            "filter=false" => false,
            _ => throw scanner.Error("the third argument is \"filter=true\""),
        };
    }

    /// <summary>chart figure(field) as name by fields: a row of each group.</summary>
    private static SearchCommand Chart(SearchScanner scanner)
    {
        var function = scanner.While(c => char.IsAsciiLetter(c) || c == '_');
        scanner.Need("(");
        var field = scanner.Take(")") ? null : Field(scanner);
        if (field is not null)
        {
            scanner.Need(")");
        }

        if (field is null != (function == "count"))
        {
            throw scanner.Error($"{function} with a field, or without");
        }

        var figure = Figure(function, field ?? "", scanner);
        var name = scanner.TakeWord("as") ? Field(scanner) : function;
        var by = new List<string>();
        if (scanner.TakeWord("by"))
        {
            do
            {
                by.Add(Field(scanner));
            }
            while (scanner.Take(","));
        }

        AtEnd(scanner);
        return rows => [.. rows.Where(row => by.TrueForAll(one => row[one] is not null))
            .GroupBy(row => string.Join('\u0001', by.Select(one => SearchRow.Text(row[one]!))))
            .Select(group =>
            {
                var result = new SearchRow();
                by.ForEach(one => result[one] = group.First()[one]);
                result[name] = figure([.. group]);
                return result;
            })];
    }

    private static Func<List<SearchRow>, object?> Figure(string function, string field, SearchScanner scanner) => function switch
    {
        "count" => rows => (double)rows.Count,
        "distinct_count" => rows => (double)rows.SelectMany(row => row.Texts(field)).Distinct(StringComparer.Ordinal).Count(),
        "sum" => rows => Over(rows, field, numbers => numbers.Sum()),
        "avg" => rows => Over(rows, field, numbers => numbers.Average()),
        "min" => rows => Over(rows, field, numbers => numbers.Min()),
        "max" => rows => Over(rows, field, numbers => numbers.Max()),
        _ => throw scanner.Error($"there is no figure '{function}' here"),
    };

    private static object? Over(List<SearchRow> rows, string field, Func<List<double>, double> figure)
    {
        List<double> numbers = [.. rows.SelectMany(row => row.Texts(field)).Select(text => SearchRow.Number(text)).OfType<double>()];
        return numbers.Count == 0 ? null : figure(numbers);
    }

    private static string Field(SearchScanner scanner)
    {
        scanner.SkipBlanks();
        var name = scanner.Current == '"' ? scanner.Quoted('"') : scanner.While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
        return name.Length > 0 && name.AsSpan().IndexOfAny('"', '\\') < 0 ? name : throw scanner.Error("a field is missing");
    }

    private static void AtEnd(SearchScanner scanner)
    {
        scanner.SkipBlanks();
        if (!scanner.End)
        {
            throw scanner.Error("the command ends here");
        }
    }
}
