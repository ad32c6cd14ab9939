using Scriban;
using Scriban.Runtime;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>What a format's template can use besides the query.</summary>
/// <param name="Rule">The rule as the pipelines left it.</param>
/// <param name="WrittenFields">The fields to show, by the names the rule has for them.</param>
/// <param name="Condition">The condition the query was made of.</param>
/// <param name="State">What the pipelines' <c>set_state</c> left.</param>
/// <param name="Frame">What the emitter took out of the expression.</param>
/// <param name="Ordinal">The how-manieth query with the rule's id it is in its file, from 1.</param>
internal sealed record QueryContext(
    SigmaRule Rule,
    IReadOnlyList<string> WrittenFields,
    Condition Condition,
    IReadOnlyDictionary<string, string> State,
    IReadOnlyDictionary<string, string> Frame,
    int Ordinal)
{
    /// <summary>The searches of a correlation that need one each; none where one search finds all.</summary>
    public IReadOnlyList<CorrelationSearch> Searches { get; init; } = [];

    /// <summary>The order in which they must match; null where any will do.</summary>
    public TemporalOrder? Order { get; init; }
}

/// <summary>One of several searches of a correlation.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Query">The search, without a format around it.</param>
/// <param name="Aliases">What its fields are called in the correlation.</param>
/// <param name="Counts">Whether it is a correlation itself, so that its rows are counts, not events.</param>
internal sealed record CorrelationSearch(string Name, string Query, IReadOnlyList<(string Alias, string Field)> Aliases, bool Counts);

/// <summary>Puts a query into a format: the Scriban templates of the target's folder.</summary>
internal sealed class QueryRenderer
{
    private readonly Backend backend;
    private readonly QueryFormat format;
    private readonly Lazy<Scriban.Template?> template;
    private readonly Dictionary<string, Scriban.Template> correlations = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly FolderLoader loader;
    private readonly IScriptCustomFunction fieldName;

    /// <summary>Makes a renderer for one format of one target.</summary>
    public QueryRenderer(Backend backend, QueryFormat format)
    {
        this.backend = backend;
        this.format = format;
        loader = new FolderLoader(format);
        fieldName = TemplateFunctions.FieldName(backend.Dialect);
        template = new(() => format.Template is null ? null : Scriban.Template.Parse(format.Template, format.TemplatePath));
    }

    /// <summary>Why the format has nothing for a correlation; null where it has.</summary>
    public Diagnostic? Refusal(Correlation correlation)
    {
        string name = NameOf(correlation.Type);
        return format.Correlations.ContainsKey(name)
            ? null
            : Codes.NoAggregation.At(correlation.Span, backend.Title, backend.Dialect.CorrelationNote ?? $"the format '{format.Name}' has no '{name}'");
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
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>The text of the format; null after a report.</returns>
    public string? Render(string query, QueryContext context, List<Diagnostic> diagnostics)
    {
        if (context.Condition.Aggregation is not null)
        {
            if (RenderCorrelation(query, context, diagnostics) is not { } counted)
            {
                return null;
            }

            query = counted;
        }

        return template.Value is { } frame ? Run(frame, query, context, diagnostics) : query;
    }

    /// <summary>Renders a correlation, without the format around it.</summary>
    /// <param name="query">The text of its one search; the first of several.</param>
    /// <param name="context">What the templates can use.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>The text; null after a report.</returns>
    public string? RenderCorrelation(string query, QueryContext context, List<Diagnostic> diagnostics)
    {
        Correlation aggregation = context.Condition.Aggregation!;
        if (Refusal(aggregation) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        string name = NameOf(aggregation.Type);
        if (Run(CorrelationTemplate(name, format.Correlations[name]), query, context, diagnostics) is not { } counted)
        {
            return null;
        }

        if (aggregation.Timespan is { } timespan && backend.Dialect.CorrelationTimespanNote is { } note)
        {
            diagnostics.Add(Codes.SelectsOther.At(aggregation.Span, backend.Title, note.Replace("{timespan}", timespan.ToString(), StringComparison.Ordinal)));
        }

        return counted;
    }

    private Scriban.Template CorrelationTemplate(string name, string text)
    {
        lock (gate)
        {
            if (!correlations.TryGetValue(name, out Scriban.Template? correlation))
            {
                correlations[name] = correlation = Scriban.Template.Parse(text, name);
            }

            return correlation;
        }
    }

    private string? Run(Scriban.Template text, string query, QueryContext context, List<Diagnostic> diagnostics)
    {
        if (text.HasErrors)
        {
            diagnostics.Add(Codes.FormatFailed.At(null, format.Name, string.Join("; ", text.Messages)));
            return null;
        }

        try
        {
            var scope = new TemplateContext { StrictVariables = false, NewLine = "\n", LoopLimit = 200_000, LimitToString = 0, TemplateLoader = loader };
            ScriptObject globals = Globals(query, context);
            int before = diagnostics.Count;
            globals.SetValue("refuse", Saying(why => diagnostics.Add(Codes.NoAggregation.At(context.Condition.Span, backend.Title, why))), true);
            globals.SetValue("note", Saying(what => diagnostics.Add(Codes.TargetView.At(context.Condition.Span, backend.Title, what))), true);
            scope.PushGlobal(globals);
            string rendered = text.Render(scope);
            return diagnostics.Skip(before).Any(finding => finding.Severity is Severity.Error) ? null : rendered;
        }
        catch (Scriban.Syntax.ScriptRuntimeException exception)
        {
            diagnostics.Add(Codes.FormatFailed.At(context.Condition.Span, format.Name, exception.OriginalMessage));
            return null;
        }
    }

    /// <summary><c>{{ refuse "why" }}</c> and <c>{{ note "what" }}</c>: what a template has to say to the user; nothing goes into the text.</summary>
    private static IScriptCustomFunction Saying(Action<string> say) => DelegateCustomFunction.CreateFunc<string?, string>(text =>
    {
        say(text ?? "");
        return "";
    });

    private ScriptObject Globals(string query, QueryContext context)
    {
        var globals = new ScriptObject
        {
            ["query"] = query,
            ["rule"] = RuleObject(context.Rule, context.WrittenFields),
            ["ordinal"] = context.Ordinal,
            ["variant"] = format.Variant,
            ["state"] = Map(context.State),
            ["frame"] = Map(context.Frame),
            ["option"] = Map(backend.OptionValues),
            ["correlation"] = context.Condition.Aggregation is { } aggregation ? CorrelationObjects.Of(aggregation, context.Order, backend.Dialect) : null,
            ["searches"] = new ScriptArray(context.Searches.Select(CorrelationObjects.Of)),
        };
        globals.SetValue("json", TemplateFunctions.Json, true);
        globals.SetValue("slug", TemplateFunctions.Slug, true);
        globals.SetValue("field_name", fieldName, true);
        return globals;
    }

    /// <summary>Opens the templates beside a format's own, and no others.</summary>
    private sealed class FolderLoader(QueryFormat format) : ITemplateLoader
    {
        public string GetPath(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templateName) =>
            templateName.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(templateName) ? "" : templateName;

        public string? Load(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templatePath) => format.Include(templatePath);

        public ValueTask<string?> LoadAsync(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templatePath) =>
            ValueTask.FromResult(Load(context, callerSpan, templatePath));
    }

    private static ScriptObject Map(IReadOnlyDictionary<string, string> values)
    {
        var map = new ScriptObject();
        foreach ((string name, string value) in values)
        {
            map[name] = value;
        }

        return map;
    }

    private static ScriptObject RuleObject(SigmaRule rule, IReadOnlyList<string> writtenFields)
    {
        Metadata metadata = rule.Metadata;
        return new ScriptObject
        {
            ["title"] = metadata.Title,
            ["id"] = metadata.Id,
            ["name"] = metadata.Name,
            ["description"] = metadata.Description,
            ["author"] = metadata.Author,
            ["license"] = metadata.License,
            ["status"] = metadata.Status?.ToString().ToLowerInvariant(),
            ["level"] = metadata.Level?.ToString().ToLowerInvariant(),
            ["date"] = metadata.Date,
            ["modified"] = metadata.Modified,
            ["tags"] = new ScriptArray(metadata.Tags),
            ["references"] = new ScriptArray(metadata.References),
            ["falsepositives"] = new ScriptArray(metadata.FalsePositives),
            ["fields"] = new ScriptArray(metadata.Fields),
            ["written_fields"] = new ScriptArray(writtenFields),
            ["category"] = rule.LogSource.Category,
            ["product"] = rule.LogSource.Product,
            ["service"] = rule.LogSource.Service,
            ["timeframe"] = rule.Timeframe?.ToString(),
        };
    }
}
