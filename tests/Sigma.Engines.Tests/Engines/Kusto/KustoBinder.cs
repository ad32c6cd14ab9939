using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>Microsoft's own parser and binder of Kusto, in a process of Node's: <c>tests/engines/kusto.mjs</c>.</summary>
internal static class KustoBinder
{
    private static readonly string Folder = Path.Combine(SharedFolder.Root!, "tests", "engines");

    /// <summary>Whether there is Node, and the package is there.</summary>
    public static bool Present { get; } = Directory.Exists(Path.Combine(Folder, "node_modules", "@kusto", "language-service-next"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    /// <summary>The columns of our own tables by their types, without those that an expression reads.</summary>
    public static Dictionary<string, Dictionary<string, string>> OurTables()
    {
        var tables = new Dictionary<string, Dictionary<string, string>>();
        foreach (var line in File.ReadLines(Path.Combine(SharedFolder.Root!, "backends", "kql", "tables.tsv")).Where(line => !line.StartsWith('#')))
        {
            if (line.Split('\t') is [var table, var type, var names] && type is not ("=" or "[]" or "{}"))
            {
                if (!tables.TryGetValue(table, out var columns))
                {
                    tables[table] = columns = [];
                }

                foreach (var name in names.Split(' '))
                {
                    columns[name] = type;
                }
            }
        }

        return tables;
    }

    /// <summary>What the public references have, from the shared folder.</summary>
    public static Dictionary<string, Dictionary<string, string>> PublicTables()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(SharedFolder.In("reference", "kusto_schema.json")));
        return schema.RootElement.EnumerateObject().ToDictionary(
            table => table.Name,
            table => table.Value.EnumerateObject().DistinctBy(column => column.Name.Trim()).ToDictionary(column => column.Name.Trim(), column => TypeOf(column.Value.GetString()!)));
    }

    /// <summary>What is wrong with each of some queries.</summary>
    public static IReadOnlyList<string> Bind(IReadOnlyList<string> queries, Dictionary<string, Dictionary<string, string>> tables)
    {
        var start = new ProcessStartInfo("node", ["kusto.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var input = Task.Run(() =>
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(tables));
            foreach (var query in queries)
            {
                process.StandardInput.WriteLine(JsonSerializer.Serialize(query));
            }

            process.StandardInput.Close();
        });
        var found = new List<string>();
        foreach (var query in queries)
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the binder has ended");
            found.AddRange(JsonNode.Parse(line)!.AsArray().Select(finding => $"{finding}\n{query}"));
        }

        input.Wait();
        return found;
    }

    private static string TypeOf(string type) => type switch
    {
        "boolean" => "bool",
        "bigint" => "long",
        "double" => "real",
        _ => type,
    };
}
