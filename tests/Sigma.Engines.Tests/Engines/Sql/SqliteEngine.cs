using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Sigma.Engines.Tests.Engines.Sql;

/// <summary>SQLite in the process of the test. Its REGEXP is .NET's, as programs that have one define it.</summary>
internal static class SqliteEngine
{
    public static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        using var connection = Filled(queries, events);
        return [.. queries.Select(query => (IReadOnlyList<long>)[.. Rows(connection, $"SELECT {SqlTable.Id} FROM ({query}) AS found").Select(row => (long)row[0]!).Order()])];
    }

    /// <summary>The rows of a statement over the events.</summary>
    public static IReadOnlyList<object?[]> Run(string statement, string columns, IReadOnlyList<EngineEvent> events)
    {
        using var connection = Filled([statement, columns], events);
        return Rows(connection, $"SELECT {columns} FROM ({statement}) AS found");
    }

    /// <summary>The hits of a script over the events.</summary>
    public static IReadOnlyList<(string Rule, long Event)> Hits(string script, IReadOnlyList<EngineEvent> events)
    {
        using var connection = Filled([script], events);
        return [.. SqlTable.StatementsOf(script).SelectMany(statement => Rows(connection, statement)).Select(row => ((string)row[0]!, (long)row[4]!))];
    }

    private static SqliteConnection Filled(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        var table = SqlTable.Of(queries, events, '`', escapes: false, StringComparer.OrdinalIgnoreCase);
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.CreateFunction<string?, string?, bool?>("regexp", (pattern, text) => pattern is null || text is null ? null : Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant));
        using var create = connection.CreateCommand();
        create.CommandText = $"CREATE TABLE events ({SqlTable.Id} INTEGER{string.Concat(table.Columns.Select(name => $", \"{name.Replace("\"", "\"\"")}\" TEXT"))})";
        create.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO events VALUES ({string.Join(", ", Enumerable.Range(0, table.Columns.Count + 1).Select(i => $"${i}"))})";
        foreach (var i in Enumerable.Range(0, table.Columns.Count + 1))
        {
            insert.Parameters.Add(new SqliteParameter($"${i}", null));
        }

        for (var row = 0; row < table.Rows.Count; row++)
        {
            insert.Parameters[0].Value = events[row].RecordId;
            for (var i = 0; i < table.Columns.Count; i++)
            {
                insert.Parameters[i + 1].Value = (object?)table.Rows[row][i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return connection;
    }

    private static List<object?[]> Rows(SqliteConnection connection, string statement)
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
