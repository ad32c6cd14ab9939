using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary><c>rule_failure</c>: the rule is refused with the pipeline author's message.</summary>
internal sealed class RuleFailure(string message) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>Reads <c>message</c>.</summary>
    public static Transformation Read(Parameters parameters) => new RuleFailure(parameters.Required("message"));

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) =>
        run.Report(Diagnostic.RuleRefusedByPipeline(run.Rule.LogSource.Span, message));
}

/// <summary>
/// <c>rule_warning</c>: the rule is warned of with the pipeline author's message; with conditions on items or fields, at each item that fits
/// them. The public format does not have it.
/// </summary>
internal sealed class RuleWarning(string message) : Transformation
{
    /// <summary>Reads <c>message</c>.</summary>
    public static Transformation Read(Parameters parameters) => new RuleWarning(parameters.Required("message"));

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        if (item.ItemConditions.Conditions.IsEmpty && item.FieldConditions.Conditions.IsEmpty)
        {
            run.Report(Diagnostic.RuleWarnedOfByPipeline(run.Rule.LogSource.Span, message));
            return;
        }

        run.ChangeItems(item, leaf =>
        {
            run.Report(Diagnostic.RuleWarnedOfByPipeline(leaf.Span, message));
            return leaf;
        });
    }
}

/// <summary><c>detection_item_failure</c>: the rule is refused where an item fits the conditions.</summary>
internal sealed class DetectionItemFailure(string message) : Transformation
{
    /// <summary>Reads <c>message</c>.</summary>
    public static Transformation Read(Parameters parameters) => new DetectionItemFailure(parameters.Required("message"));

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ChangeItems(item, leaf =>
    {
        Diagnostic refusal = Diagnostic.RuleRefusedByPipeline(leaf.Span, message);
        run.Report(leaf.Field is { } field ? refusal.WithHint($"the field is '{field}'") : refusal);
        return leaf;
    });
}

/// <summary>
/// <c>strict_field_mapping_failure</c>: the rule is refused where no mapping touched one of its fields. What
/// a pipeline added itself is not a field of the rule.
/// </summary>
internal sealed class StrictFieldMappingFailure : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>Has no parameters.</summary>
    public static Transformation Read(Parameters _) => new StrictFieldMappingFailure();

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        (string Field, Span Span)[] unmapped = [.. run.UnmappedFields().Where(field => run.FieldSelected(item, field.Field))];
        if (unmapped.Length > 0)
        {
            run.Report(Diagnostic.FieldsNotMapped(unmapped[0].Span, string.Join(", ", unmapped.Select(field => $"'{field.Field}'"))));
        }
    }
}
