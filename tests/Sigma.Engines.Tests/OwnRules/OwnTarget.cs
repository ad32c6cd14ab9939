using System.Collections.Concurrent;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Text;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>Our own targets made ready, and what they make of rules.</summary>
internal static class OwnTarget
{
    /// <summary>The targets without options. A target never changes once it is read, so each is read once.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Backend>> Backends = new(StringComparer.Ordinal);

    /// <summary>The files of the rule pack, in order.</summary>
    public static IReadOnlyList<string> RulePack { get; } = RulesIn(Path.Combine(SharedFolder.Root!, "rules"));

    public static IReadOnlyList<string> RulesIn(string folder) =>
    [
        .. Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A target with its default pipelines; the format is the default one unless it is named.</summary>
    public static CompilerTarget Of(string name, string? format = null, params (string Name, string Value)[] options)
    {
        var backend = options.Length > 0 ? Read(name, options) : Backends.GetOrAdd(name, static named => new Lazy<Backend>(() => Read(named, []))).Value;
        var chosen = format is null ? backend.Formats[0] : backend.Formats.Single(f => f.Name == format);
        return new CompilerTarget(backend, chosen, PipelineCatalog.For(backend, [], withOwn: true, chosen));
    }

    /// <summary>A target with other pipelines than its own, by the names they are built in under.</summary>
    public static CompilerTarget With(string name, IEnumerable<string> pipelines, string? format = null, params (string Name, string Value)[] options)
    {
        var diagnostics = new List<Diagnostic>();
        var target = Of(name, format, options);
        var read = pipelines.SelectMany(pipeline => PipelineCatalog.Resolve(pipeline, new BackendCatalog(), diagnostics)).ToList();
        diagnostics.Should().BeEmpty();
        return new CompilerTarget(target.Backend, target.Format, read);
    }

    private static Backend Read(string name, (string Name, string Value)[] options)
    {
        var diagnostics = new List<Diagnostic>();
        var backend = new BackendCatalog().Read(name, options.ToDictionary(o => o.Name, o => o.Value), diagnostics);
        diagnostics.Should().BeEmpty();
        return backend!;
    }

    public static IReadOnlyList<Conversion> Convert(CompilerTarget target, IEnumerable<string> files)
    {
        var compiler = new Compiler([target]);
        return [.. files.SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _)))];
    }

    public static IReadOnlyList<Conversion> Convert(CompilerTarget target, string rule) =>
        [.. new Compiler([target]).Convert(new SourceText("rule.yml", rule))];

    /// <summary>The one query of one rule.</summary>
    public static string Query(CompilerTarget target, string rule)
    {
        var conversion = Convert(target, rule).Single();
        return conversion.Query ?? throw new InvalidOperationException(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
    }
}
