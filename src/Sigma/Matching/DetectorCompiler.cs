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
    private bool AddInline(RecordedPlans planned, Condition condition, ImmutableArray<SearchPlan> parts, int firstCounted, MatchedRule reported, List<Diagnostic> diagnostics)
    {
        Correlation counted = condition.Aggregation!;
        var counter = new CorrelationCounter(counted, [Condition.SearchName, .. condition.Near.Select(near => near.Name)], null, reported);
        counters.Add(counter);
        for (int part = 0; part < parts.Length; part++)
        {
            if (!AddPart(planned, [parts[part]], counter, part, firstCounted, counted.GroupBy.Length, counted.Fields.Length, diagnostics))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds searches of a rule, the events of any of which a correlation counts.</summary>
    private bool AddPart(
        RecordedPlans planned, IReadOnlyList<SearchPlan> counted, CorrelationCounter counter, int part, int firstCounted, int groups, int values, List<Diagnostic> diagnostics)
    {
        if (compiler.Compile(planned, counted, diagnostics) is not { } test)
        {
            return false;
        }

        int[][] slots = [.. Enumerable.Range(firstCounted, groups + values).Select(field => (int[])[.. planned.NamesOf(field).Select(fields.SlotOf)])];
        var search = new Search(test, new MatchedRule(planned.Rule.Metadata, planned.Rule.Span.Source.Path), null);
        search.Feeds.Add(new Feed(counter, part, slots[..groups], slots[groups..]));
        searches.Add(search);
        return true;
    }

    private CorrelationCounter? AddCorrelation(ReadDocument document, SigmaCorrelation correlation, List<Diagnostic> diagnostics)
    {
        if (made.TryGetValue(document, out CorrelationCounter? known))
        {
            return known;
        }

        made[document] = null;
        ReadDocument[] parts = [.. correlation.Rules.Select(reference => links.Find(reference)!).Distinct()];
        string[] labels = [.. parts.Select(part => LabelOf(correlation, part))];
        Correlation definition = correlation.Correlation with
        {
            Expression = correlation.Correlation.Expression is { } expression ? Labelled(expression, correlation, labels, parts) : null,
        };
        TemporalOrder? order = null;
        if (definition.Type is CorrelationType.TemporalOrdered && (order = TemporalOrder.Of(definition, labels)) is null)
        {
            string why = definition.Expression is null ? "here fewer of them are enough" : "this condition has other ways to hold";
            diagnostics.Add(Codes.OrderNotDefined.At(definition.Span, why));
            return null;
        }

        bool reported = links.PartOf(document) is null && settings.Wanted?.Invoke(document) != false;
        var counter = new CorrelationCounter(definition, [.. labels], order, reported ? RuleOf(document) : null);
        for (int part = 0; part < parts.Length; part++)
        {
            if (!AddPart(correlation, counter, parts[part], part, diagnostics))
            {
                return null;
            }
        }

        counters.Add(counter);
        made[document] = counter;
        return counter;
    }

    private bool AddPart(SigmaCorrelation correlation, CorrelationCounter counter, ReadDocument document, int part, List<Diagnostic> diagnostics)
    {
        ImmutableArray<string> groups = [.. correlation.Correlation.GroupBy.Select(field => FieldIn(correlation, document, field))];
        ImmutableArray<string> values = [.. correlation.Correlation.Fields.Select(field => FieldIn(correlation, document, field))];
        switch (document.Document)
        {
            case SigmaRule rule when rule.Conditions.FirstOrDefault(condition => condition.Aggregation is not null) is { } inner:
                diagnostics.Add(Codes.NoAggregation.At(inner.Span, "sigmac match", "a rule that counts by itself cannot be part of a correlation"));
                return false;
            case SigmaRule rule:
                return compiler.Plan(links.Filtered(rule), [.. groups, .. values], diagnostics) is { } planned
                    && AddPart(planned, [.. planned.Searches.Select(searches => searches[0])], counter, part, 0, groups.Length, values.Length, diagnostics);
            case SigmaCorrelation chained when AddCorrelation(document, chained, diagnostics) is { } inner:
                if (groups.Concat(values).FirstOrDefault(field => !inner.GroupBy.Contains(field)) is { } missing)
                {
                    string kept = inner.GroupBy.IsEmpty ? "none" : string.Join(", ", inner.GroupBy);
                    diagnostics.Add(Codes.ChainedField.At(correlation.Correlation.Span, LabelOf(correlation, document), missing, kept));
                    return false;
                }

                inner.Feeds.Add(new ChainedFeed(counter, part, [.. groups], [.. values]));
                return true;
            default:
                return false;
        }
    }

    /// <summary>What a field of a correlation is called in one of its rules: an alias may say.</summary>
    private string FieldIn(SigmaCorrelation correlation, ReadDocument document, string field) => correlation.Aliases
        .Where(alias => alias.Name == field)
        .SelectMany(alias => alias.Mappings)
        .FirstOrDefault(mapping => ReferenceEquals(links.Find(mapping.Rule), document))?.Field ?? field;

    private string LabelOf(SigmaCorrelation correlation, ReadDocument document) =>
        correlation.Rules.First(reference => ReferenceEquals(links.Find(reference), document)).Name;

    /// <summary>The condition over rules, each called as <c>rules</c> first calls it.</summary>
    private ConditionNode Labelled(ConditionNode node, SigmaCorrelation correlation, string[] labels, ReadDocument[] parts) => node switch
    {
        AndCondition and => and with { Left = Labelled(and.Left, correlation, labels, parts), Right = Labelled(and.Right, correlation, labels, parts) },
        OrCondition or => or with { Left = Labelled(or.Left, correlation, labels, parts), Right = Labelled(or.Right, correlation, labels, parts) },
        NotCondition not => not with { Operand = Labelled(not.Operand, correlation, labels, parts) },
        GroupCondition group => group with { Inner = Labelled(group.Inner, correlation, labels, parts) },
        IdentifierCondition identifier => links.Find(new RuleReference(identifier.Name, identifier.Span)) is { } meant
            ? identifier with { Name = labels[Array.IndexOf(parts, meant)] }
            : identifier,
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };
}
