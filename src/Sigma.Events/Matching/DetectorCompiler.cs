using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
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
        ReadDocument[] wanted = [.. documents.Where(document => document.Document is not SigmaFilter && settings.Wanted?.Invoke(document) != false)];
        var prepared = new PreparedRule?[wanted.Length];
        PrepareAll(wanted, prepared);
        for (int place = 0; place < wanted.Length; place++)
        {
            ReadDocument document = wanted[place];
            List<Diagnostic> diagnostics = prepared[place]?.Diagnostics ?? FindingsOf(document);
            bool done = !IsBroken(document, diagnostics) && document.Document switch
            {
                // What only a correlation counts is prepared with it.
                SigmaRule when links.PartOf(document) is not null => true,
                SigmaRule => AddRule(document, prepared[place]!, diagnostics),
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

        return new Detector(fields, compiler.Sources, searches, counters, new EventClock(fields, compiler.Sources, settings.TimeField), settings.CorrelationMemory, rules, failed);
    }

    private static MatchedRule RuleOf(ReadDocument document) => new(document.Metadata, document.Span.Source.Path);

    private List<Diagnostic> FindingsOf(ReadDocument document) => [.. document.Diagnostics, .. links.FindingsOf(document)];

    private bool IsBroken(ReadDocument document, List<Diagnostic> diagnostics) =>
        document.Document is null || diagnostics.Exists(d => d.Severity is Severity.Error || (settings.Strict && d.Severity is Severity.Warning));

    private void PrepareAll(ReadDocument[] wanted, PreparedRule?[] prepared)
    {
        try
        {
            Parallel.For(0, wanted.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, place => prepared[place] = Prepare(wanted[place]));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }

    /// <summary>Does for a rule what can be done in any order, on any thread.</summary>
    /// <returns>What came of it; null for a document that is prepared in its turn.</returns>
    private PreparedRule? Prepare(ReadDocument document)
    {
        List<Diagnostic> diagnostics = FindingsOf(document);
        if (document.Document is not SigmaRule rule || links.PartOf(document) is not null || IsBroken(document, diagnostics))
        {
            return null;
        }

        var found = new List<Diagnostic>();
        ImmutableArray<Plan>? plans = planner.Plan(links.Filtered(rule), found);
        Plan[] plain = [.. (plans ?? []).Where(plan => plan is SearchPlan)];
        RuleTest? test = plain.Length > 0 ? compiler.Compile(plain, found) : null;
        return new PreparedRule(plans, test, plain.Length > 0 && test is null, diagnostics, found);
    }

    private bool AddRule(ReadDocument document, PreparedRule prepared, List<Diagnostic> diagnostics)
    {
        diagnostics.AddRange(prepared.Found);
        if (prepared.Plans is not { } plans || prepared.Fails)
        {
            return false;
        }

        MatchedRule reported = RuleOf(document);
        if (prepared.Test is { } test)
        {
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
        if (compiler.Compile(variants, [events], diagnostics) is not { } test)
        {
            return false;
        }

        var search = new Search(test, new MatchedRule(events.Rule.Metadata, events.Rule.Span.Source.Path), null);
        search.Feeds.Add(new Feed(counter, part, Slots(measure.GroupBy), Slots(measure.Fields), figure));
        searches.Add(search);
        return true;

        int[][] Slots(ImmutableArray<string> names) => [.. names.Select(name => (int[])[.. variants.NamesOf(input.ExtraFields[name]).Select(fields.SlotOf)])];
    }

    /// <summary>What came of a rule before its turn.</summary>
    /// <param name="Plans">The plans of its conditions; null after an error.</param>
    /// <param name="Test">The test of those that count nothing; null if there are none, or after an error.</param>
    /// <param name="Fails">Whether the test is missing for an error.</param>
    /// <param name="Diagnostics">What was known of the document.</param>
    /// <param name="Found">What was found besides.</param>
    private sealed record PreparedRule(ImmutableArray<Plan>? Plans, RuleTest? Test, bool Fails, List<Diagnostic> Diagnostics, List<Diagnostic> Found);
}
