using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>A rule on its way through the pipelines of one target.</summary>
public sealed class PipelineRun
{
    private readonly List<Diagnostic> diagnostics;
    private int added;

    /// <summary>Starts a run.</summary>
    /// <param name="rule">The rule as parsed; it is not changed.</param>
    /// <param name="diagnostics">Takes what the pipelines report.</param>
    public PipelineRun(SigmaRule rule, List<Diagnostic> diagnostics)
    {
        Rule = rule;
        this.diagnostics = diagnostics;
    }

    /// <summary>The rule as it stands now.</summary>
    public SigmaRule Rule { get; set; }

    /// <summary>The state that <c>set_state</c> leaves for conditions, templates and backends.</summary>
    public Dictionary<string, string> State { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of the items that have acted on this rule.</summary>
    public HashSet<string> Applied { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a step has refused the rule.</summary>
    public bool Failed { get; private set; }

    /// <summary>Runs pipelines over a rule.</summary>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <remarks>It stops at the first step that refuses the rule.</remarks>
    public void Apply(IReadOnlyList<Pipeline> pipelines)
    {
        foreach (Pipeline pipeline in pipelines)
        {
            foreach (PipelineItem item in pipeline.Items)
            {
                if (!item.RuleConditions.Hold(condition => condition.Holds(this)))
                {
                    continue;
                }

                item.Transformation.Apply(this, item);
                if (Failed)
                {
                    return;
                }

                if (item.Id is not null)
                {
                    Applied.Add(item.Id);
                }
            }
        }
    }

    /// <summary>Reports a finding; an error refuses the rule.</summary>
    public void Report(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        Failed |= diagnostic.Severity is Severity.Error;
    }

    /// <summary>A name for a detection that a step adds; one that the rule does not use itself.</summary>
    /// <param name="wanted">The name that the pipeline asks for; null for any.</param>
    public string NameForAdded(string? wanted)
    {
        string stem = wanted ?? $"{RuleSet.InternalMark}added{RuleSet.InternalMark}";
        string name = stem;
        for (int i = 1; Rule.Detections.Any(detection => detection.Name == name); i++)
        {
            name = $"{stem}_{i}";
        }

        return name;
    }

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
            DetectionItem leaf => Selected(leaf) ? change(leaf) : leaf,
            AllOfDetection all => ChangeEach(all.Items) is { } items ? items.IsEmpty ? null : all with { Items = items } : all,
            AnyOfDetection any => ChangeEach(any.Items) is { } items ? items.IsEmpty ? null : any with { Items = items } : any,
            _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
        };

        bool Selected(DetectionItem leaf) =>
            (ofAnyField || FieldSelected(item, leaf.Field)) && item.ItemConditions.Hold(condition => condition.Holds(this, leaf));

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
}
