using System.Collections.Immutable;
using Sigma.Attack;

namespace Sigma.Documentation.Site;

/// <summary>A technique with the rules for it.</summary>
/// <param name="Technique">The technique, in its present form.</param>
/// <param name="Own">The rules that name it itself, or what it was before.</param>
/// <param name="Subs">Its sub-techniques, covered or not; those with rules have some.</param>
internal sealed record CoveredTechnique(Technique Technique, ImmutableArray<SiteRule> Own, ImmutableArray<CoveredTechnique> Subs)
{
    /// <summary>The rules for it and its sub-techniques, each once, by title.</summary>
    public ImmutableArray<SiteRule> All { get; } = [.. Own.Concat(Subs.SelectMany(sub => sub.Own)).Distinct()];

    /// <summary>The name of its page, without folder and ending.</summary>
    public string Page { get; } = FileNames.Of(Technique.Parent ?? Technique.Id);
}

/// <summary>Which techniques the rules cover.</summary>
internal sealed class CoverageMatrix
{
    private readonly AttackCatalog attack;
    private readonly ILookup<string, SiteRule> rulesByTechnique;

    /// <summary>Counts.</summary>
    /// <param name="attack">The names of tactics and techniques.</param>
    /// <param name="rules">The rules, by title.</param>
    public CoverageMatrix(AttackCatalog attack, ImmutableArray<SiteRule> rules)
    {
        this.attack = attack;
        rulesByTechnique = rules
            .SelectMany(rule => rule.Rule.Techniques.Select(Present).DistinctBy(t => t.Id).Select(technique => (technique.Id, rule)))
            .ToLookup(pair => pair.Id, pair => pair.rule, StringComparer.OrdinalIgnoreCase);
        ILookup<string, Technique> subs = attack.Techniques.Where(t => t.Parent is not null && IsShown(t)).ToLookup(t => t.Parent!, StringComparer.OrdinalIgnoreCase);
        Techniques =
        [
            .. attack.Techniques.Where(t => t.Parent is null && (IsShown(t) || subs.Contains(t.Id)))
                .Select(t => new CoveredTechnique(t, [.. rulesByTechnique[t.Id]], [.. subs[t.Id].Select(s => new CoveredTechnique(s, [.. rulesByTechnique[s.Id]], []))])),
        ];
        string? first = attack.Tactics.FirstOrDefault()?.Domain;
        Tactics = [.. attack.Tactics.Where(tactic => !tactic.IsRetired && Of(tactic).Any(t => tactic.Domain == first || t.All.Length > 0))];
        Others = [.. Techniques.Where(t => t.All.Length > 0 && !Tactics.Any(tactic => IsOf(t, tactic)))];
    }

    /// <summary>The tactics that are columns of the matrix.</summary>
    public ImmutableArray<Tactic> Tactics { get; }

    /// <summary>All techniques, without sub-techniques, that are current or have rules.</summary>
    public ImmutableArray<CoveredTechnique> Techniques { get; }

    /// <summary>Techniques with rules that no column has.</summary>
    public ImmutableArray<CoveredTechnique> Others { get; }

    /// <summary>How many techniques and sub-techniques have rules.</summary>
    public int Count => rulesByTechnique.Count;

    /// <summary>What a technique is called now: itself, or what it became.</summary>
    public Technique Present(Technique technique) => attack.Current(technique) ?? technique;

    /// <summary>The techniques of a column, by name.</summary>
    public IEnumerable<CoveredTechnique> Of(Tactic tactic) =>
        Techniques.Where(t => IsOf(t, tactic))
            .OrderBy(t => t.Technique.Name, StringComparer.OrdinalIgnoreCase).ThenBy(t => t.Technique.Id, StringComparer.Ordinal);

    /// <summary>The address of a technique's place, from the root of the site.</summary>
    public string AddressOf(Technique technique)
    {
        Technique present = Present(technique);
        return $"techniques/{FileNames.Of(present.Parent ?? present.Id)}.html#{FileNames.Of(present.Id)}";
    }

    /// <summary>The shade of a number of rules, from 0 for none to 5.</summary>
    public static int ShadeOf(int rules) => rules switch
    {
        0 => 0,
        1 => 1,
        < 5 => 2,
        < 15 => 3,
        < 50 => 4,
        _ => 5,
    };

    private static bool IsOf(CoveredTechnique covered, Tactic tactic) =>
        covered.Technique.Domain == tactic.Domain && covered.Technique.Tactics.Contains(tactic.Key);

    private bool IsShown(Technique technique) => !technique.IsRetired || rulesByTechnique.Contains(technique.Id);
}
