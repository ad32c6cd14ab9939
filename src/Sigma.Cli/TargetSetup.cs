using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>Prepares the targets of a run: backends with their options, formats and pipelines.</summary>
internal static class TargetSetup
{
    /// <summary>Opens the catalogue of targets, the user's own among them.</summary>
    /// <param name="folder">The user's folder of targets; null for none.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static BackendCatalog Catalog(string? folder, List<Diagnostic> diagnostics)
    {
        if (folder is null)
        {
            return new BackendCatalog();
        }

        if (!Directory.Exists(folder))
        {
            diagnostics.Add(Diagnostic.NoSuchInput(null, folder));
            return new BackendCatalog();
        }

        try
        {
            IReadOnlyList<BackendFolder> own = BackendFolder.Open(folder);
            if (own.Count == 0)
            {
                diagnostics.Add(Diagnostic.NoBackendInFolder(null, folder));
            }

            return new BackendCatalog(own);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.CannotRead(null, exception.Message));
            return new BackendCatalog();
        }
    }

    /// <summary>Prepares the targets.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the targets must not be used.</param>
    public static IReadOnlyList<CompilerTarget> Targets(TargetSettings settings, List<Diagnostic> diagnostics)
    {
        BackendCatalog catalog = Catalog(settings.Backends, diagnostics);
        IReadOnlyDictionary<string, string> options = Options(settings.Options, diagnostics);
        IReadOnlyList<Pipeline> pipelines = Pipelines(settings.Pipelines, catalog, diagnostics);
        string[] names = [.. settings.Targets.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        PipelineSettings shared = Settings(settings.Pipelines, diagnostics, settings.Unmapped ?? UnmappedNames.ByDefault);
        if (names.Length == 0)
        {
            names = [""];
        }

        var backends = new List<Backend>();
        foreach (string name in names)
        {
            if (catalog.Read(name, Fitting(catalog, name, options), pipelines, diagnostics) is { } backend)
            {
                backends.Add(backend);
            }
        }

        CheckOptions(backends, options, diagnostics);
        PipelineCatalog.CheckUsed(pipelines, backends, diagnostics);
        var targets = new List<CompilerTarget>();
        foreach (Backend backend in backends)
        {
            if (backend.Format(settings.Format, diagnostics) is { } format)
            {
                var advice = new PipelineAdvice(catalog, backend, pipelines, !settings.WithoutPipeline);
                targets.Add(new CompilerTarget(backend, format, PipelineCatalog.For(backend, pipelines, !settings.WithoutPipeline), shared.WithAdvice(advice.For)) { Overrides = settings.Overrides });
            }
        }

        return targets;
    }

    /// <summary>Reads the pipelines that the user gave.</summary>
    /// <param name="choice">What the user gave.</param>
    /// <param name="catalog">The targets there are, whose folders may hold pipelines.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The pipelines in the order given.</returns>
    public static IReadOnlyList<Pipeline> Pipelines(PipelineChoice choice, BackendCatalog catalog, List<Diagnostic> diagnostics) =>
        [.. choice.Pipelines.SelectMany(name => PipelineCatalog.Resolve(name, catalog, diagnostics))];

    /// <summary>Reads what the user allows pipelines, and sets for them.</summary>
    /// <param name="settings">What the user gave.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <param name="unmapped">What is done about names that no pipeline maps; nothing without it.</param>
    public static PipelineSettings Settings(PipelineChoice settings, List<Diagnostic> diagnostics, UnmappedNames? unmapped = null)
    {
        var variables = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (string given in settings.Variables)
        {
            if (PipelineSettings.ReadVariable(given, diagnostics) is { } variable)
            {
                variables[variable.Key] = variable.Value;
            }
        }

        return new PipelineSettings { Permissions = settings.Permissions, Variables = variables, Unmapped = unmapped?.Severity, UnmappedIfComplete = unmapped?.OnlyIfComplete ?? false, Limits = settings.Limits };
    }

    private static Dictionary<string, string> Options(string[] given, List<Diagnostic> diagnostics)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string option in given)
        {
            int equals = option.IndexOf('=');
            if (equals < 1)
            {
                diagnostics.Add(Diagnostic.OptionValue(null, "--option", "name=value", option));
                continue;
            }

            options[option[..equals]] = option[(equals + 1)..];
        }

        return options;
    }

    /// <summary>With several targets, each takes the options it knows; what none knows is reported afterwards.</summary>
    private static Dictionary<string, string> Fitting(BackendCatalog catalog, string name, IReadOnlyDictionary<string, string> options)
    {
        if (options.Count == 0 || catalog.Find(name) is null)
        {
            return [];
        }

        Backend? plain = catalog.Read(name, new Dictionary<string, string>(), []);
        return options.Where(option => plain is not null && plain.Options.Any(known => known.Name == option.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static void CheckOptions(List<Backend> backends, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
    {
        string[] known = [.. backends.SelectMany(b => b.Options).Select(o => o.Name).Distinct()];
        foreach (string name in options.Keys.Where(name => backends.Count > 0 && !known.Contains(name)))
        {
            string hint = Suggestion.For(name, known) ?? (known.Length == 0 ? "it has none" : "use one of " + string.Join(", ", known));
            diagnostics.Add(Diagnostic.UnknownOption(null, string.Join(", ", backends.Select(b => b.Name)), name).WithHint(hint));
        }
    }
}
