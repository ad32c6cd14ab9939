using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Pipelines;

/// <content>How steps change detection items: which they select, and which steps an item has been through.</content>
internal sealed partial class PipelineRun
{
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
            (ofAnyField || NameSelected(item, leaf)) && item.ItemConditions.Hold((Run: this, leaf), static (condition, about) => condition.Holds(about.Run, about.leaf));

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
        item.FieldConditions.Hold((Run: this, field), static (condition, about) => condition.Holds(about.Run, about.field));

    /// <summary>Whether a pipeline item acted on a detection item, or on what it was made of.</summary>
    public bool WasProcessedBy(DetectionItem leaf, string id) =>
        itemTracking is not null && itemTracking.TryGetValue(leaf, out ImmutableHashSet<string>? ids) && ids.Contains(id);

    /// <summary>The field name conditions look at the item's field and at the fields that its values name.</summary>
    private bool NameSelected(PipelineItem item, DetectionItem leaf) =>
        FieldSelected(item, leaf.Field) || NamesSelected(item, leaf.Values);

    private bool NamesSelected(PipelineItem item, ImmutableArray<Value> values)
    {
        foreach (Value value in values)
        {
            if (value is FieldReferenceValue reference && FieldSelected(item, reference.Field))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The result of an item counts as changed by all steps that changed the item, and by this one.</summary>
    private Detection? Track(DetectionItem before, Detection? after, string? id)
    {
        if (!TracksItems || after is null || ReferenceEquals(before, after) || (id is null && itemTracking is null))
        {
            return after;
        }

        itemTracking ??= new Dictionary<DetectionItem, ImmutableHashSet<string>>(ReferenceEqualityComparer.Instance);
        ImmutableHashSet<string> ids = itemTracking.GetValueOrDefault(before, []);
        ids = id is null ? ids : ids.Add(id);
        foreach (DetectionItem leaf in after.Leaves())
        {
            itemTracking[leaf] = ids;
        }

        return after;
    }
}
