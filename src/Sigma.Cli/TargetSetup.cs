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
            diagnostics.Add(FileErrors.Missing(folder));
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
        SettingPlaces places = settings.Places;
        BackendCatalog catalog = places.Around("backends", settings.Backends, diagnostics, () => Catalog(settings.Backends, diagnostics));
        IReadOnlyDictionary<string, string> options = Options(settings.Options, diagnostics);
        IReadOnlyList<Pipeline> pipelines = PipelineCatalog.EachOnce(settings.Pipelines.Pipelines.SelectMany(name => places.Around("pipelines", name, diagnostics, () => PipelineCatalog.Resolve(name, catalog, diagnostics))));
        string[] names = [.. settings.Targets.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        PipelineSettings shared = Settings(settings.Pipelines, diagnostics, settings.Unmapped ?? UnmappedNames.WarnWhereMapIsComplete);
        if (names.Length == 0)
        {
            names = [""];
        }

        var backends = new List<Backend>();
        foreach (string name in names)
        {
            int before = diagnostics.Count;
            Backend? backend = places.Around("targets", WrittenAs(settings.Targets, name), diagnostics, () => catalog.Read(name, Fitting(catalog, name, options), pipelines, diagnostics));
            PlaceOptions(places, options, diagnostics, before);
            if (backend is not null)
            {
                backends.Add(backend);
            }
        }

        CheckOptions(backends, options, places, diagnostics);
        PipelineCatalog.CheckUsed(pipelines, backends, diagnostics);
        var targets = new List<CompilerTarget>();
        foreach (Backend backend in backends)
        {
            if (places.Around("format", settings.Format, diagnostics, () => FormatOf(backend, settings.Format, catalog, diagnostics)) is { } format)
            {
                targets.Add(CompilerTarget.Prepare(backend, format, new GivenPipelines(catalog, pipelines, !settings.WithoutPipeline), shared, settings.Overrides));
            }
        }

        return targets;
    }

    /// <summary>The format of a target; a name that is none may be that of another target.</summary>
    private static QueryFormat? FormatOf(Backend backend, string? name, BackendCatalog catalog, List<Diagnostic> diagnostics)
    {
        int before = diagnostics.Count;
        QueryFormat? format = backend.Format(name, diagnostics);
        if (format is null && diagnostics.Count > before && FormatNames.Hint(name!, catalog) is { } other)
        {
            diagnostics[^1] = diagnostics[^1].WithHint($"{diagnostics[^1].Hint}; {other}");
        }

        return format;
    }

    /// <summary>Reads the pipelines that the user gave.</summary>
    /// <param name="choice">What the user gave.</param>
    /// <param name="catalog">The targets there are, whose folders may hold pipelines.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The pipelines in the order given.</returns>
    public static IReadOnlyList<Pipeline> Pipelines(PipelineChoice choice, BackendCatalog catalog, List<Diagnostic> diagnostics) =>
        PipelineCatalog.EachOnce(choice.Pipelines.SelectMany(name => PipelineCatalog.Resolve(name, catalog, diagnostics)));

    /// <summary>Reads what the user allows pipelines, and sets for them.</summary>
    /// <param name="settings">What the user gave.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <param name="unmapped">What is done about names that no pipeline maps; nothing without it.</param>
    public static PipelineSettings Settings(PipelineChoice settings, List<Diagnostic> diagnostics, UnmappedNames unmapped = UnmappedNames.Ignore)
    {
        var variables = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (string given in settings.Variables)
        {
            if (PipelineSettings.ReadVariable(given, diagnostics) is { } variable && !variables.TryAdd(variable.Key, variable.Value))
            {
                diagnostics.Add(Diagnostic.OptionValue(null, "--var", "given once for a name", given).WithHint("separate several values with commas: name=value,value"));
            }
        }

        return new PipelineSettings { Permissions = settings.Permissions, Variables = variables, Unmapped = unmapped, Limits = settings.Limits };
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

    /// <summary>The text that has a name, alone or among others.</summary>
    private static string? WrittenAs(string[] written, string name) =>
        Array.Find(written, text => text.Split(',', StringSplitOptions.TrimEntries).Contains(name));

    /// <summary>A value that an option does not take is wrong where the option stands, not where the target does.</summary>
    private static void PlaceOptions(SettingPlaces places, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics, int from)
    {
        for (int i = from; i < diagnostics.Count; i++)
        {
            Diagnostic found = diagnostics[i];
            if (found.Code == Codes.OptionValue && options.Keys.FirstOrDefault(name => found.Message.Contains($"'{name}'", StringComparison.Ordinal)) is { } option && places.Of("options", option) is { } span)
            {
                diagnostics[i] = found with { Span = span };
            }
        }
    }

    private static void CheckOptions(List<Backend> backends, IReadOnlyDictionary<string, string> options, SettingPlaces places, List<Diagnostic> diagnostics)
    {
        string[] known = [.. backends.SelectMany(b => b.Options).Select(o => o.Name).Distinct()];
        foreach (string name in options.Keys.Where(name => backends.Count > 0 && !known.Contains(name)))
        {
            string hint = Suggestion.For(name, known) ?? (known.Length == 0 ? "it has none" : "use one of " + string.Join(", ", known));
            diagnostics.Add(Diagnostic.UnknownOption(places.Of("options", name), string.Join(", ", backends.Select(b => b.Name)), name).WithHint(hint));
        }
    }
}
