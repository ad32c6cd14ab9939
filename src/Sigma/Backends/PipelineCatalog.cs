using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>A built-in pipeline.</summary>
/// <param name="Name">The name users give to <c>-p</c>.</param>
/// <param name="Owner">The target whose folder it lives in; null if it belongs to none.</param>
/// <param name="Open">Opens its text.</param>
public sealed record BuiltInPipeline(string Name, string? Owner, Func<SourceText> Open);

/// <summary>Finds pipelines by built-in name, file or folder, and decides which run for a target, in which order.</summary>
public static class PipelineCatalog
{
    /// <summary>The pipelines that are built in, sorted by name.</summary>
    /// <param name="backends">The targets there are; their folders may hold pipelines.</param>
    public static IReadOnlyList<BuiltInPipeline> BuiltIn(BackendCatalog backends) =>
    [
        .. backends.Names.Select(name => backends.Find(name)!)
            .SelectMany(folder => folder.Pipelines.Select(name => new BuiltInPipeline(name, folder.Name, () => folder.Read($"pipelines/{name}.yml", out _)!)))
            .Concat(SharedPipelines.Names.Select(name => new BuiltInPipeline(name, null, () => SharedPipelines.Open(name)!)))
            .OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal),
    ];

    /// <summary>Resolves what the user gave to <c>-p</c>.</summary>
    /// <param name="specification">A built-in name, a file, or a folder that is searched with its sub-folders.</param>
    /// <param name="backends">The targets there are.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the pipelines must not be used.</param>
    /// <returns>The pipelines, a folder's sorted by path.</returns>
    public static IReadOnlyList<Pipeline> Resolve(string specification, BackendCatalog backends, List<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(backends);
        ArgumentNullException.ThrowIfNull(diagnostics);
        IReadOnlyList<BuiltInPipeline> builtIn = BuiltIn(backends);
        if (builtIn.FirstOrDefault(pipeline => pipeline.Name == specification) is { } named)
        {
            return Read([(named.Name, named.Open())], diagnostics);
        }

        if (File.Exists(specification))
        {
            if (FileBounds.Refusal(specification) is { } refusal)
            {
                diagnostics.Add(refusal);
                return [];
            }

            return Read(Open([specification], diagnostics), diagnostics);
        }

        if (Directory.Exists(specification))
        {
            IReadOnlyList<string> files = FileBounds.Files(specification, file => file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase), diagnostics);
            if (files.Count == 0 && !diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            {
                diagnostics.Add(Diagnostic.UnknownPipeline(null, specification).WithHint("the folder has no file that ends with .yml"));
            }

            return Read(Open(files, diagnostics), diagnostics);
        }

        diagnostics.Add(Diagnostic.UnknownPipeline(null, specification).WithHint(Suggestion.For(specification, builtIn.Select(p => p.Name))));
        return [];
    }

    /// <summary>
    /// A file that is given by itself and with its folder, or by two names, is one pipeline: run twice, it would map names that it has mapped.
    /// </summary>
    /// <param name="pipelines">What <see cref="Resolve"/> found.</param>
    internal static Pipeline[] EachOnce(IEnumerable<Pipeline> pipelines) =>
        [.. pipelines.DistinctBy(pipeline => pipeline.Source is { IsBuiltIn: false } file ? FileBounds.RealPath(file.Path) : pipeline.Source?.Path)];

    /// <summary>
    /// Puts together what runs for a target: the user's pipelines by priority, then the target's own, which sees what is left.
    /// A pipeline made for the target (<c>allowed_backends</c> names it) takes the place of the target's own.
    /// </summary>
    /// <param name="backend">The target.</param>
    /// <param name="given">The user's pipelines in the order given.</param>
    /// <param name="withOwn">Whether the target's own may run at all.</param>
    public static IReadOnlyList<Pipeline> For(Backend backend, IReadOnlyList<Pipeline> given, bool withOwn) => For(backend, given, withOwn, backend.Formats[0]);

    /// <summary>Puts together what runs for a format of a target, which may have pipelines in place of the target's own.</summary>
    /// <param name="backend">The target.</param>
    /// <param name="given">The user's pipelines in the order given.</param>
    /// <param name="withOwn">Whether the target's own may run at all.</param>
    /// <param name="format">The format.</param>
    internal static IReadOnlyList<Pipeline> For(Backend backend, IReadOnlyList<Pipeline> given, bool withOwn, QueryFormat format)
    {
        Pipeline[] fitting = [.. given.Where(pipeline => IsFor(pipeline, backend)).OrderBy(pipeline => pipeline.Priority)];
        bool replaced = fitting.Any(pipeline => pipeline.AllowedBackends.Length > 0);
        return withOwn && !replaced ? [.. fitting, .. format.Pipelines ?? backend.Pipelines] : fitting;
    }

    /// <summary>Reports each pipeline that may be used for none of the targets.</summary>
    /// <param name="pipelines">The user's pipelines.</param>
    /// <param name="backends">The targets; where there are none, that was reported.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    internal static void CheckUsed(IReadOnlyList<Pipeline> pipelines, IReadOnlyList<Backend> backends, List<Diagnostic> diagnostics)
    {
        foreach (Pipeline pipeline in pipelines.Where(pipeline => backends.Count > 0 && !backends.Any(backend => IsFor(pipeline, backend))))
        {
            diagnostics.Add(Diagnostic.PipelineForOtherTarget(
                null, pipeline.Name, string.Join(", ", pipeline.AllowedBackends), string.Join(", ", backends.Select(backend => backend.Name))));
        }
    }

    /// <summary>Whether a pipeline may be used for a target.</summary>
    public static bool IsFor(Pipeline pipeline, Backend backend) =>
        pipeline.AllowedBackends.Length == 0
        || pipeline.AllowedBackends.Contains(backend.Name)
        || pipeline.AllowedBackends.Any(name => backend.Aliases.Contains(name));

    private static List<(string Name, SourceText Source)> Open(IEnumerable<string> files, List<Diagnostic> diagnostics)
    {
        var sources = new List<(string, SourceText)>();
        foreach (string file in files)
        {
            try
            {
                SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out Diagnostic? error);
                if (error is not null)
                {
                    diagnostics.Add(error);
                }

                sources.Add((Path.GetFileNameWithoutExtension(file), source));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {exception.Message}"));
            }
        }

        return sources;
    }

    private static IReadOnlyList<Pipeline> Read(IReadOnlyList<(string Name, SourceText Source)> sources, List<Diagnostic> diagnostics)
    {
        var pipelines = new List<Pipeline>(sources.Count);
        foreach ((string name, SourceText source) in sources)
        {
            if (PipelineReader.Read(source, name, diagnostics) is { } pipeline)
            {
                pipelines.Add(pipeline);
            }
        }

        return pipelines;
    }
}
