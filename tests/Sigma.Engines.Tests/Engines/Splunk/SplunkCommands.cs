using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>The commands that change rows ("Command quick reference", Search Reference).</summary>
internal static class SplunkCommands
{
    /// <summary>"eval": fields get the values of expressions, one after another; a missing value takes the field away.</summary>
    public static SearchCommand Eval(SearchScanner scanner)
    {
        var sets = new List<(string Field, SplunkValue Value)>();
        do
        {
            var field = Name(scanner, '\'');
            scanner.Need("=");
            sets.Add((field, SplunkExpression.Next(scanner)));
        }
        while (scanner.Take(","));
        AtEnd(scanner);
        return SearchCommands.Each(row => sets.ForEach(set => row[set.Field] = SplunkFunctions.NoTruth(set.Value(row))));
    }

    /// <summary>"rename a AS b". A wildcard at the end of both stands for the same rest.</summary>
    public static SearchCommand Rename(SearchScanner scanner)
    {
        scanner.SkipBlanks();
        var from = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '*');
        if (from.EndsWith('*'))
        {
            scanner.Need("as *");
            AtEnd(scanner);
            return SearchCommands.Each(row =>
            {
                foreach (var name in row.Names.Where(name => name.StartsWith(from[..^1], StringComparison.Ordinal)).ToList())
                {
                    (row[name[(from.Length - 1)..]], row[name]) = (row[name], null);
                }
            });
        }

        return from.Length > 0 ? Rename(scanner, from) : Rename(scanner, Name(scanner, '"'));
    }

    private static SearchCommand Rename(SearchScanner scanner, string first)
    {
        var names = new List<(string From, string To)>();
        do
        {
            var from = names.Count == 0 ? first : Name(scanner, '"');
            names.Add((from, As(scanner) ? Name(scanner, '"') : throw scanner.Error("as is missing")));
        }
        while (scanner.Take(","));
        AtEnd(scanner);
        return SearchCommands.Each(row => names.ForEach(name => (row[name.To], row[name.From]) = (row[name.From], null)));
    }

    /// <summary>"table": only these fields stay. A row stays the event it was, for the tests to tell.</summary>
    public static SearchCommand Table(SearchScanner scanner)
    {
        var names = Names(scanner);
        AtEnd(scanner);
        return rows => [.. rows.Select(row =>
        {
            var kept = new SearchRow { RecordId = row.RecordId };
            names.ForEach(name => kept[name] = row[name]);
            return kept;
        })];
    }

    /// <summary>
    /// "bin": numbers go down to the beginning of their stretch; spans are whole numbers of s, m, h, d, or mon for calendar
    /// months. The options may stand on either side of the field.
    /// </summary>
    public static SearchCommand Bin(SearchScanner scanner)
    {
        string? span = null;
        string? field = null;
        for (scanner.SkipBlanks(); !scanner.End && !As(scanner); scanner.SkipBlanks())
        {
            var word = Name(scanner, '"');
            (span, field) = word == "span" && scanner.Take("=") ? (scanner.While(char.IsAsciiLetterOrDigit), field) : (span, word);
        }

        scanner.SkipBlanks();
        var name = scanner.End ? field : Name(scanner, '"');
        AtEnd(scanner);
        if (field is null || name is null || span is null)
        {
            throw scanner.Error("bin needs a field and a span");
        }

        var stretch = Stretch(span, scanner);
        return SearchCommands.Each(row => row[name] = SearchRow.Number(row[field]) is { } number ? stretch(number) : row[field]);
    }

    private static Func<double, double> Stretch(string span, SearchScanner scanner)
    {
        var unit = span.TrimStart("0123456789".ToCharArray());
        if (!int.TryParse(span[..^unit.Length], out var number) || number == 0)
        {
            throw scanner.Error($"'{span}' is no span");
        }

        if (unit == "mon")
        {
            return time =>
            {
                var day = DateTime.UnixEpoch.AddSeconds(time);
                var months = (((day.Year * 12) + day.Month - 1) / number) * number;
                return (new DateTime(months / 12, (months % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;
            };
        }

        var seconds = number * (unit switch { "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => throw scanner.Error($"'{unit}' is no unit of time") });
        return time => Math.Floor(time / seconds) * seconds;
    }

    /// <summary>Names with blanks or commas between them.</summary>
    public static List<string> Names(SearchScanner scanner)
    {
        var names = new List<string>();
        for (scanner.SkipBlanks(); !scanner.End; scanner.SkipBlanks())
        {
            names.Add(Name(scanner, '"'));
            scanner.Take(",");
        }

        return names.Count > 0 ? names : throw scanner.Error("a field is missing");
    }

    /// <summary>
    /// A field's name as an argument. eval puts an odd one in single quotes, the other commands in double quotes; a plain
    /// one has letters, digits and the signs that JSON's and Windows' field names have.
    /// </summary>
    public static string Name(SearchScanner scanner, char quote)
    {
        scanner.SkipBlanks();
        if (scanner.Current == quote)
        {
            var quoted = scanner.Quoted(quote);
            if (quote == '\'' && quoted.AsSpan().IndexOfAny('"', '|', '\\') >= 0)
            {
                throw scanner.Error("single quotes have no escape for a quote, pipe or backslash");
            }

            return quote == '"' ? SplunkText.OfSearch(quoted, scanner) : quoted;
        }

        var name = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (quote == '"' && c is '.' or ':' or '{' or '}' or '@' or '-'));
        return name.Length > 0 ? name : throw scanner.Error("a name is missing");
    }

    /// <summary>The word that gives a name; both cases are in the documents.</summary>
    public static bool As(SearchScanner scanner) => scanner.TakeWord("as") || scanner.TakeWord("AS");

    public static void AtEnd(SearchScanner scanner)
    {
        scanner.SkipBlanks();
        if (!scanner.End)
        {
            throw scanner.Error("the command ends here");
        }
    }
}
