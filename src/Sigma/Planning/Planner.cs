using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>Plans rules: runs the pipelines over them once, and writes their detections into each of their conditions. Nothing else runs pipelines or writes expressions.</summary>
/// <param name="pipelines">The pipelines in the order they run.</param>
/// <param name="settings">The settings that the pipelines share.</param>
/// <param name="user">The title of what uses the plans, for messages.</param>
internal sealed class Planner(IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, string user)
{
    private readonly bool tracksItems = pipelines.Any(pipeline => pipeline.Items.Any(item => item.AsksForItems));

    /// <summary>Creates a planner for events, each of which is asked by itself.</summary>
    /// <param name="pipelines">The user's pipelines in the order they run.</param>
    /// <param name="settings">The settings that the pipelines share.</param>
    /// <param name="user">The title of what uses the plans, for messages.</param>
    public static Planner ForEvents(IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, string user = "sigmac match") =>
        new(pipelines, settings.For(pipelines, "match", "", new Dictionary<string, string>()), user) { NamesMayDiffer = true };

    /// <summary>The title of what uses the plans, for messages.</summary>
    public string User => user;

    /// <summary>
    /// Whether each input of a count may have names of its own for the fields that are counted, and several for one, as where each
    /// event is asked by itself. Then a measure keeps the names that its author gave; otherwise it has those that all inputs agree on.
    /// </summary>
    public bool NamesMayDiffer { get; init; }

    /// <summary>Plans each condition of a rule.</summary>
    /// <param name="rule">The rule, with its filters.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="trace">Keeps what happens; null to keep nothing.</param>
    /// <returns>A plan per condition, in order; null after an error.</returns>
    public ImmutableArray<Plan>? Plan(SigmaRule rule, List<Diagnostic> diagnostics, RuleTrace? trace = null)
    {
        SigmaRule asked = NamesMayDiffer ? WithCountedFields(rule) : rule;
        if (Run(asked, diagnostics, trace) is not { } run)
        {
            return null;
        }

        Dictionary<string, int> places = NamesMayDiffer ? asked.ExtraFields.Index().ToDictionary(field => field.Item.Names[0], field => field.Index, StringComparer.Ordinal) : [];
        var plans = ImmutableArray.CreateBuilder<Plan>(run.Rule.Conditions.Length);
        for (int i = 0; i < run.Rule.Conditions.Length; i++)
        {
            Condition condition = run.Rule.Conditions[i] with { Aggregation = (NamesMayDiffer ? rule : run.Rule).Conditions[i].Aggregation };
            if (Plan(run, condition, places, rule.Metadata.Fields, diagnostics, trace) is not { } plan)
            {
                return null;
            }

            plans.Add(plan);
        }

        return plans.DrainToImmutable();
    }

    /// <summary>Plans all events of a rule, of any of its conditions, for something that counts them.</summary>
    /// <param name="rule">The rule, with its filters and the fields that are counted.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="trace">Keeps what happens; null to keep nothing.</param>
    /// <returns>The plan; null after an error.</returns>
    public SearchPlan? PlanEvents(SigmaRule rule, List<Diagnostic> diagnostics, RuleTrace? trace = null)
    {
        if (Run(rule, diagnostics, trace) is not { } run)
        {
            return null;
        }

        var alternatives = new List<Expr>();
        foreach (Condition condition in run.Rule.Conditions)
        {
            if (condition.Aggregation is { } inner)
            {
                diagnostics.Add(Diagnostic.NoAggregation(inner.Span, user, "a rule that counts by itself cannot be part of a correlation"));
                return null;
            }

            if (Express(run.Rule, condition.Search, diagnostics) is not { } expr)
            {
                return null;
            }

            alternatives.Add(expr);
        }

        Expr all = alternatives.Count == 1 ? alternatives[0] : Simplifier.Simplify(new OrExpr([.. alternatives], rule.Span));
        trace?.Expressions.Add(all);
        return new SearchPlan(run, rule.Span, all, rule.Metadata.Fields) { Searches = [.. run.Rule.Conditions.Select(condition => condition.Search)] };
    }

    /// <summary>Runs the pipelines over the correlation itself, for its attributes, shown fields and state, and whether it is refused.</summary>
    /// <param name="document">The correlation. It has no detections, and its log sources are those of its rules.</param>
    /// <param name="logSources">The log sources of its rules, after the pipelines.</param>
    /// <param name="state">The state that its rules have left.</param>
    /// <param name="chosen">The keys of it that the user's pipelines have set.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="trace">Keeps what the pipelines do; null to keep nothing.</param>
    /// <returns>The run; null after an error.</returns>
    public PipelineRun? Run(
        SigmaCorrelation document,
        IReadOnlyList<LogSource> logSources,
        IReadOnlyDictionary<string, string> state,
        IReadOnlySet<string> chosen,
        List<Diagnostic> diagnostics,
        PipelineTrace? trace)
    {
        LogSource source = logSources.Count > 0 ? logSources[0] : new LogSource(null, null, null, null, document.Span);
        var rule = new SigmaRule(document.Metadata, source, [], [], document.Span) { Timeframe = document.Correlation.Timespan };
        var run = new PipelineRun(rule, diagnostics, settings) { IsCorrelation = true, CountedLogSources = logSources, TracksItems = tracksItems, Trace = trace };
        run.Inherit(state, chosen);
        run.Apply(pipelines);
        return run.Failed ? null : run;
    }

    /// <summary>The names that fields have after the pipelines; of several names for one, the first.</summary>
    /// <param name="rule">A rule of the log source.</param>
    /// <param name="fields">The fields as rules name them.</param>
    /// <returns>The names, in the order of the fields; null where the pipelines refuse the rule.</returns>
    public IEnumerable<string>? NamesOf(SigmaRule rule, IEnumerable<string> fields) =>
        Run(rule with { Detections = [], ExtraFields = [.. fields.Select(field => new ExtraField(field, isSingle: false, rule.Span))] }, [], null)
            ?.Rule.ExtraFields.Select(field => field.Names[0]);

    /// <summary>Runs pipelines over something in the form of a rule, to see what they make of it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <returns>The rule afterwards; null where they refuse it.</returns>
    public static SigmaRule? Pipe(SigmaRule rule, IReadOnlyList<Pipeline> pipelines) => new Planner(pipelines, PipelineSettings.Default, "").Pipe(rule);

    /// <summary>Runs the pipelines over something in the form of a rule, to see what they make of it.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The rule afterwards; null where they refuse it.</returns>
    public SigmaRule? Pipe(SigmaRule rule) => Run(rule, [], null)?.Rule;

    /// <summary>Pipelines without the items that do nothing to rules of a log source, whatever else those say.</summary>
    /// <param name="source">The log source.</param>
    /// <param name="pipelines">The pipelines in the order they run.</param>
    /// <returns>The pipelines with the others of their items; all of them where an item asks for more of a rule than its log source.</returns>
    public static IReadOnlyList<Pipeline> Acting(LogSource source, IReadOnlyList<Pipeline> pipelines)
    {
        IEnumerable<RuleCondition> asked = pipelines.SelectMany(pipeline => pipeline.Items).SelectMany(item => item.RuleConditions.Conditions);
        var any = new SigmaRule(new Metadata(), source, [], [], source.Span);
        return asked.All(condition => condition is LogSourceCondition or ItemApplied) && new Planner(pipelines, PipelineSettings.Default, "").Run(any, [], null) is { } run
            ? [.. pipelines.Select(pipeline => pipeline with { Items = [.. pipeline.Items.Where(item => item.Id is null || run.Applied.Contains(item.Id))] })]
            : pipelines;
    }

    /// <summary>Writes the detections of a rule into a search.</summary>
    /// <param name="rule">The rule after the pipelines.</param>
    /// <param name="search">The search, of one of its conditions.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The simplified expression; null, after an error, when nothing of the search is left.</returns>
    public static Expr? Express(SigmaRule rule, ConditionNode search, List<Diagnostic> diagnostics) => Normalizer.Normalize(rule, search, diagnostics);

    private PipelineRun? Run(SigmaRule rule, List<Diagnostic> diagnostics, RuleTrace? trace)
    {
        var run = new PipelineRun(rule, diagnostics, settings) { TracksItems = tracksItems, Trace = trace?.Pipelines };
        trace?.Begin(run);
        run.Apply(pipelines);
        trace?.End(run);
        return run.Failed ? null : run;
    }

    /// <summary>The rule with the fields that its conditions count among its extra fields, which may become several; out of the conditions, which need one name.</summary>
    private static SigmaRule WithCountedFields(SigmaRule rule) => rule with
    {
        ExtraFields = [.. rule.Conditions.Select(condition => condition.Aggregation).OfType<Correlation>()
            .SelectMany(measure => measure.GroupBy.Concat(measure.Fields)).Distinct().Select(field => new ExtraField(field, isSingle: false, rule.Span))],
        Conditions = [.. rule.Conditions.Select(condition => condition with { Aggregation = null })],
    };

    private static Plan? Plan(
        PipelineRun run, Condition condition, Dictionary<string, int> places, IReadOnlyList<string> writtenFields, List<Diagnostic> diagnostics, RuleTrace? trace)
    {
        if (Search(condition.Search) is not { } search)
        {
            return null;
        }

        if (condition.Aggregation is not { } measure)
        {
            return search;
        }

        var inputs = ImmutableArray.CreateBuilder<PlannedInput>(condition.Near.Length + 1);
        inputs.Add(new PlannedInput(Condition.SearchName, search, places));
        foreach (NearSearch near in condition.Near)
        {
            if (Search(near.Search) is not { } other)
            {
                return null;
            }

            inputs.Add(new PlannedInput(near.Name, other, places));
        }

        return new CountPlan(run, condition.Span, measure, inputs.DrainToImmutable(), writtenFields);

        SearchPlan? Search(ConditionNode node)
        {
            if (Express(run.Rule, node, diagnostics) is not { } expr)
            {
                return null;
            }

            trace?.Expressions.Add(expr);
            return new SearchPlan(run, condition.Span, expr, writtenFields) { Searches = [node] };
        }
    }
}
