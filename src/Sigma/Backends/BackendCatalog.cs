using System.Collections.Concurrent;
using Sigma.Pipelines;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>
/// Knows which targets there are, built in and the user's own, and reads each once it is asked for. A built-in one without options is the same
/// for all catalogues, so a process reads it once and keeps it.
/// </summary>
public sealed class BackendCatalog
{
    /// <summary>The built-in targets without options that were read. A <see cref="Backend"/> does not change, and any thread may use it.</summary>
    private static readonly ConcurrentDictionary<BackendFolder, Backend> Kept = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, BackendFolder> folders = new(StringComparer.Ordinal);

    /// <summary>Creates a catalogue.</summary>
    /// <param name="own">The user's own targets; they take the place of built-in ones of the same name.</param>
    public BackendCatalog(IEnumerable<BackendFolder>? own = null)
    {
        foreach (BackendFolder folder in BackendFolder.BuiltIn.Concat(own ?? []))
        {
            folders[folder.Name] = folder;
        }
    }

    /// <summary>The names of the targets, sorted; those that only others build on are not among them.</summary>
    public IReadOnlyList<string> Names => [.. folders.Values.Where(folder => !folder.IsAbstract).Select(folder => folder.Name).Order(StringComparer.Ordinal)];

    /// <summary>Finds a target's folder, or null.</summary>
    public BackendFolder? Find(string name) => folders.GetValueOrDefault(name);

    /// <summary>Reads a target.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The user's options for it.</param>
    /// <param name="diagnostics">Receives diagnostics about the target or the options.</param>
    /// <returns>The target; null after a report.</returns>
    public Backend? Read(string name, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (Find(name) is not { IsAbstract: false } folder)
        {
            string? isBase = Find(name) is null ? null : "'abstract' in its backend.yml says that others build on it, and that it is no target itself";
            string?[] hints = [KnownSystems.Hint(name, this), FormatNames.Hint(name, this), isBase];
            diagnostics.Add(Diagnostic.UnknownTarget(null, name).WithHint(
                hints.Any(hint => hint is not null) ? string.Join("; ", hints.OfType<string>()) : Suggestion.For(name, Names) ?? "use one of " + string.Join(", ", Names)));
            return null;
        }

        if (options.Count == 0 && Kept.TryGetValue(folder, out Backend? kept) && kept.Folders.All(one => Find(one.Name) == one))
        {
            return kept;
        }

        int found = diagnostics.Count;
        Backend? backend = BackendReader.Read(folder, new KnownFolders(Find, folders.Keys), options, diagnostics);
        if (backend is not null && options.Count == 0 && diagnostics.Count == found && backend.Folders.All(one => one.IsBuiltIn))
        {
            backend = Kept.GetOrAdd(folder, backend);
        }

        return backend;
    }

    /// <summary>Reads a target with the options that the user's pipelines set for it. What the user gives takes precedence.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The user's options for it.</param>
    /// <param name="pipelines">The user's pipelines in the order given.</param>
    /// <param name="diagnostics">Receives diagnostics about the target or the options.</param>
    /// <returns>The target; null after a report.</returns>
    internal Backend? Read(string name, IReadOnlyDictionary<string, string> options, IReadOnlyList<Pipeline> pipelines, List<Diagnostic> diagnostics)
    {
        if (pipelines.All(pipeline => pipeline.Options.Count == 0) || Find(name) is null || Read(name, new Dictionary<string, string>(), []) is not { } plain)
        {
            return Read(name, options, diagnostics);
        }

        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        bool failed = false;
        foreach (Pipeline pipeline in pipelines.Where(pipeline => PipelineCatalog.IsFor(pipeline, plain)).OrderBy(pipeline => pipeline.Priority))
        {
            foreach ((string option, YamlScalar value) in pipeline.Options)
            {
                if (plain.Options.FirstOrDefault(known => known.Name == option) is { } known)
                {
                    if (!known.Accepts(value.Value))
                    {
                        failed = true;
                        diagnostics.Add(Diagnostic.OptionValue(value.Span, option, known.Takes, value.Value));
                    }

                    all[option] = value.Value;
                }
                else if (pipeline.AllowedBackends.Length == 1)
                {
                    failed = true;
                    diagnostics.Add(Diagnostic.UnknownOption(value.Span, name, option).WithHint(Suggestion.For(option, plain.Options.Select(known => known.Name))));
                }
            }
        }

        foreach ((string option, string value) in options)
        {
            all[option] = value;
        }

        return failed ? null : Read(name, all, diagnostics);
    }
}
