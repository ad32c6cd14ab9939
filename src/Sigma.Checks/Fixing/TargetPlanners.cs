using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Planning;

namespace Sigma.Checks.Fixing;

/// <summary>
/// Planners for all that sigmac can make of a rule by itself: without pipelines, with those of each target, and with each built-in one.
/// Pipelines add conditions to rules and rename fields, so plans that are equal before them may differ after them.
/// </summary>
internal static class TargetPlanners
{
    private static readonly Dictionary<string, string> NoOptions = [];

    private static readonly Lazy<Planner[]> Known = new(() => [.. Make()]);

    /// <summary>The planners.</summary>
    public static IReadOnlyList<Planner> All => Known.Value;

    private static IEnumerable<Planner> Make()
    {
        yield return new Planner([], PipelineSettings.Default, "sigmac check");
        var catalog = new BackendCatalog();
        foreach (string name in catalog.Names)
        {
            if (catalog.Read(name, NoOptions, []) is { Formats: [var format, ..] } backend && PipelineCatalog.For(backend, [], withOwn: true) is { Count: > 0 } own)
            {
                yield return new Planner(own, PipelineSettings.Default.For(own, name, format.Name, backend.OptionValues), backend.Title);
            }
        }

        foreach (BuiltInPipeline entry in PipelineCatalog.BuiltIn(catalog))
        {
            if (PipelineReader.Read(entry.Open(), entry.Name, []) is { } pipeline)
            {
                yield return new Planner([pipeline], PipelineSettings.Default.For([pipeline], "", "", NoOptions), entry.Name);
            }
        }
    }
}
