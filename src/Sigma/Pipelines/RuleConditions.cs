using Sigma.Rules;

namespace Sigma.Pipelines;

/// <summary><c>logsource</c>: the rule's log source lies within this one; that of any of its rules, for a correlation.</summary>
internal sealed class LogSourceCondition(LogSource source) : RuleCondition
{
    /// <summary>The log source that the rule must lie in.</summary>
    public LogSource Source => source;

    public static RuleCondition Read(Parameters parameters) => new LogSourceCondition(SourceOf(parameters));

    /// <summary>The log source that parameters name; after a report, if they name none, that of all rules.</summary>
    public static LogSource SourceOf(Parameters parameters)
    {
        var source = new LogSource(parameters.Text("category"), parameters.Text("product"), parameters.Text("service"), null, parameters.Span);
        if (source is { Category: null, Product: null, Service: null })
        {
            parameters.Missing("category, product or service");
        }

        NearMisses.CheckLogSource(parameters);
        return source;
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.CountedLogSources is { } counted ? counted.Any(source.Contains) : source.Contains(run.Rule.LogSource);
}

/// <summary><c>contains_detection_item</c>: some item tests this field for this value.</summary>
internal sealed class ContainsDetectionItem(string field, Value value) : RuleCondition
{
    public static RuleCondition? Read(Parameters parameters)
    {
        string field = parameters.Required("field");
        if (parameters.Node("value") is not { } node)
        {
            parameters.Missing("value");
            return null;
        }

        DetectionItem? item = new DetectionParser(parameters.Diagnostics).ParseItem(field, parameters.Span, node);
        return item is { Values: [var value] } ? new ContainsDetectionItem(field, value) : null;
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.Rule.Detections.Any(detection =>
        detection.Body.Leaves().Any(item => item.Field == field && ItemValues.Of(item).Any(other => ItemValues.AreSame(value, other))));
}

/// <summary><c>contains_field</c>: some item tests this field.</summary>
internal sealed class ContainsField(string field) : RuleCondition
{
    /// <summary>Reads <c>field</c>.</summary>
    public static RuleCondition Read(Parameters parameters) => new ContainsField(parameters.Required("field"));

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.Rule.Detections.Any(detection => detection.Body.Leaves().Any(item => item.Field == field));
}

/// <summary><c>processing_item_applied</c>: the pipeline item with this id ran on the rule.</summary>
internal sealed class ItemApplied(string id) : RuleCondition
{
    /// <summary>Reads <c>processing_item_id</c>.</summary>
    public static RuleCondition Read(Parameters parameters) => new ItemApplied(parameters.Required("processing_item_id"));

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.Applied.Contains(id);
}

/// <summary><c>is_sigma_rule</c> and <c>is_sigma_correlation_rule</c>: which kind of document it is.</summary>
internal sealed class IsKind(bool correlation) : RuleCondition
{
    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.IsCorrelation == correlation;
}

/// <summary><c>tag</c>: the rule has this tag.</summary>
internal sealed class HasTag(string tag) : RuleCondition
{
    /// <summary>Reads <c>tag</c>, such as <c>attack.t1059</c>.</summary>
    public static RuleCondition Read(Parameters parameters) => new HasTag(parameters.Required("tag"));

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.Rule.Metadata.Tags.Contains(tag);
}
