using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>The settings of a <see cref="SigmaCompiler"/>.</summary>
public sealed record SigmaCompilerSettings
{
    /// <summary>The format; null for the target's first one, the plain query.</summary>
    public string? Format { get; init; }

    /// <summary>Pipelines that run before the target's own: built-in names, files, or folders of them.</summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <summary>Whether the target's own pipelines are left out.</summary>
    public bool WithoutOwnPipelines { get; init; }

    /// <summary>The values of variables by name, which pipelines put in the place of placeholders, as <c>--var</c> does.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Variables { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>What is done about fields and log sources that no pipeline maps.</summary>
    public UnmappedNames Unmapped { get; init; } = UnmappedNames.WarnWhereMapIsComplete;

    /// <summary>The target's options by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>A folder with targets of your own; null for none.</summary>
    public string? Backends { get; init; }

    /// <summary>The resources that pipelines may access.</summary>
    public PipelinePermissions Permissions { get; init; } = PipelinePermissions.None;

    /// <summary>The limits on the cost of an input.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}

/// <summary>Converts Sigma rules for one target. It keeps no state between rules, and any number of threads may use it at the same time.</summary>
/// <example>
/// <code>
/// foreach (Conversion conversion in SigmaCompiler.For("splunk").Convert(File.ReadAllText("rule.yml")))
/// {
///     Console.WriteLine(conversion.Query ?? string.Join('\n', conversion.Diagnostics));
/// }
/// </code>
/// </example>
public sealed class SigmaCompiler
{
    private readonly Compiler compiler;
    private readonly Limits limits;

    private SigmaCompiler(Compiler compiler, Limits limits)
    {
        this.compiler = compiler;
        this.limits = limits;
    }

    /// <summary>The names of the built-in targets, sorted.</summary>
    public static IReadOnlyList<string> Targets { get; } = new BackendCatalog().Names;

    /// <summary>Creates a compiler.</summary>
    /// <param name="target">The name of the target, such as <c>splunk</c>.</param>
    /// <param name="settings">The settings; null for the defaults.</param>
    /// <exception cref="SetupException">A target, format, option or pipeline does not exist or is broken.</exception>
    /// <exception cref="IOException">A file or folder that the settings name cannot be read.</exception>
    public static SigmaCompiler For(string target, SigmaCompilerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        settings ??= new SigmaCompilerSettings();
        var diagnostics = new List<Diagnostic>();
        var catalog = new BackendCatalog(settings.Backends is { } folder ? OwnTargets(folder, diagnostics) : null);
        Pipeline[] pipelines = PipelineCatalog.EachOnce(Given(settings.Pipelines).SelectMany(name => PipelineCatalog.Resolve(name, catalog, diagnostics)));
        Backend? backend = catalog.Read(target, settings.Options, pipelines, diagnostics);
        QueryFormat? format = backend?.Format(settings.Format, diagnostics);
        PipelineCatalog.CheckUsed(pipelines, backend is null ? [] : [backend], diagnostics);
        if (backend is null || format is null || diagnostics.Exists(d => d.Severity is Severity.Error))
        {
            throw new SetupException(diagnostics);
        }

        var shared = new PipelineSettings
        {
            Permissions = settings.Permissions,
            Unmapped = settings.Unmapped,
            Limits = settings.Limits,
        };
        var given = new GivenPipelines(catalog, pipelines, !settings.WithoutOwnPipelines);
        return new SigmaCompiler(new Compiler([CompilerTarget.Prepare(backend, format, given, shared.WithVariables(settings.Variables))]), settings.Limits);
    }

    private static IReadOnlyList<BackendFolder> OwnTargets(string folder, List<Diagnostic> diagnostics)
    {
        IReadOnlyList<BackendFolder> own = BackendFolder.Open(folder);
        if (own.Count == 0)
        {
            diagnostics.Add(Diagnostic.NoBackendInFolder(null, folder));
        }

        return own;
    }

    /// <summary>An array that nobody has set has no items.</summary>
    private static ImmutableArray<string> Given(ImmutableArray<string> items) => items.IsDefault ? [] : items;

    /// <summary>Converts the rules of one file. Its correlations and filters see the rules of this file only.</summary>
    /// <param name="text">The text of the file, one or more YAML documents.</param>
    /// <param name="path">Its name in diagnostics.</param>
    /// <returns>One conversion per document, in order. A rule that cannot be converted has an error among its diagnostics; no exception is thrown.</returns>
    public IReadOnlyList<Conversion> Convert(string text, string path = "rule.yml")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        return Convert([new(path, text)]);
    }

    /// <summary>Converts the rules of several files, whose correlations and filters see them all. Objects that they make have names of their own.</summary>
    /// <param name="files">The files by their names in diagnostics.</param>
    /// <returns>One conversion per document, in the order of the files.</returns>
    public IReadOnlyList<Conversion> Convert(IEnumerable<KeyValuePair<string, string>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        (IReadOnlyList<ReadText> read, RuleSet rules) = SigmaText.Read(files, limits);
        var names = new ObjectNames();
        return [.. read.SelectMany(file => compiler.Convert(file.Documents, rules).Select(conversion => names.Settle(conversion, file.Path)))];
    }

    /// <summary>Plans the rules of one file: which events each condition selects, and what is counted over them, in the target's field names.</summary>
    /// <param name="text">The text of the file, one or more YAML documents.</param>
    /// <param name="path">Its name in diagnostics.</param>
    /// <returns>The plans of each document, in order.</returns>
    public IReadOnlyList<PlannedRule> Plan(string text, string path = "rule.yml")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        (IReadOnlyList<ReadText> read, RuleSet rules) = SigmaText.Read([new(path, text)], limits);
        return [.. read.SelectMany(file => compiler.Plan(file.Documents, rules))];
    }
}
