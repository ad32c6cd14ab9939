using System.Collections.Immutable;
using Sigma.Attack;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation.Coverage;

/// <summary>By what rules are counted.</summary>
/// <param name="Name">The name that <c>--by</c> takes.</param>
/// <param name="KeysOf">The keys that a rule counts under; it may report what is wrong with the rule's tags.</param>
/// <param name="NameOf">What a key is called; empty if the key says it.</param>
/// <param name="OrderOf">Puts keys in an order of their own; null for the most rules first.</param>
internal sealed record CoverageAxis(
    string Name,
    Func<ReadDocument, AttackCatalog, List<Diagnostic>, IEnumerable<string>> KeysOf,
    Func<string, AttackCatalog, string> NameOf,
    Func<string, AttackCatalog, string>? OrderOf = null)
{
    private const string Enterprise = "enterprise";

    /// <summary>All axes; the first is the one without <c>--by</c>.</summary>
    public static ImmutableArray<CoverageAxis> All { get; } =
    [
        new("technique", Techniques, (key, attack) => attack.FindTechnique(key)?.Name ?? "", (key, _) => key)
        {
            KnownKeys = attack => attack.Techniques.Where(technique => !technique.IsRetired && technique.Domain == Enterprise).Select(technique => technique.Id),
        },
        new("tactic", Tactics, (key, attack) => attack.FindTactic(key)?.Name ?? "", TacticOrder)
        {
            KnownKeys = attack => attack.Tactics.Where(tactic => !tactic.IsRetired && tactic.Domain == Enterprise).Select(tactic => tactic.Key),
        },
        new("product", (document, _, _) => Given(SourceOf(document)?.Product), Unnamed),
        new("service", (document, _, _) => Given(SourceOf(document)?.Service), Unnamed),
        new("category", (document, _, _) => Given(SourceOf(document)?.Category), Unnamed),
        new("logsource", (document, _, _) => Given(SourceOf(document)?.ShortName is { Length: > 0 } name ? name : null), Unnamed),
        new("field", (document, _, _) => Fields(document), Unnamed),
        new("level", (document, _, _) => Given(document.Metadata.Level?.ToString().ToLowerInvariant()), Unnamed, (key, _) => Ranked<Level>(key)),
        new("status", (document, _, _) => Given(document.Metadata.Status?.ToString().ToLowerInvariant()), Unnamed, (key, _) => Ranked<RuleStatus>(key)),
    ];

    /// <summary>All keys in the Enterprise matrix; null if they are not known.</summary>
    public Func<AttackCatalog, IEnumerable<string>>? KnownKeys { get; init; }

    /// <summary>The axis of techniques.</summary>
    public static CoverageAxis ByTechnique => All[0];

    /// <summary>Finds an axis by its name.</summary>
    public static CoverageAxis? Find(string name) => All.FirstOrDefault(axis => axis.Name == name);

    /// <summary>The techniques that tags name, as they are called today.</summary>
    private static IEnumerable<string> Techniques(ReadDocument document, AttackCatalog attack, List<Diagnostic> diagnostics)
    {
        foreach (string tag in document.Metadata.Tags)
        {
            if (AttackTags.Name(tag) is not { } name)
            {
                continue;
            }

            Span place = document.Metadata.TagPlaces.Where(written => written.Tag == tag).Select(written => written.Place).FirstOrDefault(document.Span with { Length = 0 });
            if (attack.FindTechnique(name) is not { } technique)
            {
                if (AttackTags.IsTechnique(name))
                {
                    diagnostics.Add(Diagnostic.UnknownTechnique(place, attack.Version, name.ToUpperInvariant()));
                }

                continue;
            }

            if (attack.Current(technique) is not { } current)
            {
                diagnostics.Add(Diagnostic.RetiredWithoutSuccessor(place, technique.Id, technique.Name));
                yield return technique.Id;
                continue;
            }

            if (current.Id != technique.Id)
            {
                diagnostics.Add(Diagnostic.RetiredTechnique(place, technique.Id, technique.Name, current.Id));
            }

            yield return current.Id;
        }
    }

    /// <summary>
    /// The tactics that tags name. One that was split is taken for those of its parts that the rule's techniques are of today.
    /// </summary>
    private static IEnumerable<string> Tactics(ReadDocument document, AttackCatalog attack, List<Diagnostic> diagnostics)
    {
        foreach (string name in AttackTags.Names(document.Metadata))
        {
            if (attack.FindTactic(name) is not { } tactic)
            {
                continue;
            }

            string[] parts = tactic.IsRetired ? [.. Techniques(document, attack, []).SelectMany(id => attack.FindTechnique(id)!.Tactics).Where(IsPartOfDefenseEvasion)] : [];
            foreach (string key in parts.Length > 0 ? parts : [tactic.Key])
            {
                yield return key;
            }
        }
    }

    /// <summary>ATT&amp;CK 19 split Defense Evasion into these two.</summary>
    private static bool IsPartOfDefenseEvasion(string key) => key is "stealth" or "defense-impairment";

    private static string TacticOrder(string key, AttackCatalog attack)
    {
        int at = attack.Tactics.Select(tactic => tactic.Key).ToList().IndexOf(key);
        return (at < 0 ? 99 : at).ToString("00");
    }

    private static LogSource? SourceOf(ReadDocument document) => (document.Document as SigmaRule)?.LogSource;

    private static IEnumerable<string> Fields(ReadDocument document) =>
        document.Document is SigmaRule rule ? RuleItems.Of(rule).Select(item => item.Field).OfType<string>() : [];

    private static IEnumerable<string> Given(string? value) => value is null ? [] : [value];

    private static string Unnamed(string key, AttackCatalog attack) => "";

    /// <summary>The gravest first.</summary>
    private static string Ranked<T>(string key)
        where T : struct, Enum =>
        Enum.TryParse(key, ignoreCase: true, out T rank) ? (99 - Convert.ToInt32(rank)).ToString("00") : key;
}
