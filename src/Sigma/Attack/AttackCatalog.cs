using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Attack;

/// <summary>
/// The names of MITRE ATT&amp;CK: tactics and techniques, current and retired. The built-in one knows Enterprise and all retired
/// ids as of version 19, Mobile and ICS as of 2023.
/// </summary>
internal sealed class AttackCatalog
{
    /// <summary>The version of ATT&amp;CK Enterprise that is built in.</summary>
    public const string BuiltInVersion = "19";

    private static readonly Lazy<AttackCatalog> Present = new(() => ReadTables(nameOf2020: false));
    private static readonly Lazy<AttackCatalog> Old = new(() => ReadTables(nameOf2020: true));

    private readonly Dictionary<string, Tactic> tacticsByKey;
    private readonly Dictionary<string, Technique> techniquesById;

    /// <summary>Creates a catalogue.</summary>
    /// <param name="version">What it is a copy of, to be shown.</param>
    /// <param name="tactics">The tactics in the order of their matrix; of two with one id, the current one first.</param>
    /// <param name="techniques">The techniques.</param>
    public AttackCatalog(string version, IEnumerable<Tactic> tactics, IEnumerable<Technique> techniques)
    {
        Version = version;
        Tactics = [.. tactics];
        Techniques = [.. techniques.OrderBy(technique => technique.Id, StringComparer.Ordinal)];
        tacticsByKey = new(StringComparer.OrdinalIgnoreCase);
        techniquesById = new(StringComparer.OrdinalIgnoreCase);
        foreach (Tactic tactic in Tactics)
        {
            tacticsByKey.TryAdd(tactic.Key, tactic);
            tacticsByKey.TryAdd(tactic.Id, tactic);
        }

        foreach (Technique technique in Techniques)
        {
            techniquesById.TryAdd(technique.Id, technique);
        }
    }

    /// <summary>The built-in catalogue.</summary>
    public static AttackCatalog BuiltIn => Present.Value;

    /// <summary>The built-in catalogue with the names of 2020, before several techniques got others.</summary>
    public static AttackCatalog Of2020 => Old.Value;

    /// <summary>What the catalogue is a copy of, such as <c>19</c>.</summary>
    public string Version { get; }

    /// <summary>The tactics in the order of their matrix, a domain after the other.</summary>
    public ImmutableArray<Tactic> Tactics { get; }

    /// <summary>The techniques, sorted by id.</summary>
    public ImmutableArray<Technique> Techniques { get; }

    /// <summary>Finds a tactic.</summary>
    /// <param name="key">Its name as in a tag (<c>command_and_control</c>, <c>command-and-control</c>) or its id.</param>
    /// <returns>The tactic; null if there is none.</returns>
    public Tactic? FindTactic(string key) => tacticsByKey.GetValueOrDefault(key.Replace('_', '-'));

    /// <summary>Finds a technique by its id; case does not matter.</summary>
    public Technique? FindTechnique(string id) => techniquesById.GetValueOrDefault(id);

    /// <summary>The technique that one is today: itself, or what a retired one became. Null where it became none.</summary>
    public Technique? Current(Technique technique)
    {
        // A successor may itself have been retired; a chain longer than this is a circle.
        for (int step = 0; step < 8; step++)
        {
            if (!technique.IsRetired)
            {
                return technique;
            }

            if (technique.Successor is null || FindTechnique(technique.Successor) is not { } next)
            {
                return null;
            }

            technique = next;
        }

        return null;
    }

    private static AttackCatalog ReadTables(bool nameOf2020) => new(
        nameOf2020 ? BuiltInVersion + ", names of 2020" : BuiltInVersion,
        EmbeddedTable.Read(typeof(AttackCatalog).Assembly, "tactics.tsv", 5).Select(row => new Tactic(row[1], row[0], row[2], row[3], row[4].Length > 0)),
        EmbeddedTable.Read(typeof(AttackCatalog).Assembly, "techniques.tsv", 7).Select(row => new Technique(
            row[0],
            nameOf2020 && row[5].Length > 0 ? row[5] : row[1],
            row[2],
            [.. row[3].Split(',', StringSplitOptions.RemoveEmptyEntries)],
            row[4].Length > 0,
            row[4] is "" or "-" ? null : row[4])));
}
