using Sigma.Attack;
using Sigma.Rules;

namespace Sigma.Alerts;

/// <summary>A tactic of a rule with the techniques that serve it.</summary>
/// <param name="Tactic">The tactic.</param>
/// <param name="Techniques">Its techniques, each with the sub-techniques that the rule names.</param>
internal sealed record Threat(Tactic Tactic, IReadOnlyList<(Technique Technique, IReadOnlyList<Technique> Parts)> Techniques);

/// <summary>
/// What a rule's tags say of ATT&amp;CK, as objects have it: tactics with their techniques. A retired technique is what it became. A
/// technique is under the tactics among the tags that it serves; if it serves none of them, under the first that it does serve.
/// </summary>
internal static class ThreatList
{
    private const string Enterprise = "enterprise";

    /// <summary>Reads the tags of a rule.</summary>
    /// <param name="metadata">The rule's metadata.</param>
    /// <param name="catalog">The names of ATT&amp;CK.</param>
    /// <returns>The tactics in the order of their matrix.</returns>
    public static IReadOnlyList<Threat> Of(Metadata metadata, AttackCatalog catalog)
    {
        string[] names = [.. AttackTags.Names(metadata)];
        Technique[] techniques =
        [
            .. names.Select(catalog.FindTechnique).OfType<Technique>().Select(catalog.Current).OfType<Technique>()
                .Where(technique => technique.Domain == Enterprise).DistinctBy(technique => technique.Id),
        ];
        var tactics = names.Select(catalog.FindTactic).OfType<Tactic>().Where(tactic => tactic.Domain == Enterprise)
            .Select(tactic => tactic.Id).ToHashSet(StringComparer.Ordinal);
        foreach (Technique technique in techniques)
        {
            Tactic[] served = [.. Served(technique, catalog)];
            if (served.Length > 0 && !served.Any(tactic => tactics.Contains(tactic.Id)))
            {
                tactics.Add(served[0].Id);
            }
        }

        // Of two tactics with one id, the current one comes first.
        return
        [
            .. catalog.Tactics.Where(tactic => tactics.Contains(tactic.Id)).DistinctBy(tactic => tactic.Id)
                .Select(tactic => new Threat(tactic, Techniques(techniques.Where(technique => Served(technique, catalog).Any(other => other.Id == tactic.Id)), catalog))),
        ];
    }

    private static IEnumerable<Tactic> Served(Technique technique, AttackCatalog catalog) => technique.Tactics.Select(catalog.FindTactic).OfType<Tactic>();

    /// <summary>Sub-techniques stand in their technique, which the tags need not name.</summary>
    private static IReadOnlyList<(Technique Technique, IReadOnlyList<Technique> Parts)> Techniques(IEnumerable<Technique> techniques, AttackCatalog catalog) =>
    [
        .. techniques.GroupBy(technique => technique.Parent ?? technique.Id)
            .Select(group => (Whole: catalog.FindTechnique(group.Key), Parts: (IReadOnlyList<Technique>)[.. group.Where(technique => technique.Parent is not null)]))
            .Where(group => group.Whole is not null)
            .Select(group => (group.Whole!, group.Parts)),
    ];
}
