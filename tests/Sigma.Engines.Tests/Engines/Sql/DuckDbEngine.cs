using DuckDB.NET.Data;

namespace Sigma.Engines.Tests.Engines.Sql;

/// <summary>DuckDB in the process of the test.</summary>
internal static class DuckDbEngine
{
    public static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        using var connection = Filled(queries, events);
        return [.. queries.Select(query => (IReadOnlyList<long>)[.. Rows(connection, $"SELECT {SqlTable.Id} FROM ({query}) AS found").Select(row => Convert.ToInt64(row[0], System.Globalization.CultureInfo.InvariantCulture)).Order()])];
    }

    /// <summary>The rows of a statement over the events.</summary>
    public static IReadOnlyList<object?[]> Run(string statement, string columns, IReadOnlyList<EngineEvent> events)
    {
        using var connection = Filled([statement, columns], events);
        return Rows(connection, $"SELECT {columns} FROM ({statement}) AS found");
    }

    /// <summary>The hits of a script over the events in a Parquet file, which it calls <c>'sigma_events'</c>. The table has no columns but those of the events.</summary>
    public static IReadOnlyList<(string Rule, long Event)> Hits(string script, IReadOnlyList<EngineEvent> events)
    {
        using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "events.parquet");
        using var connection = Filled([], events);
        Rows(connection, $"COPY events TO '{file}' (FORMAT parquet)");
        return [.. SqlTable.StatementsOf(script).SelectMany(statement => Rows(connection, statement.Replace("'sigma_events'", $"'{file}'", StringComparison.Ordinal)))
            .Select(row => ((string)row[0]!, Convert.ToInt64(row[4], System.Globalization.CultureInfo.InvariantCulture)))];
    }

    private static DuckDBConnection Filled(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        var table = SqlTable.Of(queries, events, '"', escapes: false, StringComparer.OrdinalIgnoreCase);
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = $"CREATE TABLE events ({SqlTable.Id} BIGINT{string.Concat(table.Columns.Select(name => $", \"{name.Replace("\"", "\"\"")}\" VARCHAR"))})";
        create.ExecuteNonQuery();
        using var appender = connection.CreateAppender("events");
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var row = appender.CreateRow().AppendValue((long?)events[i].RecordId);
            foreach (var value in table.Rows[i])
            {
                row.AppendValue(value);
            }

            row.EndRow();
        }

        return connection;
    }

    private static List<object?[]> Rows(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }
}
