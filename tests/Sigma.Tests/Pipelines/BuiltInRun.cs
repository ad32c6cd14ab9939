using System.Collections.Concurrent;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>Rules after pipelines: the tests they make then, their log source, their queries.</summary>
internal static class BuiltInRun
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Pipeline>> Named = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(string Target, bool Own, IReadOnlyList<Pipeline> Pipelines), CompilerTarget> Targets = new();

    public static BackendCatalog Catalog { get; } = new();

    /// <summary>A rule with one selection.</summary>
    public static string Rule(string logsource, string selection) =>
        $"title: T\nlogsource: {{{logsource}}}\ndetection:\n  sel:\n    {selection}\n  condition: sel\n";

    /// <summary>Pipelines by built-in name or file; there must be nothing wrong with them. What is read does not change, so it is read once.</summary>
    public static IReadOnlyList<Pipeline> Pipelines(params string[] names) => Named.GetOrAdd(string.Join(',', names), _ => Read(names));

    private static Pipeline[] Read(string[] names)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline[] pipelines = [.. names.SelectMany(name => PipelineCatalog.Resolve(name, Catalog, diagnostics)).OrderBy(p => p.Priority)];
        diagnostics.Select(d => d.Message).Should().BeEmpty();
        return pipelines;
    }

    /// <summary>A configuration or pipeline that stands in the test.</summary>
    public static Pipeline Read(string text)
    {
        Pipeline? pipeline = Read(text, out IReadOnlyList<Diagnostic> diagnostics);
        diagnostics.Select(d => d.Message).Should().BeEmpty();
        return pipeline!;
    }

    /// <summary>A configuration or pipeline that stands in the test, mistakes and all.</summary>
    public static Pipeline? Read(string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = new List<Diagnostic>();
        diagnostics = found;
        return PipelineReader.Read(new SourceText("config.yml", text), "config", found);
    }

    /// <summary>Runs pipelines over a rule.</summary>
    public static PipelineRun Run(string rule, IEnumerable<Pipeline> pipelines, List<Diagnostic>? diagnostics = null)
    {
        var run = new PipelineRun((SigmaRule)RuleReader.Read(new SourceText("rule.yml", rule)).Single().Document!, diagnostics ?? []);
        run.Apply([.. pipelines]);
        return run;
    }

    /// <summary>Runs built-in pipelines over a rule.</summary>
    public static PipelineRun Run(string rule, params string[] pipelines) => Run(rule, Pipelines(pipelines));

    /// <summary>The tests of a rule as <c>Field=value|value</c>, the added ones last.</summary>
    public static string[] Tests(PipelineRun run) => [.. run.Rule.Detections.SelectMany(detection => Tests(detection.Body))];

    /// <summary>A rule's query.</summary>
    /// <param name="rule">The rule's text.</param>
    /// <param name="target">The target.</param>
    /// <param name="own">Whether the target's own pipelines may run.</param>
    /// <param name="pipelines">Further pipelines.</param>
    public static Conversion Convert(string rule, string target, bool own, IReadOnlyList<Pipeline> pipelines)
    {
        // A list that is the same object has the same pipelines; one that a test makes is another one.
        CompilerTarget ready = Targets.GetOrAdd((target, own, pipelines), static given =>
        {
            Backend backend = Catalog.Read(given.Target, new Dictionary<string, string>(), given.Pipelines, [])!;
            return new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, given.Pipelines, given.Own));
        });
        return new Compiler([ready]).Convert(new SourceText("rule.yml", rule)).First();
    }

    private static IEnumerable<string> Tests(Detection detection) => detection switch
    {
        DetectionItem item => [item.Field + "=" + string.Join('|', item.Values.Select(Shown))],
        AllOfDetection all => all.Items.SelectMany(Tests),
        AnyOfDetection any => ["(" + string.Join(" or ", any.Items.SelectMany(Tests)) + ")"],
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };

    private static string Shown(Value value) => value switch
    {
        NumberValue number => number.Text,
        StringValue text => $"'{text.Text.Literal ?? text.Text.ToString()}'",
        BooleanValue boolean => boolean.Value ? "true" : "false",
        NullValue => "null",
        ExpansionValue several => string.Join('|', several.Values.Select(Shown)),
        _ => value.GetType().Name,
    };
}
