using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Sigma.Benchmarks;

/// <summary>The parts of sweep.sh that need DuckDB: it turns events into a Parquet file, and runs a script of the format <c>sweep</c> over it.</summary>
internal static class SweepRun
{
    /// <summary>A character that no value has, so that a keyword is found within one value only.</summary>
    private const char Between = '\u0001';

    /// <summary>
    /// Writes flat events, a JSON object a line, as a Parquet file: a column of texts for each name, <c>line</c> with the number of the line,
    /// <c>timestamp</c>, and <c>raw</c> with all values.
    /// </summary>
    /// <param name="from">The events.</param>
    /// <param name="to">The Parquet file.</param>
    public static void WriteEvents(string from, string to)
    {
        var rows = new List<Dictionary<string, string>>();
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in File.ReadLines(from))
        {
            using var read = JsonDocument.Parse(line);
            var row = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (JsonProperty field in read.RootElement.EnumerateObject())
            {
                if (field.Value.ValueKind is not JsonValueKind.Null)
                {
                    row[field.Name] = field.Value.ToString();
                    columns.TryAdd(field.Name, columns.Count);
                }
            }

            rows.Add(row);
        }

        foreach (string own in (string[])["line", "timestamp", "raw"])
        {
            columns.TryAdd(own, columns.Count);
        }

        string[] names = [.. columns.OrderBy(column => column.Value).Select(column => column.Key)];
        using DuckDBConnection connection = Open();
        Execute(connection, $"CREATE TABLE events ({string.Join(", ", names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" VARCHAR"))})");
        using (DuckDBAppender appender = connection.CreateAppender("events"))
        {
            for (int i = 0; i < rows.Count; i++)
            {
                Dictionary<string, string> values = rows[i];
                string raw = string.Join(Between, values.Values);
                values["line"] = (i + 1).ToString(CultureInfo.InvariantCulture);
                values["timestamp"] = values.GetValueOrDefault("timestamp") ?? values.GetValueOrDefault("UtcTime") ?? values.GetValueOrDefault("@timestamp") ?? "";
                values["raw"] = raw;
                IDuckDBAppenderRow row = appender.CreateRow();
                foreach (string name in names)
                {
                    row.AppendValue(values.GetValueOrDefault(name));
                }

                row.EndRow();
            }
        }

        Execute(connection, $"COPY events TO '{to.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)");
    }

    /// <summary>Runs a script, and writes its hits, <c>rule line</c> each, sorted; the time is printed.</summary>
    /// <param name="script">The script, for the table <c>events</c>.</param>
    /// <param name="parquet">The events.</param>
    /// <param name="hits">The file for the hits.</param>
    public static void RunOnDuckDb(string script, string parquet, string hits)
    {
        using DuckDBConnection connection = Open();
        Execute(connection, $"CREATE VIEW events AS SELECT * FROM '{parquet.Replace("'", "''", StringComparison.Ordinal)}'");
        var found = new SortedSet<string>(StringComparer.Ordinal);
        long started = Stopwatch.GetTimestamp();
        foreach (string statement in File.ReadAllText(script).Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            long before = Stopwatch.GetTimestamp();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = statement;
            using DuckDBDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                found.Add($"{reader.GetString(0)} {reader.GetValue(4)}");
            }

            if (Environment.GetEnvironmentVariable("SIGMAC_BENCHMARK_STATEMENTS") is not null)
            {
                Console.WriteLine($"{Stopwatch.GetElapsedTime(before).TotalSeconds,8:F2} s  {statement.TrimStart().Split('\n')[0]}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"DuckDB: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, {found.Count} hits"));
        File.WriteAllLines(hits, found);
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    private static void Execute(DuckDBConnection connection, string statement)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
