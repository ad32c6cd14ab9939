namespace Sigma.Checks.Facts;

/// <summary>What ATT&amp;CK has beside tactics and techniques: groups, software, data sources and mitigations.</summary>
internal static class AttackObjects
{
    /// <summary>The version of ATT&amp;CK that the ids are of.</summary>
    public const string Version = "17.1";

    private static readonly Lazy<HashSet<string>> Ids = new(() => new HashSet<string>(EmbeddedTable.Read(typeof(AttackObjects).Assembly, "attack_objects.tsv", 2).SelectMany(row => row[1].Split(' ')), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether there is such an id, as <c>G0016</c>.</summary>
    public static bool Has(string id) => Ids.Value.Contains(id);
}
