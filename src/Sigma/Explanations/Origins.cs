using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Explanations;

/// <summary>Where a test of an expression comes from.</summary>
/// <param name="Span">The place.</param>
/// <param name="Filter">The filter that has it; null for none.</param>
/// <param name="Step">The pipeline item that added it; null for none.</param>
internal sealed record Origin(Span Span, SigmaFilter? Filter, PipelineStep? Step);

/// <summary>Finds where the tests of a rule's expression come from: the rule, a filter, or a pipeline item.</summary>
/// <param name="rules">The rule, or the rules that a correlation counts.</param>
internal sealed class Origins(IEnumerable<RuleTrace> rules)
{
    private readonly SigmaFilter[] filters = [.. rules.SelectMany(rule => rule.Filters).Select(applied => applied.Filter)];
    private readonly Dictionary<(SourceText Source, int Start), PipelineStep> added = Added(rules);

    /// <summary>Finds the origin of a place.</summary>
    public Origin Of(Span span) => new(
        span,
        Array.Find(filters, filter => filter.Span.Source == span.Source && filter.Span.Start <= span.Start && span.Start < filter.Span.End),
        added.GetValueOrDefault((span.Source, span.Start)));

    private static Dictionary<(SourceText, int), PipelineStep> Added(IEnumerable<RuleTrace> rules)
    {
        var places = new Dictionary<(SourceText, int), PipelineStep>();
        foreach (PipelineStep step in rules.SelectMany(rule => rule.Pipelines.Steps))
        {
            HashSet<string> before = [.. step.Before.Detections.Select(detection => detection.Name)];
            foreach (DetectionItem leaf in step.After.Detections.Where(detection => !before.Contains(detection.Name)).SelectMany(detection => detection.Body.Leaves()))
            {
                places[(leaf.Span.Source, leaf.Span.Start)] = step;
                foreach (Value value in leaf.Values)
                {
                    places[(value.Span.Source, value.Span.Start)] = step;
                }
            }
        }

        return places;
    }
}
