using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sigma.Engines.Tests.Engines.Sql;

/// <summary>
/// An engine of SQL in a process of Node's, <c>tests/engines/sql.mjs</c>: PostgreSQL (PGlite) and ClickHouse (chDB). It is started once,
/// and stays there for all tests.
/// </summary>
internal sealed class NodeSqlEngine
{
    private static readonly string Folder = Path.Combine(SharedFolder.Root!, "tests", "engines");

    private readonly string name;
    private readonly char quote;
    private readonly bool escapes;
    private readonly Lazy<Process> process;
    private readonly Lock one = new();

    private NodeSqlEngine(string name, char quote, bool escapes)
    {
        (this.name, this.quote, this.escapes) = (name, quote, escapes);
        process = new Lazy<Process>(Start);
    }

    public static NodeSqlEngine Postgres { get; } = new("postgres", '"', escapes: false);

    public static NodeSqlEngine ClickHouse { get; } = new("clickhouse", '`', escapes: true);

    /// <summary>Whether there is Node, and the packages are there.</summary>
    public static bool Present { get; } = Directory.Exists(Path.Combine(Folder, "node_modules", "chdb"))
        && Directory.Exists(Path.Combine(Folder, "node_modules", "@electric-sql", "pglite"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    public IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events) =>
        [.. Ask(queries, SqlTable.Id, events).Select(rows => (IReadOnlyList<long>)[.. rows.Select(row => long.Parse(row[0]!, CultureInfo.InvariantCulture)).Order()])];

    /// <summary>The events that a query finds with other settings.</summary>
    public IReadOnlyList<long> Search(string query, IReadOnlyList<EngineEvent> events, string setting, string reset)
    {
        try
        {
            return [.. Ask([query], SqlTable.Id, events, setting)[0].Select(row => long.Parse(row[0]!, CultureInfo.InvariantCulture)).Order()];
        }
        finally
        {
            Ask([], SqlTable.Id, events, reset);
        }
    }

    /// <summary>The rows of a statement over the events.</summary>
    public IReadOnlyList<string?[]> Run(string statement, string columns, IReadOnlyList<EngineEvent> events) => Ask([statement], columns, events)[0];

    /// <summary>The hits of a script over the events.</summary>
    public IReadOnlyList<(string Rule, long Event)> Hits(string script, IReadOnlyList<EngineEvent> events) =>
        [.. Ask(SqlTable.StatementsOf(script), "*", events).SelectMany(rows => rows).Select(row => (row[0]!, long.Parse(row[4]!, CultureInfo.InvariantCulture)))];

    private IReadOnlyList<IReadOnlyList<string?[]>> Ask(IReadOnlyList<string> queries, string columns, IReadOnlyList<EngineEvent> events, params string[] before)
    {
        var table = SqlTable.Of([.. queries, columns], events, quote, escapes, StringComparer.Ordinal);
        var request = new JsonObject
        {
            ["columns"] = new JsonArray([SqlTable.Id, .. table.Columns.Select(column => (JsonNode)column)]),
            ["rows"] = new JsonArray([.. table.Rows.Select((row, i) => new JsonArray([events[i].RecordId, .. row.Select(cell => (JsonNode?)cell)]))]),
            ["queries"] = new JsonArray([.. queries.Select(query => (JsonNode)$"SELECT {columns} FROM ({query}) AS found")]),
            ["before"] = new JsonArray([.. before.Select(statement => (JsonNode)statement)]),
        };
        lock (one)
        {
            process.Value.StandardInput.WriteLine(request.ToJsonString());
            process.Value.StandardInput.Flush();
            var line = process.Value.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{name} has ended");
            using var answer = JsonDocument.Parse(line);
            return [.. answer.RootElement.EnumerateArray().Select(result => result.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException(error.GetString())
                : (IReadOnlyList<string?[]>)[.. result.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToArray())])];
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("node", ["sql.mjs", name])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };

        // It ends when its input does, with the process of the tests.
        return Process.Start(start)!;
    }
}
