using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Documentation.Site;

/// <summary>What one rule has to do with another.</summary>
/// <param name="Name">In words: <c>Derived from</c>.</param>
/// <param name="Other">The other rule; null if the site does not have it.</param>
/// <param name="Reference">The id or name by which it is named.</param>
internal sealed record Relation(string Name, SiteRule? Other, string Reference);

/// <summary>All rules of the site, and how they hang together.</summary>
internal sealed class SiteMap
{
    private readonly Dictionary<string, SiteRule> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SiteRule> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<SiteRule, List<Relation>> relations = [];

    /// <summary>Finds out how rules hang together.</summary>
    /// <param name="rules">The rules with their addresses.</param>
    public SiteMap(ImmutableArray<SiteRule> rules)
    {
        ByTitle = rules.Sort((a, b) => StringComparer.OrdinalIgnoreCase.Compare(a.Title, b.Title) is var order and not 0 ? order : StringComparer.Ordinal.Compare(a.Page, b.Page));
        Places = ByTitle.Select((rule, place) => (rule, place)).ToDictionary(entry => entry.rule, entry => entry.place);
        foreach (SiteRule rule in rules)
        {
            if (rule.Metadata.Id is { } id)
            {
                byId.TryAdd(id, rule);
            }

            if (rule.Metadata.Name is { } name)
            {
                byName.TryAdd(name, rule);
            }
        }

        foreach (SiteRule rule in rules)
        {
            Relate(rule);
        }
    }

    /// <summary>The rules, sorted by title.</summary>
    public ImmutableArray<SiteRule> ByTitle { get; }

    /// <summary>The place of each rule in <see cref="ByTitle"/>.</summary>
    public IReadOnlyDictionary<SiteRule, int> Places { get; }

    /// <summary>The rule with this id, or else this name; null if there is none.</summary>
    public SiteRule? Find(string reference) => byId.GetValueOrDefault(reference) ?? byName.GetValueOrDefault(reference);

    /// <summary>What a rule has to do with others, in both directions.</summary>
    public IReadOnlyList<Relation> RelationsOf(SiteRule rule) => relations.TryGetValue(rule, out List<Relation>? list) ? list : [];

    private void Relate(SiteRule rule)
    {
        switch (rule.Rule.Document.Document)
        {
            case SigmaCorrelation correlation:
                foreach (RuleReference reference in correlation.Rules)
                {
                    Relate(rule, "Looks at", reference.Name, "Counted by");
                }

                break;
            case SigmaFilter { Rules: { } filtered }:
                foreach (RuleReference reference in filtered)
                {
                    Relate(rule, "Applies to", reference.Name, "Filtered by");
                }

                break;
        }

        foreach (RelatedRule related in rule.Metadata.Related)
        {
            (string name, string back) = related.Type switch
            {
                "derived" => ("Derived from", "Source of"),
                "obsolete" => ("Replaces", "Replaced by"),
                "merged" => ("Merged from", "Merged into"),
                "renamed" => ("Formerly", "Now"),
                "correlation" => ("Belongs to", "Belongs together with"),
                _ => ("Similar to", "Similar to"),
            };
            Relate(rule, name, related.Id, back);
        }
    }

    private void Relate(SiteRule rule, string name, string reference, string back)
    {
        SiteRule? other = Find(reference);
        Add(rule, new Relation(name, other, reference));
        if (other is not null && other != rule)
        {
            Add(other, new Relation(back, rule, ""));
        }
    }

    private void Add(SiteRule rule, Relation relation)
    {
        if (!relations.TryGetValue(rule, out List<Relation>? list))
        {
            relations[rule] = list = [];
        }

        // Two similar rules often name each other.
        if (!list.Exists(known => known.Name == relation.Name && known.Other == relation.Other && (known.Other is not null || known.Reference == relation.Reference)))
        {
            list.Add(relation);
        }
    }
}
