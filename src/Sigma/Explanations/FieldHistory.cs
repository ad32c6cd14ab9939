using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Explanations;

/// <summary>What became of a field of a rule.</summary>
/// <param name="Field">Its name in the rule.</param>
/// <param name="Span">The first place where it stands.</param>
/// <param name="Names">Its names after the pipelines; its original name if nothing renamed it, none if it was removed.</param>
/// <param name="Steps">The steps that renamed it, or the one that made something else of it, or dropped it.</param>
/// <param name="Mapped">Whether it has its name from a pipeline.</param>
/// <param name="Passed">The mappings that know it, or what it was called by then, and were passed over.</param>
/// <param name="Hint">For one that is not mapped: a name that mappings know and that is nearly its own; null for none.</param>
internal sealed record FieldHistory(
    string Field,
    Span Span,
    ImmutableArray<string> Names,
    IReadOnlyList<PipelineStep> Steps,
    bool Mapped,
    IReadOnlyList<PassedMapping> Passed,
    string? Hint)
{
    /// <summary>The fields of a rule, in the order in which they stand there.</summary>
    /// <param name="trace">What became of the rule.</param>
    /// <param name="pipelines">The pipelines that ran.</param>
    public static IReadOnlyList<FieldHistory> Of(RuleTrace trace, IReadOnlyList<Pipeline> pipelines)
    {
        if (trace.Started is not { } started || trace.Piped is not { } piped)
        {
            return [];
        }

        string[] known = [.. pipelines.SelectMany(pipeline => pipeline.Items).SelectMany(item => item.Transformation.KnownFields).Distinct()];
        HashSet<string> left = [.. FieldsOf(piped).Select(field => field.Field)];
        return [.. FieldsOf(started).DistinctBy(field => field.Field).Select(field => Follow(trace, field.Field, field.Span, left, known))];
    }

    private static IEnumerable<(string Field, Span Span)> FieldsOf(SigmaRule rule) => RuleFields.OfDetections(rule).Concat(RuleFields.OfCounts(rule));

    private static FieldHistory Follow(RuleTrace trace, string field, Span span, HashSet<string> left, string[] known)
    {
        ImmutableArray<string> names = [field];
        HashSet<string> ever = [field];
        var steps = new List<PipelineStep>();
        foreach (PipelineStep step in trace.Pipelines.Steps)
        {
            if (names.Any(step.Renamed.ContainsKey))
            {
                names = [.. names.SelectMany(name => step.Renamed.TryGetValue(name, out ImmutableArray<string> next) ? next : [name]).Distinct()];
                ever.UnionWith(names);
                steps.Add(step);
            }
        }

        if (steps.Count == 0 && !left.Contains(field))
        {
            names = [];
            steps.AddRange(trace.Pipelines.Steps.Where(step => Has(step.Before, field) && !Has(step.After, field)).Take(1));
        }

        bool mapped = !trace.Unmapped.Any(unmapped => unmapped.Field == field);
        PassedMapping[] passed = [.. trace.Pipelines.Passed.Where(mapping => ever.Contains(mapping.Field))];
        return new FieldHistory(field, span, names, steps, mapped, passed, mapped || passed.Length > 0 ? null : Suggestion.For(field, known));
    }

    private static bool Has(SigmaRule rule, string field) => FieldsOf(rule).Any(other => other.Field == field);
}
