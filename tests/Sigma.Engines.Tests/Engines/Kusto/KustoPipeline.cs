using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Kusto;

internal delegate IReadOnlyList<KustoRow> KustoTable(IReadOnlyDictionary<string, IReadOnlyList<KustoRow>> tables);

internal delegate IReadOnlyList<KustoRow> KustoCommand(IReadOnlyList<KustoRow> rows);

/// <summary>A query: a table, and what is done with its rows one after another.</summary>
internal sealed class KustoPipeline(KustoReader reader)
{
    public static KustoTable Parse(string query)
    {
        var reader = new KustoReader(query);
        var table = new KustoPipeline(reader).Tabular();
        return reader.End ? table : throw reader.Error("the end is missing");
    }

    private KustoTable Tabular()
    {
        var source = Source();
        var commands = new List<KustoCommand>();
        while (reader.Take("|"))
        {
            commands.Add(Command());
        }

        return tables => commands.Aggregate(source(tables), (rows, command) => command(rows));
    }

    private KustoTable Source()
    {
        if (reader.Take("union"))
        {
            var parts = new List<KustoTable> { Source() };
            while (reader.Take(","))
            {
                parts.Add(Source());
            }

            return tables => [.. parts.SelectMany(part => part(tables))];
        }

        if (reader.Take("("))
        {
            var inner = Tabular();
            reader.Need(")");
            return inner;
        }

        var name = reader.Name();
        return tables => tables.TryGetValue(name, out var rows) ? rows : throw new SearchError($"no table '{name}'");
    }

    private KustoCommand Command()
    {
        switch (reader.Word())
        {
            case "where":
                var test = KustoExpression.Parse(reader);
                return Each(rows => rows.Where(scope => KustoLogic.Truth(test(scope)) is true).Select(scope => scope.Row));
            case "extend":
                var added = Assignments(named: true);
                return Each(rows => rows.Select(scope => With(scope.Row.Copy(), added, scope)));
            case "project":
                var kept = Assignments(named: false);
                return Each(rows => rows.Select(scope => With(new KustoRow { RecordId = scope.Row.RecordId, Searched = [.. kept.Select(one => one.Name)] }, kept, scope)));
            case "sort":
                return Sort();
            case "summarize":
                return Summarize();
            case "scan":
                return Scan();
            default:
                throw reader.Error("an operator is missing");
        }
    }

    private static KustoCommand Each(Func<IEnumerable<KustoScope>, IEnumerable<KustoRow>> each) =>
        rows => [.. each(rows.Select((row, i) => new KustoScope(row, new ArraySegment<KustoRow>([.. rows], 0, i))))];

    private static KustoRow With(KustoRow row, IEnumerable<(string Name, KustoValue Value)> cells, KustoScope scope)
    {
        foreach (var (name, value) in cells)
        {
            row[name] = value(scope);
        }

        return row;
    }

    /// <summary><c>name = expression</c>, separated by commas; a column alone where it keeps its name.</summary>
    private List<(string Name, KustoValue Value)> Assignments(bool named)
    {
        var found = new List<(string, KustoValue)>();
        do
        {
            var name = reader.Name();
            if (reader.Take("="))
            {
                found.Add((name, KustoExpression.Parse(reader)));
            }
            else if (named)
            {
                throw reader.Error("'=' is missing");
            }
            else
            {
                found.Add((name, scope => scope.Row[name]));
            }
        }
        while (reader.Take(","));
        return found;
    }

    private KustoCommand Sort()
    {
        reader.Need("by");
        var keys = new List<string>();
        do
        {
            keys.Add(reader.Name());
            reader.Need("asc");
        }
        while (reader.Take(","));
        return rows => [.. rows.Order(Comparer<KustoRow>.Create((x, y) => keys.Select(key => Order(x[key], y[key])).FirstOrDefault(order => order != 0)))];
    }

    private static int Order(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (IComparable a, _) => a.CompareTo(y),
        _ => throw new SearchError("values without an order"),
    };

    private KustoCommand Summarize()
    {
        var figures = new List<(string Name, Func<IReadOnlyList<KustoScope>, object?> Value)>();
        do
        {
            var name = reader.Name();
            reader.Need("=");
            figures.Add((name, KustoAggregates.Parse(reader)));
        }
        while (reader.Take(","));
        var keys = reader.Take("by") ? Assignments(named: false) : [];
        return rows =>
        {
            var scopes = rows.Select(row => new KustoScope(row, [])).ToList();
            var groups = scopes.GroupBy(scope => string.Join('\u0001', keys.Select(key => KustoFunctions.AsText(key.Value(scope))))).Select(group => group.ToList()).ToList();
            if (keys.Count == 0 && groups.Count == 0)
            {
                groups.Add([]);
            }

            return [.. groups.Select(group =>
            {
                var row = group.Count == 0 ? new KustoRow() : With(new KustoRow(), keys, group[0]);
                foreach (var (name, value) in figures)
                {
                    row[name] = value(group);
                }

                return row;
            })];
        };
    }

    /// <summary>A scan of one step that all records match: each record is extended by what the step assigns from its state.</summary>
    private KustoCommand Scan()
    {
        reader.Need("declare");
        reader.Need("(");
        var declared = new List<(string Name, string Type)>();
        do
        {
            var name = reader.Name();
            reader.Need(":");
            declared.Add((name, reader.Word()));
        }
        while (reader.Take(","));
        reader.Need(")");
        reader.Need("with");
        reader.Need("(");
        reader.Need("step");
        var step = reader.Name();
        reader.Need(":");
        reader.Need("true");
        reader.Need("=>");
        var assigned = Assignments(named: true);
        reader.Need(";");
        reader.Need(")");
        return rows =>
        {
            KustoRow state = Declared(new KustoRow { IsOpen = true });
            var output = new List<KustoRow>();
            foreach (var row in rows)
            {
                var scope = new KustoScope(row, []) { Steps = new Dictionary<string, KustoRow> { [step] = state } };
                var extended = Declared(row.Copy());
                output.Add(state = With(extended, assigned, scope));
            }

            return output;
        };

        KustoRow Declared(KustoRow row)
        {
            foreach (var (name, type) in declared)
            {
                row[name] = type == "string" ? "" : null;
            }

            return row;
        }
    }
}
