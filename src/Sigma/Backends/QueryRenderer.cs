using System.Collections.Concurrent;
using Scriban.Runtime;
using Sigma.Alerts;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>What a format's template can use besides the query.</summary>
/// <param name="Rule">The rule as the pipelines left it.</param>
/// <param name="WrittenFields">The fields to show, by the names the rule has for them.</param>
/// <param name="Measure">What is counted over the events; null if they are just found.</param>
/// <param name="Place">Where the condition or correlation is written, for messages.</param>
/// <param name="State">What the pipelines' <c>set_state</c> left.</param>
/// <param name="Frame">What the emitter took out of the expression.</param>
/// <param name="Ordinal">The 1-based index of the query among those with the same rule id in its file.</param>
internal sealed record QueryContext(
    SigmaRule Rule,
    IReadOnlyList<string> WrittenFields,
    Correlation? Measure,
    Span Place,
    IReadOnlyDictionary<string, string> State,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Frame,
    int Ordinal)
{
    /// <summary>The searches of a correlation that need one each; none if one search finds all.</summary>
    public IReadOnlyList<CorrelationSearch> Searches { get; init; } = [];

    /// <summary>The order in which they must match; null if any will do.</summary>
    public TemporalOrder? Order { get; init; }

    /// <summary>What the user sets for the rule's objects.</summary>
    public AlertSettings Settings { get; init; } = AlertSettings.None;

    /// <summary>Receives the names of the objects that the format creates in the target system.</summary>
    public List<ObjectName>? Objects { get; init; }

    /// <summary>Receives the name, without its ending, that the system wants the file of the text to have; nothing if any will do.</summary>
    public List<string>? FileNames { get; init; }
}

/// <summary>One of several searches of a correlation.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Query">The search, without a format around it.</param>
/// <param name="Aliases">What its fields are called in the correlation.</param>
/// <param name="Counts">Whether it is a correlation itself, so that its rows are counts, not events.</param>
internal sealed record CorrelationSearch(string Name, string Query, IReadOnlyList<(string Alias, string Field)> Aliases, bool Counts)
{
    /// <summary>What the pipelines' <c>set_state</c> left for it.</summary>
    public IReadOnlyDictionary<string, string> State { get; init; } = new Dictionary<string, string>();

    /// <summary>The language over its table.</summary>
    public required Dialect Dialect { get; init; }
}

/// <summary>Puts a query into a format: the Scriban templates of the target's folder.</summary>
internal sealed class QueryRenderer
{
    /// <summary>Why a format fails whose template has no text for a query.</summary>
    internal const string WritesNothing = "it writes nothing for this rule";

    private readonly Backend backend;
    private readonly QueryFormat format;
    private readonly Limits limits;
    private readonly ConcurrentDictionary<string, Scriban.Template> parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<RenderScope> scopes = [];
    private readonly Lazy<IReadOnlySet<string>> alertMembers;

    /// <summary>Creates a renderer for one format of one target.</summary>
    public QueryRenderer(Backend backend, QueryFormat format, Limits limits)
    {
        this.backend = backend;
        this.format = format;
        this.limits = limits;
        alertMembers = new(() => format.Text is { } text ? AlertMembers.Of(text, format.Include) : new HashSet<string>());
    }

    /// <summary>Why the format has nothing for a correlation; null if it has.</summary>
    public Diagnostic? Refusal(Correlation correlation)
    {
        string name = NameOf(correlation.Type);
        return format.Correlations.ContainsKey(name)
            ? null
            : Diagnostic.NoAggregation(correlation.Span, backend.Title, $"the format '{format.Name}' has no {name}{(backend.Dialect.CorrelationNote is { } note ? $" ({note})" : "")}");
    }

    /// <summary>The name by which backends give a correlation's template.</summary>
    public static string NameOf(CorrelationType type) => type switch
    {
        CorrelationType.EventCount => "event_count",
        CorrelationType.ValueCount => "value_count",
        CorrelationType.Temporal => "temporal",
        CorrelationType.TemporalOrdered => "temporal_ordered",
        CorrelationType.ValueSum => "value_sum",
        CorrelationType.ValueAverage => "value_avg",
        CorrelationType.ValuePercentile => "value_percentile",
        CorrelationType.ValueMedian => "value_median",
        CorrelationType.ValueMinimum => "value_min",
        CorrelationType.ValueMaximum => "value_max",
        _ => throw new System.Diagnostics.UnreachableException(type.ToString()),
    };

    /// <summary>Renders a query.</summary>
    /// <param name="query">The expression's text.</param>
    /// <param name="context">What the templates can use.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text of the format; null after a report.</returns>
    public string? Render(string query, QueryContext context, List<Diagnostic> diagnostics)
    {
        if (context.Measure is not null)
        {
            if (RenderCorrelation(query, context, diagnostics) is not { } counted)
            {
                return null;
            }

            query = counted;
        }

        bool measured = false;
        string? text = format.Text is { } frame ? Run(frame, query, context, diagnostics, out measured) : query;
        if (text is not null && string.IsNullOrWhiteSpace(text) && !string.IsNullOrWhiteSpace(query))
        {
            diagnostics.Add(Diagnostic.FormatFailed(format.Text!.FirstLine, format.Name, WritesNothing));
            return null;
        }

        if (text is not null && format.Makes is not null && context.Settings != AlertSettings.None
            && AlertMembers.LeftOut(context.Settings, alertMembers.Value) is [_, ..] left)
        {
            string what = string.Join(", ", left);
            diagnostics.Add(Diagnostic.TargetView(context.Place, backend.Title, $"of the override, {what} is left out: the format '{format.Name}' has nothing for it"));
        }

        if (text is null || measured)
        {
            return text;
        }

        // An object has more in it than the query.
        int before = diagnostics.Count;
        QueryLength.Check(format.Makes is null ? text : query, backend, format, context.Place, diagnostics);
        return diagnostics.Count > before && diagnostics[^1].Severity is Severity.Error ? null : text;
    }

    /// <summary>Renders a correlation, without the format around it.</summary>
    /// <param name="query">The text of its one search; the first of several.</param>
    /// <param name="context">What the templates can use.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text; null after a report.</returns>
    public string? RenderCorrelation(string query, QueryContext context, List<Diagnostic> diagnostics)
    {
        Correlation aggregation = context.Measure!;
        if (Refusal(aggregation) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        string name = NameOf(aggregation.Type);
        if (TakenColumn(name, aggregation, context.Searches) is { } taken)
        {
            diagnostics.Add(Diagnostic.NoAggregation(aggregation.Places.GetValueOrDefault(taken, aggregation.Span), backend.Title,
                $"the query makes a column '{taken}' of its own; give the field another name with an alias or a pipeline"));
            return null;
        }

        if (Run(format.CorrelationTexts[name], query, context, diagnostics, out _) is not { } counted)
        {
            return null;
        }

        if (aggregation.Timespan is { } timespan && backend.Dialect.CorrelationTimespanNote is { } note)
        {
            diagnostics.Add(Diagnostic.SelectsOther(aggregation.Span, backend.Title, note.Replace("{timespan}", timespan.ToString(), StringComparison.Ordinal)));
        }

        return counted;
    }

    /// <summary>A field of the correlation that is called as a column that its query makes; null if there is none.</summary>
    private string? TakenColumn(string type, Correlation aggregation, IReadOnlyList<CorrelationSearch> searches)
    {
        string[] made = [.. backend.Dialect.CorrelationColumns
            .Select(column => column.Replace("{type}", type, StringComparison.Ordinal))
            .SelectMany(column => column.Contains("{rule}", StringComparison.Ordinal)
                ? searches.Select(search => column.Replace("{rule}", search.Name, StringComparison.Ordinal)) : [column])];
        return aggregation.GroupBy.Concat(aggregation.Fields).FirstOrDefault(field => made.Any(column => column.EndsWith('*')
            ? field.StartsWith(column[..^1], StringComparison.OrdinalIgnoreCase)
            : string.Equals(field, column, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Renders the one text of several rules.</summary>
    /// <param name="document">How the format makes it.</param>
    /// <param name="queries">The rules; at least one.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text; null after a report.</returns>
    public string? RenderDocument(DocumentFormat document, IReadOnlyList<DocumentQuery> queries, List<Diagnostic> diagnostics)
    {
        if (Parsed(document.Template, diagnostics) is not { } template)
        {
            return null;
        }

        TemplateLimits bounds = queries.Count == 1 ? TemplateLimits.OfOne(limits) : TemplateLimits.OfAll(limits);
        ScriptArray statements = new QueryDocument(backend.Dialect, document).Statements(queries);
        string? text = new RenderScope(backend, format, bounds).RenderDocument(template, statements, queries[0].Place, diagnostics, out TemplateFailure? failure);
        Report(document.Template, failure, diagnostics);
        return text;
    }

    private Scriban.Template? Parsed(TemplateText text, List<Diagnostic> diagnostics)
    {
        Scriban.Template template = parsed.GetOrAdd(text.Name, static (name, text) => Scriban.Template.Parse(text.Text, name), text);
        if (!template.HasErrors)
        {
            return template;
        }

        diagnostics.Add(Diagnostic.FormatFailed(text.PlaceOf(template.Messages[0].Span), format.Name, template.Messages[0].Message));
        return null;
    }

    private string? Run(TemplateText text, string query, QueryContext context, List<Diagnostic> diagnostics, out bool measured)
    {
        measured = false;
        if (Parsed(text, diagnostics) is not { } template)
        {
            return null;
        }

        if (!scopes.TryTake(out RenderScope? scope))
        {
            scope = new RenderScope(backend, format, TemplateLimits.OfOne(limits));
        }

        string? rendered = scope.Render(template, query, context, diagnostics, out TemplateFailure? failure);
        measured = scope.Measured;
        if (failure is null)
        {
            scopes.Add(scope);
        }

        Report(text, failure, diagnostics);
        return rendered;
    }

    private void Report(TemplateText text, TemplateFailure? failure, List<Diagnostic> diagnostics)
    {
        if (failure is null)
        {
            return;
        }

        TemplateText place = failure.Span.FileName is { } name && name != text.Name ? format.Include(name) ?? text : text;
        diagnostics.Add(failure.At(place.PlaceOf(failure.Span), message => Diagnostic.FormatFailed(place.PlaceOf(failure.Span), format.Name, message)));
    }
}
