using System.Collections.Immutable;
using Sigma.Attack;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation.Coverage;

/// <summary>A rule that counts.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Metadata">Its metadata.</param>
internal sealed record CoveringRule(string Path, Metadata Metadata);

/// <summary>A technique, product or the like, with the rules for it.</summary>
/// <param name="Key">The key: a technique's id, a product's name.</param>
/// <param name="Name">What it is called; empty if the key says it.</param>
/// <param name="Rules">The rules in the order of their files; empty for one that is known and not covered.</param>
internal sealed record CoverageRow(string Key, string Name, ImmutableArray<CoveringRule> Rules);

/// <summary>A key whose number of rules is another than it was.</summary>
/// <param name="Key">The key.</param>
/// <param name="Name">What it is called; empty if the key says it.</param>
/// <param name="Before">The number before.</param>
/// <param name="Now">The number now.</param>
internal sealed record CoverageChange(string Key, string Name, int Before, int Now);

/// <summary>What rules cover, counted along one axis.</summary>
internal sealed class CoverageReport
{
    private readonly HashSet<string>? known;

    private CoverageReport(CoverageAxis axis, AttackCatalog attack, ImmutableArray<CoverageRow> rows, int ruleCount, int unassigned)
    {
        known = axis.KnownKeys is { } keys ? [.. keys(attack)] : null;
        Axis = axis;
        Attack = attack;
        Rows = rows;
        RuleCount = ruleCount;
        Unassigned = unassigned;
    }

    /// <summary>By what it counts.</summary>
    public CoverageAxis Axis { get; }

    /// <summary>The names of tactics and techniques.</summary>
    public AttackCatalog Attack { get; }

    /// <summary>The keys with their rules, in the order of the axis.</summary>
    public ImmutableArray<CoverageRow> Rows { get; }

    /// <summary>How many rules there are.</summary>
    public int RuleCount { get; }

    /// <summary>How many of them count under no key.</summary>
    public int Unassigned { get; }

    /// <summary>How many keys have a rule; where the possible keys are known, how many of them.</summary>
    public int Covered => Rows.Count(row => row.Rules.Length > 0 && known?.Contains(row.Key) is not false);

    /// <summary>How many keys have a rule that are none of the possible ones: of another matrix, or retired.</summary>
    public int Others => Rows.Length - Rows.Count(row => row.Rules.Length == 0) - Covered;

    /// <summary>The number of possible keys; null if it is not known.</summary>
    public int? Known => known?.Count;

    /// <summary>Counts rules.</summary>
    /// <param name="axis">By what.</param>
    /// <param name="attack">The names of tactics and techniques.</param>
    /// <param name="rules">The rules, each with the path of its file.</param>
    /// <param name="withUncovered">Whether the techniques and tactics without a rule get a row too.</param>
    /// <param name="report">Receives diagnostics about a rule's tags, and the path of its file.</param>
    public static CoverageReport Count(
        CoverageAxis axis, AttackCatalog attack, IEnumerable<(string Path, ReadDocument Document)> rules, bool withUncovered = false, Action<Diagnostic, string>? report = null)
    {
        var byKey = new Dictionary<string, List<CoveringRule>>(StringComparer.Ordinal);
        int count = 0;
        int unassigned = 0;
        var diagnostics = new List<Diagnostic>();
        foreach ((string path, ReadDocument document) in rules)
        {
            count++;
            diagnostics.Clear();
            string[] keys = [.. axis.KeysOf(document, attack, diagnostics).Distinct()];
            unassigned += keys.Length == 0 ? 1 : 0;
            foreach (string key in keys)
            {
                if (!byKey.TryGetValue(key, out List<CoveringRule>? covering))
                {
                    byKey[key] = covering = [];
                }

                covering.Add(new CoveringRule(path, document.Metadata));
            }

            foreach (Diagnostic diagnostic in diagnostics.Distinct())
            {
                report?.Invoke(diagnostic, path);
            }
        }

        if (withUncovered)
        {
            foreach (string key in axis.KnownKeys?.Invoke(attack) ?? [])
            {
                byKey.TryAdd(key, []);
            }
        }

        IEnumerable<CoverageRow> rows = byKey.Select(pair => new CoverageRow(pair.Key, axis.NameOf(pair.Key, attack), [.. pair.Value]));
        rows = axis.OrderOf is { } order
            ? rows.OrderBy(row => order(row.Key, attack), StringComparer.Ordinal)
            : rows.OrderByDescending(row => row.Rules.Length).ThenBy(row => row.Key, StringComparer.Ordinal);
        return new CoverageReport(axis, attack, [.. rows], count, unassigned);
    }

    /// <summary>How many keys with a rule cannot be compared.</summary>
    /// <param name="before">What was covered before.</param>
    public int NotIn(CoverageBaseline before) => Rows.Count(row => row.Rules.Length > 0 && !before.CanHave(row.Key, Attack));

    /// <summary>What is another than it was.</summary>
    /// <param name="before">What was covered before; keys that it cannot have are not compared.</param>
    /// <returns>The changes: gained first, then lost, then other numbers; by key.</returns>
    public ImmutableArray<CoverageChange> Since(CoverageBaseline before)
    {
        Dictionary<string, int> now = Rows.ToDictionary(row => row.Key, row => row.Rules.Length, StringComparer.Ordinal);
        return
        [
            .. now.Keys.Union(before.Counts.Keys)
                .Where(key => before.CanHave(key, Attack))
                .Select(key => new CoverageChange(key, Axis.NameOf(key, Attack), before.Counts.GetValueOrDefault(key), now.GetValueOrDefault(key)))
                .Where(change => change.Before != change.Now)
                .OrderBy(change => change.Before == 0 ? 0 : change.Now == 0 ? 1 : 2)
                .ThenBy(change => change.Key, StringComparer.Ordinal),
        ];
    }
}
