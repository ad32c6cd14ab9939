using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>A rule on its way through the pipelines of one target.</summary>
internal sealed partial class PipelineRun
{
    private readonly List<Diagnostic> diagnostics;
    private int added;
    private long made;
    private long worked;
    private (NamedDetection[]? Detections, Condition[]? Conditions, long Weight) weighed;
    private Dictionary<DetectionItem, ImmutableHashSet<string>>? itemTracking;
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private string pipelineName = "";
    private bool own;
    private PipelineItem? acting;

    /// <summary>Starts a run.</summary>
    /// <param name="rule">The rule as parsed; it is not changed.</param>
    /// <param name="diagnostics">Takes what the pipelines report.</param>
    /// <param name="settings">What the pipelines share; null for nothing allowed and no variables.</param>
    public PipelineRun(SigmaRule rule, List<Diagnostic> diagnostics, PipelineSettings? settings = null)
    {
        Rule = rule;
        this.diagnostics = diagnostics;
        Settings = settings ?? PipelineSettings.Default;
        Mapping = new MappingCheck(this);
    }

    /// <summary>The rule as it stands now.</summary>
    public SigmaRule Rule { get; set; }

    /// <summary>Permissions, variables, and what was fetched from outside.</summary>
    public PipelineSettings Settings { get; }

    /// <summary>Whether the rule stands for a correlation, for conditions that ask.</summary>
    public bool IsCorrelation { get; init; }

    /// <summary>For a correlation, the log sources of the rules that it counts; null for a rule.</summary>
    public IReadOnlyList<LogSource>? CountedLogSources { get; init; }

    /// <summary>Whether it is remembered which pipeline items have acted on what; no need if none of them asks.</summary>
    public bool TracksItems { get; init; } = true;

    /// <summary>Keeps what each item does; null without a trace.</summary>
    public PipelineTrace? Trace { get; init; }

    /// <summary>The state that <c>set_state</c> leaves for conditions, templates and backends.</summary>
    public Dictionary<string, string> State { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys of the state that the user's pipelines have set. A target's own pipeline leaves these.</summary>
    public IReadOnlySet<string> ChosenState => chosen;

    /// <summary>The ids of the items that have acted on this rule.</summary>
    public HashSet<string> Applied { get; } = new(StringComparer.Ordinal);

    /// <summary>What became of the rule's field names.</summary>
    public FieldTracking Fields { get; } = new();

    /// <summary>What the pipelines leave as the rule has it.</summary>
    public MappingCheck Mapping { get; }

    /// <summary>Whether a step has refused the rule.</summary>
    public bool Failed { get; private set; }

    /// <summary>Runs pipelines over a rule.</summary>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <remarks>It stops at the first step that refuses the rule. At the end the fields that none of them mapped are reported, if the settings say so.</remarks>
    public void Apply(IReadOnlyList<Pipeline> pipelines)
    {
        foreach (Pipeline pipeline in pipelines)
        {
            pipelineName = pipeline.Name;
            own = pipeline.IsOwn;
            Mapping.Enter(pipeline);
            ApplyItems(pipeline.Items);
        }

        if (!Failed && !IsCorrelation && DetectionIndex.Check(Rule, Settings.Limits) is { } tooMuch)
        {
            Report(tooMuch);
        }

        if (!Failed && !IsCorrelation)
        {
            Mapping.Report(pipelines);
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

            if (Trace is null)
            {
                Act(item);
            }
            else
            {
                Trace.Watch(this, pipelineName, item, diagnostics, () => Act(item));
            }
        }
    }

    /// <summary>Lets an item act where its rule conditions hold.</summary>
    /// <returns>Whether they do.</returns>
    private bool Act(PipelineItem item)
    {
        worked += Weight();
        if (worked > Settings.Limits[Limits.PipelineWork])
        {
            Report(Settings.Limits.Exceeded(Limits.PipelineWork, Diagnostic.PipelineTooLong, item.Span));
            return false;
        }

        acting = item;
        try
        {
            if (!item.RuleConditions.Hold(this, static (condition, run) => condition.Holds(run)))
            {
                return false;
            }

            Mapping.Act(item);
        }
        catch (PipelinePattern.TooLongException)
        {
            Afford(long.MaxValue / 2);
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException exception)
        {
            Report(Diagnostic.PatternTooSlow(item.Span, exception.Input.Length > 60 ? exception.Input[..60] + "…" : exception.Input));
        }

        if (!Failed && item.Id is not null)
        {
            Applied.Add(item.Id);
        }

        return true;
    }

    /// <summary>
    /// Whether a step may make so much more of the rule. Steps multiply: a field becomes two, a placeholder a list, and the next
    /// step does the same with each. See <see cref="ValueCost"/>.
    /// </summary>
    /// <returns>False after a report, which refuses the rule.</returns>
    internal bool Afford(long cost)
    {
        made += cost;
        if (made <= Settings.Limits[Limits.RuleValues])
        {
            return true;
        }

        if (!Failed)
        {
            Report(Settings.Limits.Exceeded(Limits.RuleValues, Diagnostic.TooManyValuesMade, acting?.Span));
        }

        return false;
    }

    /// <summary>What a step has to look at.</summary>
    private long Weight()
    {
        NamedDetection[]? detections = ImmutableCollectionsMarshal.AsArray(Rule.Detections);
        Condition[]? conditions = ImmutableCollectionsMarshal.AsArray(Rule.Conditions);
        if (!ReferenceEquals(weighed.Detections, detections) || !ReferenceEquals(weighed.Conditions, conditions))
        {
            long weight = 1 + Rule.Conditions.Length + Rule.Metadata.Tags.Count + Rule.Metadata.Custom.Count + Rule.Metadata.Fields.Count;
            foreach (NamedDetection detection in Rule.Detections)
            {
                weight += ValueCost.Of(detection.Body);
            }

            weighed = (detections, conditions, weight);
        }

        return weighed.Weight;
    }

    /// <summary>Leaves a value in the state, unless a target's own pipeline would replace what the user's have left.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null takes back what was left.</param>
    internal void SetState(string key, string? value)
    {
        if (own && chosen.Contains(key))
        {
            return;
        }

        if (value is null)
        {
            State.Remove(key);
            chosen.Remove(key);
            return;
        }

        State[key] = value;
        if (!own)
        {
            chosen.Add(key);
        }
    }

    /// <summary>Starts with what the rules of a correlation have left.</summary>
    /// <param name="state">The values by key.</param>
    /// <param name="keys">The keys that the user's pipelines have set.</param>
    internal void Inherit(IReadOnlyDictionary<string, string> state, IReadOnlySet<string> keys)
    {
        foreach ((string key, string value) in state)
        {
            State[key] = value;
        }

        chosen.UnionWith(keys);
    }

    /// <summary>Takes in all that one item renamed.</summary>
    internal void Rename(IReadOnlyDictionary<string, ImmutableArray<string>> renamed, PipelineItem item)
    {
        Fields.Add(renamed, item.Id, TracksItems);
        Trace?.Rename(renamed);
    }

    /// <summary>Reports a finding; an error refuses the rule.</summary>
    public void Report(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        Failed |= diagnostic.Severity is Severity.Error;
    }

    /// <summary>Gives the rule another log source. Which log holds it is then to be said anew.</summary>
    internal void ChangeLogSource(string? category, string? product, string? service)
    {
        Rule = Rule with { LogSource = Rule.LogSource with { Category = category, Product = product, Service = service } };
        Mapping.Forget();
    }

    /// <summary>A name for a detection that a step adds; no rule uses it, and no selector of the rule sees it.</summary>
    /// <param name="wanted">What it is called among added ones, for steps that share a detection; null for a new one.</param>
    public string NameForAdded(string? wanted) =>
        NamedDetection.AddedPrefix + (wanted ?? (++added).ToString());

    /// <summary>
    /// The fields of the rule's detections that no step has mapped, once each, with the first place of each. A field is mapped
    /// when it has its name from a step: any renaming, even to the same name, or a step that made the field from a value.
    /// </summary>
    public IReadOnlyList<(string Field, Span Span)> UnmappedFields() => Unmapped(RuleFields.OfDetections(Rule));

    /// <summary>The same for the fields that are counted, or by which counts are told apart.</summary>
    public IReadOnlyList<(string Field, Span Span)> UnmappedCountedFields() => Unmapped(RuleFields.OfCounts(Rule));

    private (string Field, Span Span)[] Unmapped(IEnumerable<(string Field, Span Span)> fields) =>
        Fields.NotMade(fields);
}
