using System.Collections.Immutable;
using System.Text.Json;
using Scriban.Runtime;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>One entry of <c>postprocessing:</c> with the conditions under which it acts.</summary>
/// <param name="Id">The name under which later conditions can ask whether it ran; null if not given.</param>
/// <param name="Step">What it does.</param>
/// <param name="RuleConditions">Whether it acts on the query of a rule.</param>
/// <param name="Span">Its position.</param>
internal sealed record QueryItem(string? Id, QueryStep Step, ConditionSet<RuleCondition> RuleConditions, Span Span);

/// <summary>A step that changes a query's text.</summary>
internal abstract class QueryStep
{
    /// <summary>Changes a query.</summary>
    /// <param name="query">The query so far.</param>
    /// <param name="run">The rule after its pipelines.</param>
    /// <param name="pipeline">The name of the pipeline the step belongs to.</param>
    /// <returns>The new text; the run has failed where it cannot be made.</returns>
    internal abstract string Apply(string query, PipelineRun run, string pipeline);
}

/// <summary>Runs the post-processing of pipelines over each query, after the target's format.</summary>
internal static class Postprocessing
{
    /// <summary>The steps of the public format, in one table.</summary>
    public static IReadOnlyDictionary<string, Func<Parameters, QueryStep?>> All { get; } = new Dictionary<string, Func<Parameters, QueryStep?>>(StringComparer.Ordinal)
    {
        ["embed"] = EmbedQuery.Read,
        ["simple_template"] = SimpleTemplate.Read,
        ["template"] = TemplateQuery.Read,
        ["json"] = EmbedInJson.Read,
        ["replace"] = ReplaceInQuery.Read,
        ["nest"] = NestQuerySteps.Read,
    };

    /// <summary>Runs all of it.</summary>
    /// <returns>The text; null, after a report, where a step failed.</returns>
    public static string? Apply(string query, PipelineRun run, IReadOnlyList<Pipeline> pipelines)
    {
        foreach (Pipeline pipeline in pipelines)
        {
            query = Apply(query, run, pipeline.Name, pipeline.QueryItems);
        }

        return run.Failed ? null : query;
    }

    /// <summary>Runs some steps, until one fails.</summary>
    public static string Apply(string query, PipelineRun run, string pipeline, ImmutableArray<QueryItem> items)
    {
        foreach (QueryItem item in items)
        {
            if (run.Failed || !item.RuleConditions.Hold(run, static (condition, about) => condition.Holds(about)))
            {
                continue;
            }

            string before = query;
            try
            {
                query = item.Step.Apply(query, run, pipeline);
            }
            catch (PipelinePattern.TooLongException)
            {
                run.Report(TooLong(run, item.Span));
            }

            if (query.Length > run.Settings.Limits[Limits.QueryLength] * 1_000_000 && !run.Failed)
            {
                run.Report(TooLong(run, item.Span));
            }

            if (query != before && item.Step is not NestQuerySteps)
            {
                run.Trace?.Add(new PostprocessingStep(pipeline, item.Id, item.Span, query));
            }

            if (item.Id is not null)
            {
                run.Applied.Add(item.Id);
            }
        }

        return query;
    }

    private static Diagnostic TooLong(PipelineRun run, Span span) => run.Settings.Limits.Exceeded(Limits.QueryLength, Diagnostic.QueryTooLong, span);
}

/// <summary><c>embed</c>: puts text before and after the query.</summary>
internal sealed class EmbedQuery(string prefix, string suffix) : QueryStep
{
    /// <summary>Reads <c>prefix</c> and <c>suffix</c>.</summary>
    public static QueryStep Read(Parameters parameters) => new EmbedQuery(parameters.Text("prefix") ?? "", parameters.Text("suffix") ?? "");

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline) => prefix + query + suffix;
}

/// <summary><c>template</c>: the query in a template that sees <c>query</c>, <c>rule</c> and <c>pipeline</c>.</summary>
internal sealed class TemplateQuery(PipelineTemplate template) : QueryStep
{
    /// <summary>Reads what <see cref="PipelineTemplate"/> reads.</summary>
    public static QueryStep? Read(Parameters parameters) => PipelineTemplate.Read(parameters) is { } template ? new TemplateQuery(template) : null;

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline)
    {
        ScriptObject scope = TemplateScope.Script(TemplateScope.Of(
            ("query", TemplateScope.Text(query)),
            ("rule", RuleAttributes.Of(run.Rule)),
            ("pipeline", TemplateScope.OfPipeline(pipeline, run.Settings, run.State))));
        string? text = template.Render(scope, TemplateLimits.OfOne(run.Settings.Limits), out Diagnostic? error);
        if (error is not null)
        {
            run.Report(error);
        }

        return text ?? query;
    }
}

/// <summary><c>json</c>: the query in JSON, in place of each text that is <c>%QUERY%</c> and nothing else.</summary>
internal sealed class EmbedInJson(YamlNode frame) : QueryStep
{
    /// <summary>Reads <c>json_template</c>, a text of JSON.</summary>
    public static QueryStep? Read(Parameters parameters)
    {
        if (parameters.RequiredScalar("json_template") is not { } written)
        {
            return null;
        }

        try
        {
            return new EmbedInJson(JsonText.Read(written.Value, written.Span));
        }
        catch (JsonException exception)
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(written.Span, "json_template", "JSON", "invalid JSON: " + exception.Message));
            return null;
        }
    }

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline) => JsonText.Of(frame, text => text == "%QUERY%" ? query : text);
}

/// <summary><c>replace</c>: what a pattern finds in the query is replaced.</summary>
internal sealed class ReplaceInQuery(PipelinePattern pattern, PipelinePattern.Replacement replacement, Span span) : QueryStep
{
    /// <summary>Reads <c>pattern</c> and <c>replacement</c>.</summary>
    public static QueryStep? Read(Parameters parameters)
    {
        YamlScalar? replacement = parameters.RequiredScalar("replacement");
        return parameters.RequiredScalar("pattern") is { } scalar
            && PipelinePattern.Compile(scalar, atStart: false, parameters.Diagnostics) is { } pattern
            && replacement is not null
            && pattern.ReadReplacement(replacement, parameters.Diagnostics) is { } read
            ? new ReplaceInQuery(pattern, read, scalar.Span)
            : null;
    }

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline)
    {
        try
        {
            return pattern.Replace(query, replacement);
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            run.Report(Diagnostic.PatternTooSlow(span, query.Length > 60 ? query[..60] + "…" : query));
            return query;
        }
    }
}

/// <summary><c>nest</c>: several steps as one.</summary>
internal sealed class NestQuerySteps(ImmutableArray<QueryItem> items) : QueryStep
{
    /// <summary>Reads <c>items</c>, a list like <c>postprocessing</c>.</summary>
    public static QueryStep? Read(Parameters parameters)
    {
        if (parameters.Node("items") is not { } node)
        {
            parameters.Missing("items");
            return null;
        }

        return new NestQuerySteps(PipelineReader.ReadQueryItems("items", node, parameters.Diagnostics));
    }

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline) => Postprocessing.Apply(query, run, pipeline, items);
}
