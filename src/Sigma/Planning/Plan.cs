using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>
/// What one condition of a rule, or a correlation, asks for: filters and pipelines are applied, and nothing is left but
/// expressions over fields and what is counted over them. All that uses rules starts here, so that what is evaluated,
/// explained and sampled is what is converted.
/// </summary>
public abstract record Plan
{
    private protected Plan(PipelineRun run, Span span, IReadOnlyList<LogSource> logSources, IReadOnlyList<string> writtenFields)
    {
        Run = run;
        Span = span;
        LogSources = logSources;
        WrittenFields = writtenFields;
    }

    /// <summary>The rule after the pipelines; for a correlation, its metadata, timespan and first log source in the form of a rule.</summary>
    public SigmaRule Rule => Run.Rule;

    /// <summary>Where it is written: the condition, or the correlation.</summary>
    public Span Span { get; }

    /// <summary>The log source after the pipelines; for a correlation, those of all its rules.</summary>
    public IReadOnlyList<LogSource> LogSources { get; }

    /// <summary>The fields to show, by the names that the author gave.</summary>
    public IReadOnlyList<string> WrittenFields { get; }

    /// <summary>The state that the pipelines set for templates.</summary>
    public IReadOnlyDictionary<string, string> State => Run.State;

    /// <summary>The search of a condition itself, whatever is counted over its events; of a correlation, that of its first rule.</summary>
    internal SearchPlan Search => this is CountPlan count ? count.Inputs[0].Plan.Search : (SearchPlan)this;

    /// <summary>The run that made it, which goes on after the query is written.</summary>
    internal PipelineRun Run { get; }
}

/// <summary>The events that an expression selects.</summary>
public sealed record SearchPlan : Plan
{
    internal SearchPlan(PipelineRun run, Span span, Expr expression, IReadOnlyList<string> writtenFields)
        : base(run, span, [run.Rule.LogSource], writtenFields) => Expression = expression;

    /// <summary>Which events.</summary>
    public Expr Expression { get; }

    /// <summary>The searches that the expression was written from, for other forms of the rule; it selects the events of any of them.</summary>
    internal ImmutableArray<ConditionNode> Searches { get; init; } = [];
}

/// <summary>What is counted over the events, or rows, of its inputs: a correlation, the older <c>| count()</c>, or <c>| near</c>.</summary>
public sealed record CountPlan : Plan
{
    internal CountPlan(PipelineRun run, Span span, Correlation measure, ImmutableArray<PlannedInput> inputs, IReadOnlyList<string> writtenFields)
        : base(run, span, [.. inputs.SelectMany(input => input.Plan.LogSources)], writtenFields)
    {
        Measure = measure;
        Inputs = inputs;
    }

    /// <summary>What is counted, in the field names after the pipelines; its expression names the labels of the inputs.</summary>
    public Correlation Measure { get; }

    /// <summary>What is counted over, at least one.</summary>
    public ImmutableArray<PlannedInput> Inputs { get; }

    /// <summary>The order in which the inputs must match; null if any will do.</summary>
    internal TemporalOrder? Order { get; init; }

    /// <summary>The fields of the rows that the count makes, by their names in the correlation, for correlations of it.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Columns { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>One of the things that a count goes over.</summary>
/// <param name="Label">What the count calls it; letters, digits and <c>_ - .</c> only, so that it needs no quotes in any language.</param>
/// <param name="Plan">The events, or the rows of another count.</param>
/// <param name="Names">The fields and aliases that the count uses, by their names in the correlation, with their names after the pipelines.</param>
/// <param name="Aliases">The aliases, each with the field it stands for here.</param>
public sealed record PlannedInput(
    string Label,
    Plan Plan,
    IReadOnlyDictionary<string, ImmutableArray<string>> Names,
    IReadOnlyList<(string Alias, string Field)> Aliases)
{
    /// <summary>The document that it is of; null if that is the one that counts.</summary>
    internal ReadDocument? Document { get; init; }

    /// <summary>The places of the used fields and aliases among the extra fields of the rule; none for rows.</summary>
    internal IReadOnlyDictionary<string, int> ExtraFields { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Creates an input of events.</summary>
    /// <param name="label">What the count calls it.</param>
    /// <param name="events">The events.</param>
    /// <param name="extraFields">The places of the used fields and aliases among the extra fields of the rule; none where no field has another name.</param>
    internal PlannedInput(string label, SearchPlan events, IReadOnlyDictionary<string, int> extraFields)
        : this(label, events, extraFields.ToDictionary(field => field.Key, field => events.Rule.ExtraFields[field.Value].Names, StringComparer.Ordinal), []) =>
        ExtraFields = extraFields;
}
