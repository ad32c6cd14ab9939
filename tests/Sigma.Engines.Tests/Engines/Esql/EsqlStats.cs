using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>
/// STATS: a row for each group, with null as a group of its own, and one row where there is no BY, also without any rows. Functions take the
/// values that are not null; but for the counts they are null without any. What only aggregates of values do not promise, estimates, are exact here.
/// </summary>
internal static class EsqlStats
{
    public static Func<List<EsqlRow>, List<EsqlRow>> Command(EsqlParser parser)
    {
        var figures = new List<(string Name, Func<IReadOnlyList<EsqlRow>, object?> Value)>();
        do
        {
            var name = parser.Name();
            parser.Need("=");
            figures.Add((name, Figure(parser)));
        }
        while (parser.Take(","));
        var keys = new List<(string Name, EsqlTerm Term)>();
        if (parser.TakeWord("by"))
        {
            do
            {
                keys.Add(Key(parser));
            }
            while (parser.Take(","));
        }

        var types = keys.ToDictionary(key => key.Name, key => key.Term.Type);
        parser.Schema = name => types.TryGetValue(name, out var type) ? type : figures.Exists(figure => figure.Name == name) ? EsqlType.Number : null;
        return rows => keys.Count == 0
            ? [Row(rows)]
            : [.. rows.GroupBy(row => string.Join('\u0002', keys.Select(key => key.Term.Value(row) is { } value ? EsqlTerm.Text(value) : "\u0003"))).Select(group => Row([.. group]))];

        EsqlRow Row(IReadOnlyList<EsqlRow> group)
        {
            var made = new EsqlRow();
            keys.ForEach(key => made[key.Name] = key.Term.Value(group[0]));
            figures.ForEach(figure => made[figure.Name] = figure.Value(group));
            return made;
        }
    }

    private static (string Name, EsqlTerm Term) Key(EsqlParser parser)
    {
        var name = parser.Name();
        if (parser.Take("="))
        {
            return (name, parser.Expression());
        }

        var type = parser.Schema(name) ?? throw new SearchError($"Unknown column [{name}]");
        return (name, new EsqlTerm(type, row => row[name]));
    }

    private static Func<IReadOnlyList<EsqlRow>, object?> Figure(EsqlParser parser)
    {
        var function = parser.Next().Text.ToUpperInvariant();
        parser.Need("(");
        if (parser.Take("*"))
        {
            parser.Need(")");
            return function == "COUNT" ? rows => (double)rows.Count : throw parser.Error($"{function} of *");
        }

        var term = parser.Expression();
        var percentile = parser.Take(",") ? (decimal)parser.Number() : (decimal?)null;
        parser.Need(")");
        if (function == "COUNT")
        {
            return rows => (double)rows.Count(row => term.Value(row) is not null);
        }

        term.Need(EsqlType.Number);
        Func<List<double>, double> figure = (function, percentile) switch
        {
            ("SUM", null) => values => values.Sum(),
            ("AVG", null) => values => values.Average(),
            ("MIN", null) => values => values.Min(),
            ("MAX", null) => values => values.Max(),
            ("MEDIAN", null) => values => (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2,
            ("PERCENTILE", { } part) => values => values.First(value => values.Count(other => other <= value) * 100m >= part * values.Count),
            _ => throw parser.Error($"Unknown function [{function}]"),
        };
        return rows => rows.Select(row => term.Single(row)).OfType<double>().Order().ToList() is { Count: > 0 } values ? figure(values) : null;
    }
}
