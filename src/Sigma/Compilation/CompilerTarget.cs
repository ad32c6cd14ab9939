using Sigma.Alerts;
using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>A prepared target: its backend, the chosen format and the pipelines that apply.</summary>
public sealed class CompilerTarget
{
    /// <summary>Prepares a target.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="format">One of its formats.</param>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <param name="settings">What the user allows pipelines and sets for them; null for nothing.</param>
    public CompilerTarget(Backend backend, QueryFormat format, IReadOnlyList<Pipeline> pipelines, PipelineSettings? settings = null)
    {
        Backend = backend;
        Format = format;
        Pipelines = pipelines;
        PipelineSettings = (settings ?? PipelineSettings.Default).For(pipelines, backend.Name, format.Name, backend.OptionValues);
        Emitter = Emitters.Create(backend);
        Renderer = new QueryRenderer(backend, format, PipelineSettings.Limits);
    }

    /// <summary>Prepares a target that says which pipeline would help where none maps a name.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="format">One of its formats.</param>
    /// <param name="given">The user's pipelines.</param>
    /// <param name="shared">What the user allows pipelines and sets for them.</param>
    /// <param name="overrides">What the user sets for the objects of some rules.</param>
    internal static CompilerTarget Prepare(Backend backend, QueryFormat format, GivenPipelines given, PipelineSettings shared, IReadOnlyList<AlertOverride>? overrides = null)
    {
        var advice = new PipelineAdvice(given.Catalog, backend, given.Pipelines, given.WithOwn);
        bool leavesOut = !given.WithOwn && PipelineCatalog.For(backend, [], withOwn: true, format).Count > 0;
        PipelineSettings settings = (leavesOut ? shared.LeavingOutOwn() : shared).WithAdvice(advice.For);
        return new CompilerTarget(backend, format, PipelineCatalog.For(backend, given.Pipelines, given.WithOwn, format), settings) { Overrides = overrides ?? [] };
    }

    /// <summary>The backend.</summary>
    public Backend Backend { get; }

    /// <summary>The format.</summary>
    public QueryFormat Format { get; }

    /// <summary>The pipelines in the order they run.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; }

    /// <summary>What the pipelines share.</summary>
    public PipelineSettings PipelineSettings { get; }

    /// <summary>Writes the one text of several rules, in a format that makes one.</summary>
    /// <param name="conversions">The rules, each converted for this target; those that failed are left out.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text; null after an error, or without any rule.</returns>
    internal string? Document(IEnumerable<Conversion> conversions, List<Diagnostic> diagnostics)
    {
        DocumentQuery[] parts = [.. conversions.Select(conversion => conversion.Part).OfType<DocumentQuery>()];
        return Format.Document is { } document && parts.Length > 0 ? Renderer.RenderDocument(document, parts, diagnostics) : null;
    }

    /// <summary>What the user sets for the objects of some rules.</summary>
    internal IReadOnlyList<AlertOverride> Overrides { get; init; } = [];

    /// <summary>Writes the expressions.</summary>
    internal Emitter Emitter { get; }

    /// <summary>Puts them into the format.</summary>
    internal QueryRenderer Renderer { get; }
}

/// <summary>The pipelines that a user gives for a target.</summary>
/// <param name="Catalog">The targets there are; their folders may hold pipelines that would help.</param>
/// <param name="Pipelines">The pipelines in the order given.</param>
/// <param name="WithOwn">Whether the target's own may run.</param>
internal sealed record GivenPipelines(BackendCatalog Catalog, IReadOnlyList<Pipeline> Pipelines, bool WithOwn);
