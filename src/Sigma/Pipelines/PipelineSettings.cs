using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// The resources that a pipeline may access. Only the caller of the compiler can grant access, not a pipeline.
/// </summary>
/// <param name="AllowFiles">Whether <c>file_placeholders</c> may read files (<c>--allow-files</c>).</param>
/// <param name="AllowHttp">Whether <c>http_placeholders</c> may send requests (<c>--allow-http</c>).</param>
/// <param name="AllowCommands">Whether <c>command_placeholders</c> may run programs (<c>--allow-commands</c>).</param>
public sealed record PipelinePermissions(bool AllowFiles, bool AllowHttp, bool AllowCommands)
{
    /// <summary>Nothing is allowed.</summary>
    public static PipelinePermissions None { get; } = new(false, false, false);
}

/// <summary>What all pipelines of a run share: permissions, variables, and what was fetched from outside.</summary>
public sealed class PipelineSettings
{
    private readonly ConcurrentDictionary<Transformation, Lazy<ExternalResult>> fetched = new(ReferenceEqualityComparer.Instance);

    /// <summary>Creates settings.</summary>
    public PipelineSettings()
    {
    }

    private PipelineSettings(PipelineSettings shared)
    {
        Permissions = shared.Permissions;
        Unmapped = shared.Unmapped;
        WithoutOwn = shared.WithoutOwn;
        Variables = shared.Variables;
        Target = shared.Target;
        PipelineFor = shared.PipelineFor;
        Limits = shared.Limits;
        fetched = shared.fetched;
    }

    /// <summary>Nothing is allowed, and no variable is set.</summary>
    public static PipelineSettings Default { get; } = new();

    /// <summary>What pipelines may reach.</summary>
    public PipelinePermissions Permissions { get; init; } = PipelinePermissions.None;

    /// <summary>The limits on the cost of pipelines and their results.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>What is done about names that no pipeline maps.</summary>
    public UnmappedNames Unmapped { get; init; } = UnmappedNames.Ignore;

    /// <summary>Whether the target has pipelines of its own, and the user leaves them out: what they would map is not mapped.</summary>
    internal bool WithoutOwn { get; init; }

    /// <summary>The target's name, for messages; empty if there is none.</summary>
    public string Target { get; private init; } = "";

    /// <summary>The variables: scalars, lists of them, or for templates anything.</summary>
    internal IReadOnlyDictionary<string, YamlNode> Variables { get; init; } = FrozenDictionary<string, YamlNode>.Empty;

    /// <summary>
    /// The name of a built-in pipeline that maps a field of a log source, or that names the log of one where the field is null;
    /// null if there is none, or if nobody knows.
    /// </summary>
    internal Func<Rules.LogSource, string?, string?>? PipelineFor { get; init; }

    /// <summary>The same settings, for a target whose own pipelines are left out.</summary>
    internal PipelineSettings LeavingOutOwn() => new(this) { WithoutOwn = true };

    /// <summary>The same settings, with somebody who knows which pipeline would help.</summary>
    internal PipelineSettings WithAdvice(Func<Rules.LogSource, string?, string?> pipelineFor) => new(this) { PipelineFor = pipelineFor };

    /// <summary>The same settings with variables as a program gives them.</summary>
    /// <param name="variables">The values by name: one text, or several for a list.</param>
    internal PipelineSettings WithVariables(IReadOnlyDictionary<string, ImmutableArray<string>> variables) =>
        new(this) { Variables = variables.ToDictionary(variable => variable.Key, variable => ValueOf(variable.Key, variable.Value), StringComparer.Ordinal) };

    private static YamlNode ValueOf(string name, ImmutableArray<string> values) => values is { IsDefault: false, Length: 1 }
        ? Injected(name, values[0])
        : new YamlSequence([.. (values.IsDefault ? [] : values).Select(value => Injected(name, value))], new Span(new SourceText(name, ""), 0, 0));

    /// <summary>Reads what the user gave to <c>--var</c>: <c>name=value</c>, or <c>name=value,value</c> for a list.</summary>
    /// <param name="given">The text.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The variable; null after a report. A comma that belongs to a value is written <c>\,</c>.</returns>
    internal static KeyValuePair<string, YamlNode>? ReadVariable(string given, List<Diagnostic> diagnostics)
    {
        int equals = given.IndexOf('=');
        if (equals < 1)
        {
            diagnostics.Add(Diagnostic.OptionValue(null, "--var", "name=value", given));
            return null;
        }

        var source = new SourceText("--var", given);
        var items = new List<YamlNode>();
        int start = equals + 1;
        for (int i = start; i <= given.Length; i++)
        {
            if (i == given.Length || (given[i] == ',' && given[i - 1] != '\\'))
            {
                string text = given[start..i].Replace("\\,", ",", StringComparison.Ordinal);
                items.Add(new YamlScalar(text, ScalarStyle.DoubleQuoted, new Span(source, start, i - start)));
                start = i + 1;
            }
        }

        YamlNode value = items.Count == 1 ? items[0] : new YamlSequence(items, new Span(source, equals + 1, given.Length - equals - 1));
        return new(given[..equals], value);
    }

    /// <summary>
    /// The settings for one target. Later pipelines' <c>vars</c> win over earlier ones', what is said about the target
    /// (<c>backend</c>, <c>output_format</c>, <c>backend_…</c>) over these, and what is set here over all.
    /// </summary>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <param name="backend">The target's name.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="options">The target's options.</param>
    public PipelineSettings For(IReadOnlyList<Pipeline> pipelines, string backend, string format, IReadOnlyDictionary<string, string> options)
    {
        var merged = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (Pipeline pipeline in pipelines)
        {
            foreach ((string name, YamlNode value) in pipeline.Variables)
            {
                merged[name] = value;
            }
        }

        merged["backend"] = Injected("backend", backend);
        merged["output_format"] = Injected("output_format", format);
        foreach ((string name, string value) in options)
        {
            merged["backend_" + name] = Injected("backend_" + name, value);
        }

        foreach ((string name, YamlNode value) in Variables)
        {
            merged[name] = value;
        }

        return new PipelineSettings(this) { Variables = merged, Target = backend };
    }

    /// <summary>Returns the values from an external source. Each source is read once per run, whether it fails or not.</summary>
    internal ExternalResult Fetch(Transformation transformation, Func<ExternalResult> fetch) =>
        fetched.GetOrAdd(transformation, static (_, ask) => new Lazy<ExternalResult>(ask), fetch).Value;

    private static YamlScalar Injected(string name, string value) =>
        new(value, ScalarStyle.DoubleQuoted, new Span(new SourceText(name, value), 0, value.Length));
}

/// <summary>What came from outside: values, or why there are none.</summary>
/// <param name="Values">The values; empty if <paramref name="Problem"/> is set.</param>
/// <param name="Problem">Why there are none; null if there are.</param>
internal sealed record ExternalResult(ImmutableArray<string> Values, string? Problem)
{
    /// <summary>Nothing came.</summary>
    public static ExternalResult Failed(string problem) => new([], problem);
}
