using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Matching;

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
    private RuleTestCompiler compiler = null!;

    /// <summary>Makes all wanted documents ready.</summary>
    public Detector Compile(IEnumerable<ReadDocument> documents)
    {
        compiler = new RuleTestCompiler(fields, settings.Pipelines, settings.PipelineSettings.For(settings.Pipelines, "match", "", new Dictionary<string, string>()), settings.Unknown, settings.RegexTime);
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
                // What only a correlation counts is made ready with it.
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
        MatchedRule reported = RuleOf(document);
        string[] counted = [.. rule.Conditions.SelectMany(CountedBy)];
        if (compiler.Plan(rule, counted, diagnostics) is not { } planned)
        {
            return false;
        }

        SearchPlan[] plain = [.. rule.Conditions.Zip(planned.Searches).Where(pair => pair.First.Aggregation is null).Select(pair => pair.Second[0])];
        if (plain.Length > 0)
        {
            if (compiler.Compile(planned, plain, diagnostics) is not { } test)
            {
                return false;
            }

            searches.Add(new Search(test, reported, reported));
        }

        int next = 0;
        for (int i = 0; i < rule.Conditions.Length; i++)
        {
            if (rule.Conditions[i].Aggregation is not null && !AddInline(planned, rule.Conditions[i], planned.Searches[i], next, reported, diagnostics))
            {
                return false;
            }

            next += CountedBy(rule.Conditions[i]).Count();
        }

        return true;
    }

    /// <summary>The fields that a condition groups by, and then those that it counts.</summary>
    private static IEnumerable<string> CountedBy(Condition condition) =>
        condition.Aggregation is { } counted ? counted.GroupBy.Concat(counted.Fields) : [];

    /// <summary>The older <c>search | count() by x &gt; 5</c> and <c>search | near a and not b</c>.</summary>
    private bool AddInline(VariantPlans planned, Condition condition, ImmutableArray<SearchPlan> parts, int firstCounted, MatchedRule reported, List<Diagnostic> diagnostics)
    {
        Correlation counted = condition.Aggregation!;
        int[] groups = [.. Enumerable.Range(firstCounted, counted.GroupBy.Length)];
        int[] values = [.. Enumerable.Range(firstCounted + groups.Length, counted.Fields.Length)];
        var counter = new CorrelationCounter(counted, [Condition.SearchName, .. condition.Near.Select(near => near.Name)], null, reported);
        counters.Add(counter);
        for (int part = 0; part < parts.Length; part++)
        {
            if (!AddPart(planned, [parts[part]], counter, part, groups, values, diagnostics))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds searches of a rule, the events of any of which a correlation counts; the fields are told by their places among the rule's extra fields.</summary>
    private bool AddPart(
        VariantPlans planned, IReadOnlyList<SearchPlan> counted, CorrelationCounter counter, int part, int[] groups, int[] values, List<Diagnostic> diagnostics)
    {
        if (compiler.Compile(planned, counted, diagnostics) is not { } test)
        {
            return false;
        }

        var search = new Search(test, new MatchedRule(planned.Rule.Metadata, planned.Rule.Span.Source.Path), null);
        search.Feeds.Add(new Feed(counter, part, Slots(groups), Slots(values)));
        searches.Add(search);
        return true;

        int[][] Slots(int[] places) => [.. places.Select(place => (int[])[.. planned.NamesOf(place).Select(fields.SlotOf)])];
    }

    private CorrelationCounter? AddCorrelation(ReadDocument document, SigmaCorrelation correlation, List<Diagnostic> diagnostics) =>
        made.TryGetValue(document, out CorrelationCounter? known) ? known
        : new CorrelationPlanner(compiler.Planner, links, diagnostics, null) { NamesMayDiffer = true }.Plan(correlation) is { } plan ? Add(document, plan, diagnostics)
        : null;

    private CorrelationCounter? Add(ReadDocument document, CountPlan plan, List<Diagnostic> diagnostics)
    {
        made[document] = null;
        bool reported = links.PartOf(document) is null && settings.Wanted?.Invoke(document) != false;
        var counter = new CorrelationCounter(plan.Measure, [.. plan.Inputs.Select(input => input.Label)], plan.Order, reported ? RuleOf(document) : null);
        for (int part = 0; part < plan.Inputs.Length; part++)
        {
            if (!AddInput(plan.Measure, plan.Inputs[part], counter, part, diagnostics))
            {
                return null;
            }
        }

        counters.Add(counter);
        made[document] = counter;
        return counter;
    }

    private bool AddInput(Correlation measure, PlannedInput input, CorrelationCounter counter, int part, List<Diagnostic> diagnostics)
    {
        if (input.Plan is SearchPlan events)
        {
            int[] groups = [.. measure.GroupBy.Select(field => input.ExtraFields[field])];
            int[] values = [.. measure.Fields.Select(field => input.ExtraFields[field])];
            return AddPart(new VariantPlans([[events]]), [events], counter, part, groups, values, diagnostics);
        }

        if ((made.TryGetValue(input.Document!, out CorrelationCounter? inner) ? inner : Add(input.Document!, (CountPlan)input.Plan, diagnostics)) is not { } rows)
        {
            return false;
        }

        rows.Feeds.Add(new ChainedFeed(counter, part, [.. measure.GroupBy.Select(field => input.Names[field][0])], [.. measure.Fields.Select(field => input.Names[field][0])]));
        return true;
    }
}
