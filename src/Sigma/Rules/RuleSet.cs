using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>A filter that was put into a rule.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Before">The rule before.</param>
/// <param name="After">The rule after.</param>
public sealed record AppliedFilter(SigmaFilter Filter, SigmaRule Before, SigmaRule After);

/// <summary>
/// The documents of all files together, linked: correlations with the rules they count, filters with the rules they apply to.
/// References go by id first, then by name.
/// </summary>
public sealed class RuleSet
{
    /// <summary>Stands at the front of names that are not the rule author's, so that no pattern of a rule selects them.</summary>
    internal const char InternalMark = '\0';

    private readonly Dictionary<string, ReadDocument> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ReadDocument> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<ReadDocument, List<Diagnostic>> findings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReadDocument, string> partOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ReadDocument Document, SigmaFilter Filter)> filters = [];
    private readonly Dictionary<SigmaRule, List<AppliedFilter>> filtered = new(ReferenceEqualityComparer.Instance);

    private RuleSet()
    {
    }

    /// <summary>A set without correlations and filters: every rule stands for itself.</summary>
    public static RuleSet Empty { get; } = new();

    /// <summary>Links documents.</summary>
    /// <param name="documents">All documents of all files.</param>
    public static RuleSet Link(IReadOnlyList<ReadDocument> documents)
    {
        var set = new RuleSet();
        foreach (ReadDocument document in documents)
        {
            if (document.Document is SigmaFilter filter)
            {
                set.filters.Add((document, filter));
                continue;
            }

            if (document.Metadata.Id is { } id)
            {
                set.byId.TryAdd(id, document);
            }

            if (document.Metadata.Name is { } name)
            {
                set.byName.TryAdd(name, document);
            }
        }

        foreach (ReadDocument document in documents)
        {
            if (document.Document is SigmaCorrelation correlation)
            {
                set.LinkCorrelation(document, correlation);
            }
        }

        set.ReportBrokenParts(documents);
        set.ApplyFilters(documents);
        return set;
    }

    /// <summary>What linking found about a document.</summary>
    public IReadOnlyList<Diagnostic> FindingsOf(ReadDocument document) => findings.TryGetValue(document, out var list) ? list : [];

    /// <summary>The correlation that a rule is only a part of, so that it makes no query of its own; null where it makes one.</summary>
    public string? PartOf(ReadDocument document) => partOf.GetValueOrDefault(document);

    /// <summary>The document that a reference means, or null.</summary>
    public ReadDocument? Find(RuleReference reference) =>
        byId.GetValueOrDefault(reference.Name) ?? byName.GetValueOrDefault(reference.Name);

    /// <summary>A rule with the filters that apply to it.</summary>
    public SigmaRule Filtered(SigmaRule rule) => FiltersOf(rule) is [.., { } last] ? last.After : rule;

    /// <summary>The filters that apply to a rule, in order.</summary>
    public IReadOnlyList<AppliedFilter> FiltersOf(SigmaRule rule) => filtered.TryGetValue(rule, out List<AppliedFilter>? list) ? list : [];

    private void LinkCorrelation(ReadDocument document, SigmaCorrelation correlation)
    {
        foreach (RuleReference reference in correlation.Rules)
        {
            ReadDocument? target = Find(reference);
            if (target is null)
            {
                IEnumerable<string> known = byName.Keys.Concat(byId.Keys);
                Report(document, Codes.UnknownRule.At(reference.Span, reference.Name).WithHint(Suggestion.For(reference.Name, known) ?? Codes.UnknownRule.Hint));
            }
            else if (target.Document is null)
            {
                ReportBroken(document, reference, target);
            }
            else if (WayBetween(target, document, new(ReferenceEqualityComparer.Instance)) is { } way)
            {
                Report(document, Codes.CorrelationCycle.At(reference.Span, string.Join(" → ", way.Prepend(document).Select(Place))));
            }
            else if (!correlation.Generate)
            {
                partOf.TryAdd(target, correlation.Metadata.Title.Length > 0 ? correlation.Metadata.Title : correlation.Metadata.Name ?? reference.Name);
            }
        }

        foreach (FieldAlias alias in correlation.Aliases)
        {
            foreach (AliasMapping mapping in alias.Mappings.Where(mapping => !correlation.Rules.Any(rule => Same(rule, mapping.Rule))))
            {
                Report(document, Codes.AliasOfUnknownRule.At(mapping.Rule.Span, alias.Name, mapping.Rule.Name)
                    .WithHint(Suggestion.For(mapping.Rule.Name, correlation.Rules.Select(rule => rule.Name))));
            }
        }
    }

    /// <summary>Whether two references mean the same rule, be it once by id and once by name.</summary>
    internal bool Same(RuleReference a, RuleReference b) => a.Name == b.Name || (Find(a) is { } found && ReferenceEquals(found, Find(b)));

    /// <summary>
    /// A correlation over one that cannot be converted, such as one of a cycle, cannot be either. Goes on until nothing new is
    /// found, since the fault may lie further down.
    /// </summary>
    private void ReportBrokenParts(IReadOnlyList<ReadDocument> documents)
    {
        bool found = true;
        while (found)
        {
            found = false;
            foreach (ReadDocument document in documents)
            {
                if (document.Document is SigmaCorrelation correlation && !IsBroken(document)
                    && correlation.Rules.FirstOrDefault(reference => Find(reference) is { } part && IsBroken(part)) is { } reference)
                {
                    ReportBroken(document, reference, Find(reference)!);
                    found = true;
                }
            }
        }
    }

    private bool IsBroken(ReadDocument document) => FindingsOf(document).Any(finding => finding.Severity is Severity.Error);

    private void ReportBroken(ReadDocument document, RuleReference reference, ReadDocument part) =>
        Report(document, Codes.ReferencedRuleBroken.At(reference.Span, reference.Name, $"{part.Span.Source.Path}:{part.Span.Position.Line}"));

    /// <summary>The way from one document to another through correlations, both included; null where there is none.</summary>
    private List<ReadDocument>? WayBetween(ReadDocument from, ReadDocument to, HashSet<ReadDocument> seen)
    {
        if (ReferenceEquals(from, to))
        {
            return [to];
        }

        if (from.Document is SigmaCorrelation correlation && seen.Add(from))
        {
            foreach (RuleReference reference in correlation.Rules)
            {
                if (Find(reference) is { } next && WayBetween(next, to, seen) is { } way)
                {
                    return [from, .. way];
                }
            }
        }

        return null;
    }

    private static string Place(ReadDocument document) =>
        $"{document.Metadata.Name ?? document.Metadata.Title} ({document.Span.Source.Path}:{document.Span.Position.Line})";

    private void ApplyFilters(IReadOnlyList<ReadDocument> documents)
    {
        int number = 0;
        foreach ((ReadDocument document, SigmaFilter filter) in filters)
        {
            ReportUnknown(document, filter);
            int count = 0;
            string prefix = $"{InternalMark}filter{++number}{InternalMark}";
            foreach (SigmaRule rule in documents.Select(d => d.Document).OfType<SigmaRule>().Where(rule => Applies(filter, rule)))
            {
                SigmaRule before = Filtered(rule);
                if (!filtered.TryGetValue(rule, out List<AppliedFilter>? list))
                {
                    filtered[rule] = list = [];
                }

                list.Add(new AppliedFilter(filter, before, FilterApplication.Apply(before, filter, prefix)));
                count++;
            }

            Report(document, Codes.FilterApplied.At(document.Span with { Length = 0 }, count.ToString()));
        }
    }

    private static bool Applies(SigmaFilter filter, SigmaRule rule) => filter.LogSource.Contains(rule.LogSource)
        && (filter.Rules is not { } rules || rules.Any(reference =>
            reference.Name.Equals(rule.Metadata.Id, StringComparison.OrdinalIgnoreCase) || reference.Name == rule.Metadata.Name));

    private void ReportUnknown(ReadDocument document, SigmaFilter filter)
    {
        foreach (RuleReference reference in filter.Rules ?? [])
        {
            if (Find(reference) is null)
            {
                Report(document, Codes.FilterOfUnknownRule.At(reference.Span, reference.Name));
            }
        }
    }

    private void Report(ReadDocument document, Diagnostic diagnostic)
    {
        if (!findings.TryGetValue(document, out List<Diagnostic>? list))
        {
            findings[document] = list = [];
        }

        list.Add(diagnostic);
    }
}
