using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>Grafana's own grammar of LogQL, the package @grafana/lezer-logql, in a process of Node's: <c>tests/engines/logql.mjs</c>.</summary>
internal static class LokiGrammar
{
    private static readonly string Folder = Path.Combine(SharedFolder.Root!, "tests", "engines");

    /// <summary>Whether there is Node, and the package is there.</summary>
    public static bool Present { get; } = Directory.Exists(Path.Combine(Folder, "node_modules", "@grafana", "lezer-logql"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    /// <summary>What the grammar has against each of some queries.</summary>
    public static IReadOnlyList<Verdict> AcceptsAll(IReadOnlyList<string> queries)
    {
        using var process = Process.Start(new ProcessStartInfo("node", ["logql.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        process.StandardInput.WriteLine(JsonSerializer.Serialize(queries));
        process.StandardInput.Close();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the grammar has ended");
        return [.. JsonSerializer.Deserialize<string?[]>(answer)!.Select(refusal => new Verdict(refusal))];
    }
}
