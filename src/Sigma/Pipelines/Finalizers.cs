using System.Collections.Immutable;
using System.Text;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>The output of finalizers: all queries at first; one text after a finalizer that joins them.</summary>
/// <param name="Queries">The queries.</param>
/// <param name="IsText">Whether it is one text, not a list that happens to have one.</param>
internal sealed record FinalOutput(ImmutableArray<string> Queries, bool IsText)
{
    /// <summary>One text.</summary>
    public static FinalOutput Text(string text) => new([text], true);
}

/// <summary>A step that makes one text of all queries of a target.</summary>
internal abstract class Finalizer
{
    /// <summary>Acts on the output so far; null after a report.</summary>
    internal abstract FinalOutput? Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics);
}

/// <summary>Runs the finalizers of pipelines once over all queries of a target.</summary>
internal static class Finalizers
{
    /// <summary>The finalizers of the public format, in one table.</summary>
    internal static IReadOnlyDictionary<string, Func<Parameters, Finalizer?>> All { get; } = new Dictionary<string, Func<Parameters, Finalizer?>>(StringComparer.Ordinal)
    {
        ["concat"] = ConcatQueries.Read,
        ["json"] = QueriesAsJson.Read,
        ["yaml"] = QueriesAsYaml.Read,
        ["template"] = TemplateQueries.Read,
        ["nested"] = NestedFinalizers.Read,
    };

    /// <summary>Whether any pipeline has finalizers, so that queries must be held back for them.</summary>
    public static bool Any(IReadOnlyList<Pipeline> pipelines) => pipelines.Any(pipeline => pipeline.Finalizers.Length > 0);

    /// <summary>Runs them all.</summary>
    /// <param name="queries">The queries in the order of the output.</param>
    /// <param name="pipelines">The target's pipelines in the order they run.</param>
    /// <param name="settings">The target's settings.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text of the whole output; null after a report.</returns>
    public static string? Apply(IReadOnlyList<string> queries, IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, List<Diagnostic> diagnostics)
    {
        FinalOutput? output = new([.. queries], false);
        foreach (Pipeline pipeline in pipelines)
        {
            output = output is null ? null : Apply(output, pipeline.Finalizers, pipeline.Name, settings, diagnostics);
        }

        return output is null ? null : string.Join('\n', output.Queries);
    }

    /// <summary>Runs some, until one fails.</summary>
    internal static FinalOutput? Apply(
        FinalOutput output, ImmutableArray<Finalizer> finalizers, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics)
    {
        FinalOutput? result = output;
        foreach (Finalizer finalizer in finalizers)
        {
            result = result is null ? null : finalizer.Apply(result, pipeline, settings, diagnostics);
        }

        return result;
    }
}

/// <summary><c>concat</c>: the queries one after another.</summary>
internal sealed class ConcatQueries(string separator, string prefix, string suffix) : Finalizer
{
    /// <summary>Reads <c>separator</c> (a line end), <c>prefix</c> and <c>suffix</c>.</summary>
    public static Finalizer Read(Parameters parameters) =>
        new ConcatQueries(parameters.Text("separator") ?? "\n", parameters.Text("prefix") ?? "", parameters.Text("suffix") ?? "");

    /// <inheritdoc/>
    internal override FinalOutput Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics) =>
        FinalOutput.Text(prefix + string.Join(separator, output.Queries) + suffix);
}

/// <summary><c>json</c>: the queries as a list in JSON; a text that an earlier finalizer made, as a text.</summary>
internal sealed class QueriesAsJson(int indent) : Finalizer
{
    /// <summary>Reads <c>indent</c>, the blanks of an indentation; all on one line without it.</summary>
    public static Finalizer Read(Parameters parameters) => new QueriesAsJson(parameters.Count("indent", 0));

    /// <inheritdoc/>
    internal override FinalOutput Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics)
    {
        IEnumerable<string> texts = output.Queries.Select(query => TemplateFunctions.ToJson(query));
        if (output.IsText)
        {
            return FinalOutput.Text(texts.Single());
        }

        string lead = indent == 0 || output.Queries.IsEmpty ? "" : "\n" + new string(' ', indent);
        return FinalOutput.Text("[" + lead + string.Join(indent == 0 ? ", " : "," + lead, texts) + (lead.Length == 0 ? "" : "\n") + "]");
    }
}

/// <summary><c>yaml</c>: the queries as a list in YAML, each in quotes.</summary>
internal sealed class QueriesAsYaml(int indent) : Finalizer
{
    /// <summary>Reads <c>indent</c>, the blanks before each entry.</summary>
    public static Finalizer Read(Parameters parameters) => new QueriesAsYaml(parameters.Count("indent", 0));

    /// <inheritdoc/>
    internal override FinalOutput Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics)
    {
        // A text in JSON is one in YAML, whatever characters it has.
        if (output.IsText)
        {
            return FinalOutput.Text(TemplateFunctions.ToJson(output.Queries[0]));
        }

        var text = new StringBuilder();
        foreach (string query in output.Queries)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(' ', indent).Append("- ").Append(TemplateFunctions.ToJson(query));
        }

        return FinalOutput.Text(text.Length == 0 ? "[]" : text.ToString());
    }
}

/// <summary><c>template</c>: the queries in a template that sees <c>queries</c> and <c>pipeline</c>.</summary>
internal sealed class TemplateQueries(PipelineTemplate template) : Finalizer
{
    /// <summary>Reads what <see cref="PipelineTemplate"/> reads.</summary>
    public static Finalizer? Read(Parameters parameters) => PipelineTemplate.Read(parameters) is { } template ? new TemplateQueries(template) : null;

    /// <inheritdoc/>
    internal override FinalOutput? Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics)
    {
        YamlMapping things = TemplateScope.Of(
            ("queries", output.IsText ? TemplateScope.Text(output.Queries[0]) : TemplateScope.Texts(output.Queries)),
            ("pipeline", TemplateScope.OfPipeline(pipeline, settings, null)));
        string? text = template.Render(TemplateScope.Script(things), TemplateLimits.OfAll(settings.Limits), out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error);
        }

        return text is null ? null : FinalOutput.Text(text);
    }
}

/// <summary><c>nested</c>: several finalizers as one.</summary>
internal sealed class NestedFinalizers(ImmutableArray<Finalizer> finalizers) : Finalizer
{
    /// <summary>Reads <c>finalizers</c>, a list like that of the pipeline.</summary>
    public static Finalizer? Read(Parameters parameters)
    {
        if (parameters.Node("finalizers") is not { } node)
        {
            parameters.Missing("finalizers");
            return null;
        }

        return new NestedFinalizers(PipelineReader.ReadFinalizers(node, parameters.Diagnostics));
    }

    /// <inheritdoc/>
    internal override FinalOutput? Apply(FinalOutput output, string pipeline, PipelineSettings settings, List<Diagnostic> diagnostics) =>
        Finalizers.Apply(output, finalizers, pipeline, settings, diagnostics);
}
