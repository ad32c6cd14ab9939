using Sigma.Text;

namespace Sigma.Rules;

/// <summary>
/// Links correlations with what they count, and refuses those that cannot be converted: for a rule that is not there or
/// broken, for counting themselves, and for what they would write out. Nothing here walks a chain of correlations recursively,
/// and each is visited once.
/// </summary>
/// <param name="set">The set that they belong to.</param>
/// <param name="limits">What linking may cost.</param>
internal sealed class CorrelationLinker(RuleSet set, Limits limits)
{
    /// <summary>So many mistakes get a hint; each hint goes over all names.</summary>
    private const int MostHints = 50;

    /// <summary>So many correlations that may count each other are told how; of more only that they do.</summary>
    private const int MostTraced = 100;

    private readonly List<(ReadDocument Document, SigmaCorrelation Correlation)> correlations = [];
    private readonly Dictionary<ReadDocument, (long Cost, int Depth)> done = new(ReferenceEqualityComparer.Instance);
    private int hints;

    /// <summary>Links the correlations among documents.</summary>
    public void Link(IReadOnlyList<ReadDocument> documents)
    {
        foreach (ReadDocument document in documents)
        {
            if (document.Document is SigmaCorrelation correlation)
            {
                correlations.Add((document, correlation));
            }
        }

        Dictionary<ReadDocument, List<ReadDocument>> counting = Counting();
        List<ReadDocument> circular = Order(counting);
        foreach ((ReadDocument document, SigmaCorrelation correlation) in correlations)
        {
            LinkRules(document, correlation, circular);
            LinkAliases(document, correlation);
        }

        SpreadFaults(counting);
    }

    /// <summary>Which correlations count a document.</summary>
    private Dictionary<ReadDocument, List<ReadDocument>> Counting()
    {
        var counting = new Dictionary<ReadDocument, List<ReadDocument>>(ReferenceEqualityComparer.Instance);
        foreach ((ReadDocument document, SigmaCorrelation correlation) in correlations)
        {
            foreach (ReadDocument part in PartsOf(correlation))
            {
                if (!counting.TryGetValue(part, out List<ReadDocument>? list))
                {
                    counting[part] = list = [];
                }

                list.Add(document);
            }
        }

        return counting;
    }

    private HashSet<ReadDocument> PartsOf(SigmaCorrelation correlation)
    {
        var parts = new HashSet<ReadDocument>(ReferenceEqualityComparer.Instance);
        foreach (RuleReference reference in correlation.Rules)
        {
            if (set.Find(reference) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    /// <summary>Goes from the rules up, so that what a correlation counts is known before it is.</summary>
    /// <returns>The correlations that are never reached: those of a cycle, and those above one.</returns>
    private List<ReadDocument> Order(Dictionary<ReadDocument, List<ReadDocument>> counting)
    {
        var waiting = new Dictionary<ReadDocument, int>(ReferenceEqualityComparer.Instance);
        var ready = new Queue<(ReadDocument Document, SigmaCorrelation Correlation)>();
        foreach ((ReadDocument document, SigmaCorrelation correlation) in correlations)
        {
            int count = PartsOf(correlation).Count(part => part.Document is SigmaCorrelation);
            waiting[document] = count;
            if (count == 0)
            {
                ready.Enqueue((document, correlation));
            }
        }

        while (ready.TryDequeue(out (ReadDocument Document, SigmaCorrelation Correlation) next))
        {
            Weigh(next.Document, next.Correlation);
            foreach (ReadDocument above in counting.GetValueOrDefault(next.Document, []))
            {
                if (--waiting[above] == 0)
                {
                    ready.Enqueue((above, (SigmaCorrelation)above.Document!));
                }
            }
        }

        return [.. correlations.Select(each => each.Document).Where(document => !done.ContainsKey(document))];
    }

    /// <summary>A correlation writes out all that it counts, again for each that counts it.</summary>
    private void Weigh(ReadDocument document, SigmaCorrelation correlation)
    {
        HashSet<ReadDocument> parts = PartsOf(correlation);
        Correlation counted = correlation.Correlation;
        long cost = 1 + (parts.Count * (counted.GroupBy.Length + counted.Fields.Length + correlation.Aliases.Sum(alias => (long)alias.Mappings.Length)));
        int depth = 1;
        foreach (ReadDocument part in parts)
        {
            if (part.Document is SigmaRule rule)
            {
                cost += done.TryGetValue(part, out (long Cost, int Depth) known) ? known.Cost : set.CostOf(rule);
                done[part] = (done.TryGetValue(part, out known) ? known.Cost : set.CostOf(rule), 0);
            }
            else if (done.TryGetValue(part, out (long Cost, int Depth) below))
            {
                cost = Math.Min(cost + below.Cost, long.MaxValue / 4);
                depth = Math.Max(depth, below.Depth + 1);
            }
        }

        done[document] = (cost, depth);
        if (depth > limits[Limits.CorrelationDepth])
        {
            set.Report(document, limits.Exceeded(Limits.CorrelationDepth, Diagnostic.CorrelationsTooDeep, document.Span with { Length = 0 }));
        }
        else if (!set.Afford(cost))
        {
            set.Report(document, set.TooManyLinked(document.Span with { Length = 0 }, "the rules that correlations count"));
        }
    }

    private void LinkRules(ReadDocument document, SigmaCorrelation correlation, List<ReadDocument> circular)
    {
        HashSet<ReadDocument>? among = done.ContainsKey(document) ? null : new(circular, ReferenceEqualityComparer.Instance);
        var named = new HashSet<ReadDocument>(ReferenceEqualityComparer.Instance);
        foreach (RuleReference reference in correlation.Rules)
        {
            ReadDocument? target = set.Find(reference);
            if (target is not null && set.IsAmbiguous(reference))
            {
                set.Report(document, Diagnostic.SeveralRulesNamed(reference.Span, reference.Name, $"{target.Span.Source.Path}:{target.Span.Position.Line}"));
            }

            if (target is null)
            {
                string? hint = ++hints <= MostHints ? Suggestion.For(reference.Name, set.Names) : null;
                set.Report(document, Diagnostic.UnknownRule(reference.Span, reference.Name).WithHint(hint ?? Codes.UnknownRule.Hint));
            }
            else if (!named.Add(target))
            {
                set.Report(document, Diagnostic.RuleNamedTwice(reference.Span, reference.Name));
            }
            else if (target.Document is null)
            {
                ReportBroken(document, reference, target);
            }
            else if (among?.Contains(target) is true && Cycle(document, target, circular.Count) is { } cycle)
            {
                set.Report(document, Diagnostic.CorrelationCycle(reference.Span, cycle));
            }
            else if (!correlation.Generate)
            {
                set.AddPart(target, correlation.Metadata.Title.Length > 0 ? correlation.Metadata.Title : correlation.Metadata.Name ?? reference.Name);
            }
        }
    }

    /// <summary>How a correlation counts itself through a part; null if only the part, or what is below it, does.</summary>
    private string? Cycle(ReadDocument document, ReadDocument part, int circular)
    {
        if (circular > MostTraced)
        {
            return $"it is one of {circular} correlations that count each other";
        }

        return WayBetween(part, document, new(ReferenceEqualityComparer.Instance)) is { } way ? string.Join(" → ", way.Prepend(document).Select(Place)) : null;
    }

    /// <summary>The way from one document to another through correlations, both included; null if there is none.</summary>
    private List<ReadDocument>? WayBetween(ReadDocument from, ReadDocument to, HashSet<ReadDocument> seen)
    {
        if (ReferenceEquals(from, to))
        {
            return [to];
        }

        if (from.Document is SigmaCorrelation correlation && !done.ContainsKey(from) && seen.Add(from))
        {
            foreach (RuleReference reference in correlation.Rules)
            {
                if (set.Find(reference) is { } next && WayBetween(next, to, seen) is { } way)
                {
                    return [from, .. way];
                }
            }
        }

        return null;
    }

    private static string Place(ReadDocument document) =>
        $"{document.Metadata.Name ?? document.Metadata.Title} ({document.Span.Source.Path}:{document.Span.Position.Line})";

    private void LinkAliases(ReadDocument document, SigmaCorrelation correlation)
    {
        if (correlation.Aliases.IsEmpty)
        {
            return;
        }

        HashSet<string> names = [.. correlation.Rules.Select(rule => rule.Name)];
        HashSet<ReadDocument> parts = PartsOf(correlation);
        foreach (FieldAlias alias in correlation.Aliases)
        {
            foreach (AliasMapping mapping in alias.Mappings)
            {
                if (!names.Contains(mapping.Rule.Name) && !(set.Find(mapping.Rule) is { } rule && parts.Contains(rule)))
                {
                    string? hint = ++hints <= MostHints ? Suggestion.For(mapping.Rule.Name, names) : null;
                    set.Report(document, Diagnostic.AliasOfUnknownRule(mapping.Rule.Span, alias.Name, mapping.Rule.Name).WithHint(hint));
                }
            }
        }
    }

    /// <summary>A correlation over one that cannot be converted, such as one of a cycle, cannot be either.</summary>
    private void SpreadFaults(Dictionary<ReadDocument, List<ReadDocument>> counting)
    {
        var broken = new Queue<ReadDocument>(correlations.Select(each => each.Document).Where(set.IsBroken));
        while (broken.TryDequeue(out ReadDocument? part))
        {
            foreach (ReadDocument above in counting.GetValueOrDefault(part, []))
            {
                if (!set.IsBroken(above) && above.Document is SigmaCorrelation correlation)
                {
                    RuleReference reference = correlation.Rules.First(each => set.Find(each) is { } found && set.IsBroken(found));
                    ReportBroken(above, reference, set.Find(reference)!);
                    broken.Enqueue(above);
                }
            }
        }
    }

    private void ReportBroken(ReadDocument document, RuleReference reference, ReadDocument part) =>
        set.Report(document, Diagnostic.ReferencedRuleBroken(reference.Span, reference.Name, $"{part.Span.Source.Path}:{part.Span.Position.Line}"));
}
