using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Makes rules, correlations and older aggregations ready together.</summary>
/// <param name="links">The documents of all files, linked.</param>
/// <param name="settings">How.</param>
/// <param name="report">Takes each finding, with the document it is about.</param>
internal sealed class DetectorCompiler(RuleSet links, DetectorSettings settings, Action<ReadDocument, Diagnostic> report)
{
    private readonly FieldTable fields = new();
    private readonly List<Search> searches = [];
    private readonly List<CorrelationCounter> counters = [];
    private readonly Dictionary<ReadDocument, CorrelationCounter?> made = new(ReferenceEqualityComparer.Instance);
    private readonly Planner planner = Planner.ForEvents(settings.Pipelines, settings.PipelineSettings);
    private RuleTestCompiler compiler = null!;

    /// <summary>Makes all wanted documents ready.</summary>
    public Detector Compile(IEnumerable<ReadDocument> documents)
    {
        compiler = new RuleTestCompiler(fields, settings.Unknown, settings.RegexTime);
        int rules = 0;
        int failed = 0;
        foreach (ReadDocument document in documents)
        {
            if (document.Document is SigmaFilter || settings.Wanted?.Invoke(document) == false)
            {
                continue;
            }

            List<Diagnostic> diagnostics = [.. document.Diagnostics, .. links.FindingsOf(document)];
            bool broken = document.Document is null || diagnostics.Exists(d => d.Severity is Severity.Error || (settings.Strict && d.Severity is Severity.Warning));
            bool done = !broken && document.Document switch
            {
                // What only a correlation counts is prepared with it.
                SigmaRule when links.PartOf(document) is not null => true,
                SigmaRule rule => AddRule(document, links.Filtered(rule), diagnostics),
                SigmaCorrelation correlation => AddCorrelation(document, correlation, diagnostics) is not null,
                _ => true,
            };
            foreach (Diagnostic diagnostic in diagnostics)
            {
                report(document, diagnostic);
            }

            rules += done ? 1 : 0;

            // A template without a rule is a warning and no failure.
            failed += !done && (document.Document is not null || diagnostics.Exists(d => d.Severity is Severity.Error)) ? 1 : 0;
        }

        IEnumerable<string> times = settings.TimeField is { } field ? [field] : EventTime.Fields;
        int[] timeSlots = [.. times.Select(fields.SlotOf)];
        return new Detector(fields, compiler.Sources, searches, counters, timeSlots, settings.CorrelationMemory, rules, failed);
    }

    private static MatchedRule RuleOf(ReadDocument document) => new(document.Metadata, document.Span.Source.Path);

    private bool AddRule(ReadDocument document, SigmaRule rule, List<Diagnostic> diagnostics)
    {
        if (planner.Plan(rule, diagnostics) is not { } plans)
        {
            return false;
        }

        MatchedRule reported = RuleOf(document);
        Plan[] plain = [.. plans.Where(plan => plan is SearchPlan)];
        if (plain.Length > 0)
        {
            if (compiler.Compile(plain, diagnostics) is not { } test)
            {
                return false;
            }

            searches.Add(new Search(test, reported, reported));
        }

        // The older `search | count() by x > 5` and `search | near a and not b`.
        return plans.OfType<CountPlan>().All(plan => AddCounter(plan, reported, diagnostics) is not null);
    }

    private CorrelationCounter? AddCorrelation(ReadDocument document, SigmaCorrelation correlation, List<Diagnostic> diagnostics) =>
        made.TryGetValue(document, out CorrelationCounter? known) ? known
        : new CorrelationPlanner(planner, links, diagnostics, null).Plan(correlation) is { } plan ? AddCorrelation(document, plan, diagnostics)
        : null;

    private CorrelationCounter? AddCorrelation(ReadDocument document, CountPlan plan, List<Diagnostic> diagnostics)
    {
        made[document] = null;
        bool reported = links.PartOf(document) is null && settings.Wanted?.Invoke(document) != false;
        return made[document] = AddCounter(plan, reported ? RuleOf(document) : null, diagnostics);
    }

    private CorrelationCounter? AddCounter(CountPlan plan, MatchedRule? reported, List<Diagnostic> diagnostics)
    {
        var counter = new CorrelationCounter(plan.Measure, [.. plan.Inputs.Select(input => input.Label)], plan.Order, reported);
        for (int part = 0; part < plan.Inputs.Length; part++)
        {
            if (!AddInput(plan.Measure, plan.Inputs[part], counter, part, diagnostics))
            {
                return null;
            }
        }

        counters.Add(counter);
        return counter;
    }

    private bool AddInput(Correlation measure, PlannedInput input, CorrelationCounter counter, int part, List<Diagnostic> diagnostics)
    {
        if (input.Plan is SearchPlan events)
        {
            return AddEvents(measure, input, events, counter, part, diagnostics);
        }

        if ((made.TryGetValue(input.Document!, out CorrelationCounter? inner) ? inner : AddCorrelation(input.Document!, (CountPlan)input.Plan, diagnostics)) is not { } rows)
        {
            return false;
        }

        rows.Feeds.Add(new ChainedFeed(counter, part, [.. measure.GroupBy.Select(field => input.Names[field][0])], [.. measure.Fields.Select(field => input.Names[field][0])]));
        return true;
    }

    private bool AddEvents(Correlation measure, PlannedInput input, SearchPlan events, CorrelationCounter counter, int part, List<Diagnostic> diagnostics)
    {
        var variants = new RuleVariants(events.Rule);
        if (compiler.Compile(variants, [events], diagnostics) is not { } test)
        {
            return false;
        }

        var search = new Search(test, new MatchedRule(events.Rule.Metadata, events.Rule.Span.Source.Path), null);
        search.Feeds.Add(new Feed(counter, part, Slots(measure.GroupBy), Slots(measure.Fields)));
        searches.Add(search);
        return true;

        int[][] Slots(ImmutableArray<string> names) => [.. names.Select(name => (int[])[.. variants.NamesOf(input.ExtraFields[name]).Select(fields.SlotOf)])];
    }
}
