using System.Collections.Concurrent;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>A filter that was put into a rule.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Before">The rule before.</param>
/// <param name="After">The rule after.</param>
public sealed record AppliedFilter(SigmaFilter Filter, SigmaRule Before, SigmaRule After);

/// <summary>
/// The linked documents of all files: correlations with the rules they count, filters with the rules they apply to.
/// References go by id first, then by name.
/// </summary>
public sealed class RuleSet
{
    /// <summary>Stands at the front of names that are not the rule author's, so that no pattern of a rule selects them.</summary>
    internal const char InternalMark = '\0';

    private readonly Dictionary<string, ReadDocument> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ReadDocument> byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> repeatedIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> repeatedNames = new(StringComparer.Ordinal);
    private readonly Dictionary<ReadDocument, List<Diagnostic>> findings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReadDocument, string> partOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SigmaRule, List<(SigmaFilter Filter, string Prefix)>> filters = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<SigmaRule, SigmaRule> filtered = new(ReferenceEqualityComparer.Instance);
    private readonly Limits limits;
    private long written;
    private bool filtersOverspent;

    private RuleSet(Limits limits) => this.limits = limits;

    /// <summary>A set without correlations and filters: every rule is independent.</summary>
    public static RuleSet Empty { get; } = new(Limits.Default);

    /// <summary>Links documents.</summary>
    /// <param name="documents">All documents of all files.</param>
    /// <param name="limits">The limits of linking; null for the defaults.</param>
    public static RuleSet Link(IReadOnlyList<ReadDocument> documents, Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var set = new RuleSet(limits ?? Limits.Default);
        var filters = new List<(ReadDocument Document, SigmaFilter Filter)>();
        foreach (ReadDocument document in documents)
        {
            if (document.Document is SigmaFilter filter)
            {
                filters.Add((document, filter));
                continue;
            }

            if (document.Metadata.Id is { } id && !set.byId.TryAdd(id, document))
            {
                set.repeatedIds.Add(id);
            }

            if (document.Metadata.Name is { } name && !set.byName.TryAdd(name, document))
            {
                set.repeatedNames.Add(name);
            }
        }

        set.ApplyFilters(documents, filters);
        new CorrelationLinker(set, set.limits).Link(documents);
        return set;
    }

    /// <summary>Returns the diagnostics of linking about a document.</summary>
    public IReadOnlyList<Diagnostic> FindingsOf(ReadDocument document)
    {
        IReadOnlyList<Diagnostic> found = findings.TryGetValue(document, out List<Diagnostic>? list) ? list : [];

        // Without all of its filters a rule would select more than is wanted.
        return filtersOverspent && document.Document is SigmaRule ? [.. found, TooManyLinked(document.Span with { Length = 0 }, "the filters")] : found;
    }

    /// <summary>Returns the correlation that a rule is only a part of, so that it makes no query itself; null if it makes one.</summary>
    public string? PartOf(ReadDocument document) => partOf.GetValueOrDefault(document);

    /// <summary>Returns the document that a reference names, or null.</summary>
    public ReadDocument? Find(RuleReference reference) =>
        byId.GetValueOrDefault(reference.Name) ?? byName.GetValueOrDefault(reference.Name);

    /// <summary>Whether several documents have the id or name of a reference, of which <see cref="Find"/> gives the first.</summary>
    internal bool IsAmbiguous(RuleReference reference) => byId.ContainsKey(reference.Name) ? repeatedIds.Contains(reference.Name) : repeatedNames.Contains(reference.Name);

    /// <summary>A rule with the filters that apply to it.</summary>
    public SigmaRule Filtered(SigmaRule rule) => filters.TryGetValue(rule, out List<(SigmaFilter Filter, string Prefix)>? list)
        ? filtered.GetOrAdd(rule, static (rule, list) => FilterApplication.Apply(rule, list), list)
        : rule;

    /// <summary>The filters that apply to a rule, in order.</summary>
    public IReadOnlyList<AppliedFilter> FiltersOf(SigmaRule rule)
    {
        var applied = new List<AppliedFilter>();
        SigmaRule before = rule;
        foreach ((SigmaFilter Filter, string Prefix) filter in filters.GetValueOrDefault(rule, []))
        {
            SigmaRule after = FilterApplication.Apply(before, [filter]);
            applied.Add(new AppliedFilter(filter.Filter, before, after));
            before = after;
        }

        return applied;
    }

    /// <summary>Returns whether two references name the same rule, even one by id and one by name.</summary>
    internal bool Same(RuleReference a, RuleReference b) => a.Name == b.Name || (Find(a) is { } found && ReferenceEquals(found, Find(b)));

    /// <summary>All names that a reference may use.</summary>
    internal IEnumerable<string> Names => byName.Keys.Concat(byId.Keys);

    /// <summary>Reports that a rule makes no query itself.</summary>
    internal void AddPart(ReadDocument part, string correlation) => partOf.TryAdd(part, correlation);

    /// <summary>Whether linking found an error.</summary>
    internal bool IsBroken(ReadDocument document) => findings.TryGetValue(document, out List<Diagnostic>? list) && list.Exists(finding => finding.Severity is Severity.Error);

    /// <summary>Reports a finding about a document.</summary>
    internal void Report(ReadDocument document, Diagnostic diagnostic)
    {
        if (!findings.TryGetValue(document, out List<Diagnostic>? list))
        {
            findings[document] = list = [];
        }

        list.Add(diagnostic);
    }

    /// <summary>What a rule costs with its filters; see <see cref="ValueCost"/>.</summary>
    internal long CostOf(SigmaRule rule) => 1 + rule.Detections.Sum(detection => ValueCost.Of(detection.Body))
        + filters.GetValueOrDefault(rule, []).Sum(applied => CostOf(applied.Filter));

    /// <summary>Takes what a correlation or filter writes out from what all of them may.</summary>
    /// <returns>Whether there is that much left.</returns>
    internal bool Afford(long cost)
    {
        written += cost;
        return written <= limits[Limits.LinkedValues];
    }

    /// <summary>The finding that they write out too much.</summary>
    internal Diagnostic TooManyLinked(Span span, string which) => limits.Exceeded(Limits.LinkedValues, Diagnostic.TooManyLinked, span, which);

    private static long CostOf(SigmaFilter filter) => 1 + filter.Detections.Sum(detection => ValueCost.Of(detection.Body));

    private void ApplyFilters(IReadOnlyList<ReadDocument> documents, List<(ReadDocument Document, SigmaFilter Filter)> found)
    {
        if (found.Count == 0)
        {
            return;
        }

        var index = new FilteredRules(documents);
        int number = 0;
        foreach ((ReadDocument document, SigmaFilter filter) in found)
        {
            ReportIdle(document, filter, index);
            int count = 0;
            string prefix = $"{InternalMark}filter{++number}{InternalMark}";
            long cost = CostOf(filter);
            foreach (SigmaRule rule in index.For(filter))
            {
                if (!Afford(cost + rule.Conditions.Length))
                {
                    filtersOverspent = true;
                    Report(document, TooManyLinked(document.Span with { Length = 0 }, "the filters"));
                    return;
                }

                if (!filters.TryGetValue(rule, out List<(SigmaFilter Filter, string Prefix)>? list))
                {
                    filters[rule] = list = [];
                }

                list.Add((filter, prefix));
                count++;
            }

            Report(document, Diagnostic.FilterApplied(document.Span with { Length = 0 }, count));
        }
    }

    /// <summary>A filter that names a rule is meant to change it; where it does not, more is selected than its author thinks.</summary>
    private void ReportIdle(ReadDocument document, SigmaFilter filter, FilteredRules index)
    {
        foreach (RuleReference reference in filter.Rules ?? [])
        {
            SigmaRule[] named = [.. index.Named(reference.Name)];
            if (named.Length > 0 && !Array.Exists(named, rule => filter.LogSource.Contains(rule.LogSource)))
            {
                Report(document, Diagnostic.FilterWithoutEffect(reference.Span, reference.Name, $"its log source is '{named[0].LogSource.ShortName}', and the filter's is '{filter.LogSource.ShortName}'"));
            }
            else if (named.Length == 0 && Find(reference) is null)
            {
                Report(document, Diagnostic.FilterOfUnknownRule(reference.Span, reference.Name));
            }
            else if (named.Length == 0 && Find(reference)?.Document is SigmaCorrelation)
            {
                Report(document, Diagnostic.FilterWithoutEffect(reference.Span, reference.Name, "it is a correlation; name the rules that it counts"));
            }
        }
    }
}
