using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>A processing pipeline: the changes to a rule before it is written for a target.</summary>
public sealed record Pipeline
{
    internal Pipeline(string name, long priority, ImmutableArray<string> allowedBackends, IReadOnlyDictionary<string, YamlNode> variables, ImmutableArray<PipelineItem> items)
    {
        Name = name;
        Priority = priority;
        AllowedBackends = allowedBackends;
        Variables = variables;
        Items = items;
    }

    /// <summary>The name it is reported under.</summary>
    public string Name { get; init; }

    /// <summary>Pipelines run by ascending priority: 10 log sources, 20 fields of a target, 50 and up output.</summary>
    public long Priority { get; init; }

    /// <summary>The targets that it is for; empty for any.</summary>
    public ImmutableArray<string> AllowedBackends { get; init; }

    /// <summary>What it says that it maps completely (<c>complete</c>); null if it says nothing about that.</summary>
    internal CompleteParts? Complete { get; init; }

    /// <summary>
    /// The log sources that several logs record (<c>several_logs</c>). Which of them a user has is the user's choice, so none is named, and
    /// a query that asks for none is not reported.
    /// </summary>
    internal ImmutableArray<LogSource> InSeveralLogs { get; init; } = [];

    /// <summary>One line on what it is for; null if it does not say.</summary>
    internal string? Description { get; init; }

    /// <summary>The options of a target that it sets, unless the user sets them: its <c>options</c>.</summary>
    internal IReadOnlyDictionary<string, YamlScalar> Options { get; init; } = System.Collections.Frozen.FrozenDictionary<string, YamlScalar>.Empty;

    /// <summary>Whether it is a target's own, which runs without being asked for; what the user's pipelines leave in the state stays then.</summary>
    internal bool IsOwn { get; init; }

    /// <summary>Its <c>vars</c>.</summary>
    internal IReadOnlyDictionary<string, YamlNode> Variables { get; init; }

    /// <summary>Its transformations in order.</summary>
    internal ImmutableArray<PipelineItem> Items { get; init; }

    /// <summary>The changes to each query (<c>postprocessing</c>), in order.</summary>
    internal ImmutableArray<QueryItem> QueryItems { get; init; } = [];

    /// <summary>The changes to all queries together (<c>finalizers</c>), in order.</summary>
    internal ImmutableArray<Finalizer> Finalizers { get; init; } = [];

    /// <summary>The text it was read from; null for one that was not read.</summary>
    internal SourceText? Source { get; init; }
}

/// <summary>
/// What a pipeline maps completely. What it leaves is then missing in the schema that it maps to; where it does not say so of
/// the fields, the others have the names that they have in rules.
/// </summary>
/// <param name="Fields">Whether the schema has no other fields than those that it maps to.</param>
/// <param name="LogSources">Whether it knows the log of each log source that the schema has.</param>
internal sealed record CompleteParts(bool Fields, bool LogSources)
{
    /// <summary>The word for fields.</summary>
    public const string FieldsWord = "fields";

    /// <summary>The word for log sources.</summary>
    public const string LogSourcesWord = "log_sources";
}

/// <summary>One entry of <c>transformations:</c> with the conditions under which it acts.</summary>
/// <param name="Id">The name under which later conditions can ask whether it ran; null if not given.</param>
/// <param name="Type">The transformation's type, for messages.</param>
/// <param name="Index">Its place in its list, from 0.</param>
/// <param name="Transformation">What it does.</param>
/// <param name="RuleConditions">Whether it acts on a rule.</param>
/// <param name="ItemConditions">Whether it acts on a detection item.</param>
/// <param name="FieldConditions">Whether it acts on a field name.</param>
/// <param name="Span">Its position.</param>
internal sealed record PipelineItem(
    string? Id,
    string Type,
    int Index,
    Transformation Transformation,
    ConditionSet<RuleCondition> RuleConditions,
    ConditionSet<ItemCondition> ItemConditions,
    ConditionSet<FieldCondition> FieldConditions,
    Span Span)
{
    /// <summary>Whether it asks which items have acted on a detection item or a field name.</summary>
    internal bool AsksForItems =>
        ItemConditions.Conditions.Any(condition => condition is ItemAppliedToItem)
        || FieldConditions.Conditions.Any(condition => condition is ItemAppliedToField)
        || (Transformation is Nest nest && nest.Items.Any(inner => inner.AsksForItems));
}

/// <summary>A step of a pipeline.</summary>
internal abstract class Transformation
{
    /// <summary>Acts on the rule of a run. The item's rule conditions hold.</summary>
    /// <param name="run">The rule on its way through the pipelines.</param>
    /// <param name="item">The item this belongs to, for its other conditions and its place.</param>
    public abstract void Apply(PipelineRun run, PipelineItem item);

    /// <summary>Whether it acts on items or fields of the rule, and so asks the conditions about them.</summary>
    internal virtual bool ActsOnItems => true;

    /// <summary>Whether it can say which log holds the events of a rule, where it acts only on rules of some log source.</summary>
    internal virtual bool NamesLogs => false;

    /// <summary>Whether it would rename a field, if its conditions held.</summary>
    internal virtual bool Renames(string field) => false;

    /// <summary>The fields that it has names for, one by one; none for a step that is about any field, or about none.</summary>
    internal virtual IEnumerable<string> KnownFields => [];
}

/// <summary>A condition on the rule as a whole.</summary>
internal abstract class RuleCondition
{
    /// <summary>Whether it holds.</summary>
    public abstract bool Holds(PipelineRun run);
}

/// <summary>A condition on one detection item.</summary>
internal abstract class ItemCondition
{
    /// <summary>Whether it holds.</summary>
    public abstract bool Holds(PipelineRun run, Rules.DetectionItem item);
}

/// <summary>A condition on a field name.</summary>
internal abstract class FieldCondition
{
    /// <summary>Whether it holds.</summary>
    /// <param name="run">The rule on its way.</param>
    /// <param name="field">The field's name; null for keywords.</param>
    public abstract bool Holds(PipelineRun run, string? field);
}
