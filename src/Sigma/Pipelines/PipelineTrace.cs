using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>What one pipeline item did to a rule.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Id">The item's id; null if it has none.</param>
/// <param name="Place">The item's index in its list, from 0; preceded by the indices of the nests around it.</param>
/// <param name="Type">The transformation's type.</param>
/// <param name="Span">The position of the item.</param>
/// <param name="Before">The rule before.</param>
/// <param name="After">The rule after.</param>
internal sealed record PipelineStep(string Pipeline, string? Id, ImmutableArray<int> Place, string Type, Span Span, SigmaRule Before, SigmaRule After)
{
    /// <summary>The fields it renamed, with their new names.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Renamed { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The state it set.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> State { get; init; } = [];

    /// <summary>What it reported.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];
}

/// <summary>A mapping that knows a field of the rule and did not rename it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Id">The item's id; null if it has none.</param>
/// <param name="Place">The item's place, as in <see cref="PipelineStep"/>.</param>
/// <param name="Type">The transformation's type.</param>
/// <param name="Span">The position of the item.</param>
/// <param name="Reason">What did not hold.</param>
internal sealed record PassedMapping(string Field, string Pipeline, string? Id, ImmutableArray<int> Place, string Type, Span Span, string Reason);

/// <summary>A step of the post-processing that changed a query.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Id">The item's id; null if it has none.</param>
/// <param name="Span">The position of its type.</param>
/// <param name="After">The query after it.</param>
internal sealed record PostprocessingStep(string Pipeline, string? Id, Span Span, string After);

/// <summary>A trace of what pipelines did to one rule. Without one nothing is kept.</summary>
internal sealed class PipelineTrace
{
    private readonly List<PipelineStep> steps = [];
    private readonly List<PassedMapping> passed = [];
    private readonly List<PostprocessingStep> postprocessing = [];
    private readonly Stack<int> places = new();
    private IReadOnlyDictionary<string, ImmutableArray<string>>? renamed;

    /// <summary>The items that changed the rule or the state, or reported something, in the order they ran.</summary>
    public IReadOnlyList<PipelineStep> Steps => steps;

    /// <summary>The mappings that know a field of the rule as it was then, and did not rename it.</summary>
    public IReadOnlyList<PassedMapping> Passed => passed;

    /// <summary>The steps that changed the query after the format.</summary>
    public IReadOnlyList<PostprocessingStep> Postprocessing => postprocessing;

    /// <summary>Lets an item act, and keeps what it did.</summary>
    /// <param name="run">The rule on its way.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="item">The item.</param>
    /// <param name="findings">Where the run reports to.</param>
    /// <param name="act">Lets it act; returns whether its rule conditions held.</param>
    internal void Watch(PipelineRun run, string pipeline, PipelineItem item, List<Diagnostic> findings, Func<bool> act)
    {
        SigmaRule before = run.Rule;
        var state = new Dictionary<string, string>(run.State, StringComparer.Ordinal);
        int found = findings.Count;
        renamed = null;
        places.Push(item.Index);
        bool held = act();
        ImmutableArray<int> place = [.. places.Reverse()];
        places.Pop();
        if (item.Transformation is Nest nest)
        {
            // The items of a nest tell of themselves, unless it was passed over as a whole.
            foreach (PipelineItem inner in held ? [] : nest.Items)
            {
                AddPassed(inner, [.. place, inner.Index], _ => item.RuleConditions.Failing(condition => condition.Holds(run)));
            }

            return;
        }

        KeyValuePair<string, string>[] set = [.. run.State.Where(entry => state.GetValueOrDefault(entry.Key) != entry.Value)];
        if (!ReferenceEquals(before, run.Rule) || set.Length > 0 || findings.Count > found)
        {
            steps.Add(new PipelineStep(pipeline, item.Id, place, item.Type, item.Span, before, run.Rule)
            {
                Renamed = renamed ?? ImmutableDictionary<string, ImmutableArray<string>>.Empty,
                State = set,
                Findings = [.. findings.Skip(found)],
            });
        }

        AddPassed(item, place, field => held ? Reason(run, item, field, before) : item.RuleConditions.Failing(condition => condition.Holds(run)));

        void AddPassed(PipelineItem mapping, ImmutableArray<int> at, Func<string, string> reason)
        {
            IEnumerable<string> fields = RuleFields.OfDetections(before).Concat(RuleFields.OfCounts(before)).Select(place => place.Field).Distinct();
            foreach (string field in fields.Where(field => mapping.Transformation.Renames(field) && renamed?.ContainsKey(field) is not true))
            {
                passed.Add(new PassedMapping(field, pipeline, mapping.Id, at, mapping.Type, mapping.Span, reason(field)));
            }
        }
    }

    /// <summary>Keeps what the item that acts now renames.</summary>
    internal void Rename(IReadOnlyDictionary<string, ImmutableArray<string>> names) => renamed = names;

    /// <summary>Keeps a step of the post-processing.</summary>
    internal void Add(PostprocessingStep step) => postprocessing.Add(step);

    private static string Reason(PipelineRun run, PipelineItem item, string field, SigmaRule before)
    {
        if (!run.FieldSelected(item, field))
        {
            return item.FieldConditions.Failing(condition => condition.Holds(run, field));
        }

        DetectionItem? other = before.Detections.SelectMany(detection => detection.Body.Leaves())
            .FirstOrDefault(leaf => leaf.Field == field && !item.ItemConditions.Hold(condition => condition.Holds(run, leaf)));
        return other is null ? "none of its cases" : item.ItemConditions.Failing(condition => condition.Holds(run, other));
    }
}
