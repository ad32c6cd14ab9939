using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>What one pipeline item did to a rule.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Id">The item's id; null where it has none.</param>
/// <param name="Index">The item's place in its list, from 0.</param>
/// <param name="Type">The transformation's type.</param>
/// <param name="Span">Where the item stands.</param>
/// <param name="Before">The rule before.</param>
/// <param name="After">The rule after.</param>
public sealed record PipelineStep(string Pipeline, string? Id, int Index, string Type, Span Span, SigmaRule Before, SigmaRule After);

/// <summary>A rule on its way through the pipelines of one target.</summary>
public sealed class PipelineRun
{
    private readonly List<Diagnostic> diagnostics;
    private int added;
    private Dictionary<DetectionItem, ImmutableHashSet<string>>? itemTracking;
    private string pipelineName = "";

    /// <summary>Starts a run.</summary>
    /// <param name="rule">The rule as parsed; it is not changed.</param>
    /// <param name="diagnostics">Takes what the pipelines report.</param>
    /// <param name="settings">What the pipelines share; null for nothing allowed and no variables.</param>
    public PipelineRun(SigmaRule rule, List<Diagnostic> diagnostics, PipelineSettings? settings = null)
    {
        Rule = rule;
        this.diagnostics = diagnostics;
        Settings = settings ?? PipelineSettings.Default;
    }

    /// <summary>The rule as it stands now.</summary>
    public SigmaRule Rule { get; set; }

    /// <summary>Permissions, variables, and what was fetched from outside.</summary>
    public PipelineSettings Settings { get; }

    /// <summary>Whether the rule stands for a correlation, for conditions that ask.</summary>
    public bool IsCorrelation { get; init; }

    /// <summary>Is told of each item that changed the rule; null for nobody.</summary>
    public Action<PipelineStep>? Recorder { get; init; }

    /// <summary>The state that <c>set_state</c> leaves for conditions, templates and backends.</summary>
    public Dictionary<string, string> State { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of the items that have acted on this rule.</summary>
    public HashSet<string> Applied { get; } = new(StringComparer.Ordinal);

    /// <summary>What became of the rule's field names.</summary>
    public FieldTracking Fields { get; } = new();

    /// <summary>Whether a step has refused the rule.</summary>
    public bool Failed { get; private set; }

    /// <summary>Runs pipelines over a rule.</summary>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <remarks>It stops at the first step that refuses the rule.</remarks>
    public void Apply(IReadOnlyList<Pipeline> pipelines)
    {
        foreach (Pipeline pipeline in pipelines)
        {
            pipelineName = pipeline.Name;
            ApplyItems(pipeline.Items);
        }
    }

    /// <summary>Runs items over the rule, until one refuses it.</summary>
    internal void ApplyItems(ImmutableArray<PipelineItem> items)
    {
        foreach (PipelineItem item in items)
        {
            if (Failed)
            {
                return;
            }

            SigmaRule before = Rule;
            try
            {
                if (!item.RuleConditions.Hold(condition => condition.Holds(this)))
                {
                    continue;
                }

                item.Transformation.Apply(this, item);
            }
            catch (System.Text.RegularExpressions.RegexMatchTimeoutException exception)
            {
                Report(Codes.PatternTooSlow.At(item.Span, exception.Input.Length > 60 ? exception.Input[..60] + "…" : exception.Input));
            }

            if (!Failed && item.Id is not null)
            {
                Applied.Add(item.Id);
            }

            // The items of a nest have told of themselves.
            if (Recorder is not null && item.Transformation is not Nest && !ReferenceEquals(before, Rule))
            {
                Recorder(new PipelineStep(pipelineName, item.Id, item.Index, item.Type, item.Span, before, Rule));
            }
        }
    }

    /// <summary>Reports a finding; an error refuses the rule.</summary>
    public void Report(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        Failed |= diagnostic.Severity is Severity.Error;
    }

    /// <summary>A name for a detection that a step adds; no rule uses it, and no selector of the rule sees it.</summary>
    /// <param name="wanted">What it is called among added ones, for steps that share a detection; null for a new one.</param>
    public string NameForAdded(string? wanted) =>
        NamedDetection.AddedPrefix + (wanted ?? (++added).ToString());

    /// <summary>Changes detection items, wherever an item's conditions hold.</summary>
    /// <param name="item">The pipeline item, for its detection item and field name conditions.</param>
    /// <param name="change">Gives what takes the place of an item: itself, something else, or null to drop it.</param>
    /// <param name="ofAnyField">Whether the change looks at the field name conditions itself, since values can name fields too.</param>
    public void ChangeItems(PipelineItem item, Func<DetectionItem, Detection?> change, bool ofAnyField = false)
    {
        ImmutableArray<NamedDetection>.Builder? changed = null;
        for (int i = 0; i < Rule.Detections.Length; i++)
        {
            NamedDetection detection = Rule.Detections[i];
            Detection? body = Change(detection.Body);
            if (ReferenceEquals(body, detection.Body))
            {
                changed?.Add(detection);
                continue;
            }

            if (changed is null)
            {
                changed = ImmutableArray.CreateBuilder<NamedDetection>(Rule.Detections.Length);
                changed.AddRange(Rule.Detections.AsSpan(0, i));
            }

            changed.Add(detection with { Body = body ?? new AllOfDetection([], detection.Body.Span) });
        }

        if (changed is not null)
        {
            Rule = Rule with { Detections = changed.DrainToImmutable() };
        }

        Detection? Change(Detection detection) => detection switch
        {
            DetectionItem leaf => Selected(leaf) ? Track(leaf, change(leaf), item.Id) : leaf,
            AllOfDetection all => ChangeEach(all.Items) is { } items ? items.IsEmpty ? null : all with { Items = items } : all,
            AnyOfDetection any => ChangeEach(any.Items) is { } items ? items.IsEmpty ? null : any with { Items = items } : any,
            _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
        };

        bool Selected(DetectionItem leaf) =>
            (ofAnyField || NameSelected(item, leaf)) && item.ItemConditions.Hold(condition => condition.Holds(this, leaf));

        ImmutableArray<Detection>? ChangeEach(ImmutableArray<Detection> items)
        {
            ImmutableArray<Detection>.Builder? result = null;
            for (int i = 0; i < items.Length; i++)
            {
                Detection? next = Change(items[i]);
                if (result is null && !ReferenceEquals(next, items[i]))
                {
                    result = ImmutableArray.CreateBuilder<Detection>(items.Length);
                    result.AddRange(items.AsSpan(0, i));
                }

                if (result is not null && next is not null)
                {
                    result.Add(next);
                }
            }

            return result?.ToImmutable();
        }
    }

    /// <summary>Whether an item's field name conditions hold for a field.</summary>
    public bool FieldSelected(PipelineItem item, string? field) =>
        item.FieldConditions.Hold(condition => condition.Holds(this, field));

    /// <summary>Whether a pipeline item acted on a detection item, or on what it was made of.</summary>
    public bool WasProcessedBy(DetectionItem leaf, string id) =>
        itemTracking is not null && itemTracking.TryGetValue(leaf, out ImmutableHashSet<string>? ids) && ids.Contains(id);

    /// <summary>The fields of the rule that no mapping has touched, once each, with the first place of each.</summary>
    public IReadOnlyList<(string Field, Span Span)> UnmappedFields()
    {
        var fields = new List<(string Field, Span Span)>();
        foreach (NamedDetection detection in Rule.Detections)
        {
            if (!detection.IsAdded)
            {
                Collect(detection.Body);
            }
        }

        return [.. fields.DistinctBy(field => field.Field)];

        void Collect(Detection detection)
        {
            switch (detection)
            {
                case DetectionItem leaf:
                    Add(leaf.Field, leaf.FieldSpan);
                    foreach (FieldReferenceValue reference in ItemValues.Of(leaf).OfType<FieldReferenceValue>())
                    {
                        Add(reference.Field, reference.Span);
                    }

                    break;
                case AllOfDetection all:
                    foreach (Detection inner in all.Items)
                    {
                        Collect(inner);
                    }

                    break;
                case AnyOfDetection any:
                    foreach (Detection inner in any.Items)
                    {
                        Collect(inner);
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(detection.GetType().Name);
            }
        }

        void Add(string? field, Span span)
        {
            if (field is not null && !Fields.IsTarget(field))
            {
                fields.Add((field, span));
            }
        }
    }

    /// <summary>The field name conditions look at the item's field and at the fields that its values name.</summary>
    private bool NameSelected(PipelineItem item, DetectionItem leaf) =>
        FieldSelected(item, leaf.Field) || leaf.Values.Any(value => value is FieldReferenceValue reference && FieldSelected(item, reference.Field));

    /// <summary>What comes of an item has been acted on by all that acted on the item, and by this.</summary>
    private Detection? Track(DetectionItem before, Detection? after, string? id)
    {
        if (after is null || ReferenceEquals(before, after) || (id is null && itemTracking is null))
        {
            return after;
        }

        itemTracking ??= new Dictionary<DetectionItem, ImmutableHashSet<string>>(ReferenceEqualityComparer.Instance);
        ImmutableHashSet<string> ids = itemTracking.GetValueOrDefault(before, []);
        Mark(after, id is null ? ids : ids.Add(id));
        return after;
    }

    private void Mark(Detection detection, ImmutableHashSet<string> ids)
    {
        switch (detection)
        {
            case DetectionItem leaf:
                itemTracking![leaf] = ids;
                break;
            case AllOfDetection all:
                foreach (Detection inner in all.Items)
                {
                    Mark(inner, ids);
                }

                break;
            case AnyOfDetection any:
                foreach (Detection inner in any.Items)
                {
                    Mark(inner, ids);
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException(detection.GetType().Name);
        }
    }
}
