using Sigma.Alerts;
using Sigma.Backends;
using Sigma.Pipelines;

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

    /// <summary>The backend.</summary>
    public Backend Backend { get; }

    /// <summary>The format.</summary>
    public QueryFormat Format { get; }

    /// <summary>The pipelines in the order they run.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; }

    /// <summary>What the pipelines share.</summary>
    public PipelineSettings PipelineSettings { get; }

    /// <summary>What the user sets for the objects of some rules.</summary>
    internal IReadOnlyList<AlertOverride> Overrides { get; init; } = [];

    /// <summary>Writes the expressions.</summary>
    internal Emitter Emitter { get; }

    /// <summary>Puts them into the format.</summary>
    internal QueryRenderer Renderer { get; }
}
