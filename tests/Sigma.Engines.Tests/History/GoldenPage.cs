using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.History;

/// <summary>One published page: a rule and what the program of 2020 made of it for each target.</summary>
public sealed record GoldenPage(string Name, string Folder)
{
    // Where the program had no answer it printed this instead of a query, and the page was published with it.
    private static readonly string[] NoQuery = ["An unsupported feature", "Feel free to contribute"];

    public static IReadOnlyList<GoldenPage> All { get; } = SharedFolder.Path is null ? [] :
        [.. Directory.EnumerateDirectories(SharedFolder.In("golden", "pages"))
            .Order(StringComparer.Ordinal)
            .Select(folder => new GoldenPage(Path.GetFileName(folder), folder))];

    /// <summary>The page's queries for a target, a line each.</summary>
    public IReadOnlyList<string> Queries(string target) =>
        [.. Text(target).Split('\n').Where(line => line.Length > 0 && !NoQuery.Any(line.StartsWith))];

    /// <summary>The page's import scripts, a curl command with its here-document each.</summary>
    public IReadOnlyList<string> Scripts(string target) =>
        [.. ("\n" + Text(target)).Split("\ncurl ").Skip(1).Select(script => "curl " + script.TrimEnd('\n') + "\n")];

    public string Text(string target)
    {
        var path = Path.Combine(Folder, target + ".txt");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
