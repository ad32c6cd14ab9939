using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.History;
using Sigma.Text;

namespace Sigma.Engines.Tests.Pages;

/// <summary>What the program of 2020 published for a page and a target, and what ours makes of the same rule.</summary>
internal sealed record PageRun(GoldenPage Page, string Target, string History, RuleFacts Facts, IReadOnlyList<Conversion> Conversions)
{
    private const string Refusal = "An unsupported feature";

    public static IReadOnlyList<string> Targets { get; } =
        ["powershell", "es-qs", "xpack-watcher", "graylog", "splunk", "logpoint", "grep"];

    /// <summary>Every page for every target. The pages' rules are files of one rule or several.</summary>
    public static IReadOnlyList<PageRun> All { get; } = SharedFolder.Path is null ? [] : [.. Run()];

    /// <summary>Our queries, those of each rule and condition under one another.</summary>
    public string Ours { get; } = string.Join('\n', Conversions.Select(c => c.Query?.TrimEnd('\n')).OfType<string>());

    public string HistoryText => History.TrimEnd('\n');

    public bool HistoryRefused => History.StartsWith(Refusal, StringComparison.Ordinal);

    public bool AllRefused => Conversions.All(c => c.Status is ConversionStatus.Failed);

    public bool SomeRefused => Conversions.Any(c => c.Status is ConversionStatus.Failed);

    private static IEnumerable<PageRun> Run()
    {
        var catalog = new BackendCatalog();
        var diagnostics = new List<Diagnostic>();
        var compiler = new Compiler(
        [
            .. Targets.Select(name => catalog.Read(name, new Dictionary<string, string>(), diagnostics)!)
                .Select(backend => new CompilerTarget(backend, backend.Formats[0], backend.Pipelines)),
        ]);
        foreach (var page in GoldenPage.All)
        {
            var path = Path.Combine(page.Folder, "rule.yml");
            var source = SourceText.Decode(path, File.ReadAllBytes(path), out _);
            var facts = RuleFacts.Read(source);
            foreach (var target in compiler.Convert(source).GroupBy(conversion => conversion.Target))
            {
                yield return new PageRun(page, target.Key, page.Text(target.Key), facts, [.. target]);
            }
        }
    }
}
