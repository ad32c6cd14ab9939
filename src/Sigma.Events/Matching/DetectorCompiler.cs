using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Makes rules, correlations and older aggregations ready together.</summary>
/// <param name="links">The documents of all files, linked.</param>
/// <param name="settings">How.</param>
internal sealed class DetectorCompiler(RuleSet links, DetectorSettings settings)
{
    private readonly FieldTable fields = new();
    private readonly List<Search> searches = [];
    private readonly List<CorrelationCounter> counters = [];
    private readonly Dictionary<ReadDocument, CorrelationCounter?> made = new(ReferenceEqualityComparer.Instance);
    private readonly Planner planner = Planner.ForEvents(settings.Pipelines, settings.PipelineSettings);
    private RuleTestCompiler? testCompiler;

    private RuleTestCompiler Tests => LazyInitializer.EnsureInitialized(ref testCompiler, () => new RuleTestCompiler(fields, settings.Unknown, settings.RegexTime, explains: false));

    /// <summary>Makes what is the same for all rules: what is known of log sources, and the tables for texts. Another thread can do that while the rules are looked for.</summary>
    public static void MakeTables()
    {
        LogSources known = LogSources.BuiltIn;
        foreach (LogSource source in known.Categories.Concat(known.Services))
        {
            known.VariantsOf(source);
        }

        _ = KnownLogs.OwnChannels;
        _ = NgramIndex.Fold('a');
    }

    /// <summary>Prepares a document as far as that does not depend on others. Safe for any number of threads.</summary>
    /// <param name="document">The document, wanted or not.</param>
    /// <returns>What is needed of it from now on, which for most rules is not the document.</returns>
    public PreparedDocument Prepare(ReadDocument document)
    {
        LogSource? source = (document.Document as SigmaRule)?.LogSource is { } written ? written with { Span = default } : null;
        if (document.Document is SigmaFilter || settings.Wanted?.Invoke(document) == false)
        {
            return new PreparedDocument(source, null, [], null) { IsWanted = false };
        }

        List<Diagnostic> diagnostics = [.. document.Diagnostics, .. links.FindingsOf(document)];
        bool isBroken = document.Document is null || diagnostics.Exists(d => d.Severity is Severity.Error || (settings.Strict && d.Severity is Severity.Warning));
        if (isBroken || document.Document is not SigmaRule rule || links.PartOf(document) is not null)
        {
            return new PreparedDocument(source, null, diagnostics, document) { IsBroken = isBroken };
        }

        ImmutableArray<Plan>? plans = planner.Plan(links.Filtered(rule), diagnostics);
        Plan[] plain = [.. (plans ?? []).Where(plan => plan is SearchPlan)];
        RuleTest? test = plain.Length > 0 ? Tests.Compile(plain, diagnostics) : null;
        CountPlan[] counts = [.. (plans ?? []).OfType<CountPlan>()];
        bool isDone = test is not null && counts.Length == 0 && diagnostics.Count == 0;
        return new PreparedDocument(source, test, diagnostics, isDone ? null : document)
        {
            Rule = MatchedRule.Of(document.Metadata, document.Span, settings.BriefRules),
            Counts = counts,
            IsBroken = plans is null || (plain.Length > 0 && test is null),
        };
    }

    /// <summary>Makes all that is wanted ready.</summary>
    /// <param name="documents">What was prepared, in the order of the files.</param>
    /// <param name="report">Takes each finding, with the document it is about.</param>
    /// <returns>What evaluates them.</returns>
    public Detector Compile(IEnumerable<PreparedDocument> documents, Action<ReadDocument, Diagnostic> report)
    {
        int rules = 0;
        int failed = 0;
        foreach (PreparedDocument prepared in documents.Where(document => document.IsWanted))
        {
            List<Diagnostic> diagnostics = prepared.Diagnostics;
            bool done = !prepared.IsBroken && Add(prepared);
            if (prepared.Document is { } document)
            {
                foreach (Diagnostic diagnostic in diagnostics)
                {
                    report(document, diagnostic);
                }

                // A template without a rule is a warning and no failure.
                failed += !done && (document.Document is not null || diagnostics.Exists(d => d.Severity is Severity.Error)) ? 1 : 0;
            }

            rules += done ? 1 : 0;
        }

        return new Detector(fields, Tests.Sources, searches, counters, new EventClock(fields, Tests.Sources, settings.TimeField), settings.CorrelationMemory, rules, failed);
    }

    private bool Add(PreparedDocument prepared)
    {
        if (prepared.Document is { Document: SigmaCorrelation correlation } document)
        {
            return AddCorrelation(document, correlation, prepared.Diagnostics) is not null;
        }

        if (prepared.Test is { } test)
        {
            searches.Add(new Search(test, prepared.Rule!, prepared.Rule));
        }

        // The older `search | count() by x > 5` and `search | near a and not b`. What only a correlation counts is prepared with it.
        return prepared.Counts.All(plan => AddCounter(plan, prepared.Rule, prepared.Diagnostics) is not null);
    }

    private CorrelationCounter? AddCorrelation(ReadDocument document, SigmaCorrelation correlation, List<Diagnostic> diagnostics) =>
        made.TryGetValue(document, out CorrelationCounter? known) ? known
        : new CorrelationPlanner(planner, links, diagnostics, null).Plan(correlation) is { } plan ? AddCorrelation(document, plan, diagnostics)
        : null;

    private CorrelationCounter? AddCorrelation(ReadDocument document, CountPlan plan, List<Diagnostic> diagnostics)
    {
        made[document] = null;
        bool reported = links.PartOf(document) is null && settings.Wanted?.Invoke(document) != false;
        return made[document] = AddCounter(plan, reported ? MatchedRule.Of(document.Metadata, document.Span, settings.BriefRules) : null, diagnostics);
    }

    private CorrelationCounter? AddCounter(CountPlan plan, MatchedRule? reported, List<Diagnostic> diagnostics)
    {
        var counter = new CorrelationCounter(plan.Measure, [.. plan.Inputs.Select(input => input.Label)], plan.Order, reported);
        var figures = new List<string>();
        for (int part = 0; part < plan.Inputs.Length; part++)
        {
            if (!AddInput(plan.Measure, plan.Inputs[part], counter, part, figures, diagnostics))
            {
                return null;
            }
        }

        counters.Add(counter);
        return counter;
    }

    private bool AddInput(
        Correlation measure, PlannedInput input, CorrelationCounter counter, int part, List<string> figures, List<Diagnostic> diagnostics)
    {
        if (input.Plan is SearchPlan events)
        {
            // Rules whose counted fields have aliases measure different things of one event.
            string figure = string.Join('\n', measure.Fields.Select(field => input.Aliases.FirstOrDefault(alias => alias.Alias == field).Field ?? field));
            if (!figures.Contains(figure))
            {
                figures.Add(figure);
            }

            return AddEvents(measure, input, events, counter, part, figures.IndexOf(figure), diagnostics);
        }

        if ((made.TryGetValue(input.Document!, out CorrelationCounter? inner) ? inner : AddCorrelation(input.Document!, (CountPlan)input.Plan, diagnostics)) is not { } rows)
        {
            return false;
        }

        rows.Feeds.Add(new ChainedFeed(counter, part, [.. measure.GroupBy.Select(field => input.Names[field][0])], [.. measure.Fields.Select(field => input.Names[field][0])]));
        return true;
    }

    private bool AddEvents(
        Correlation measure, PlannedInput input, SearchPlan events, CorrelationCounter counter, int part, int figure, List<Diagnostic> diagnostics)
    {
        var variants = new RuleVariants(events.Rule);
        if (Tests.Compile(variants, [events], diagnostics) is not { } test)
        {
            return false;
        }

        var search = new Search(test, MatchedRule.Of(events.Rule.Metadata, events.Rule.Span, settings.BriefRules), null);
        search.Feeds.Add(new Feed(counter, part, Slots(measure.GroupBy), Slots(measure.Fields), figure));
        searches.Add(search);
        return true;

        int[][] Slots(ImmutableArray<string> names) => [.. names.Select(name => (int[])[.. variants.NamesOf(input.ExtraFields[name]).Select(fields.SlotOf)])];
    }
}
