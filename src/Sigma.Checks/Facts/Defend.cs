namespace Sigma.Checks.Facts;

/// <summary>What D3FEND has: tactics, techniques and artifacts.</summary>
internal static class Defend
{
    /// <summary>The version that the ids are of.</summary>
    public const string Version = "0.16.0";

    private static readonly Lazy<HashSet<string>> Ids = new(() => new HashSet<string>(EmbeddedTable.Read(typeof(Defend).Assembly, "d3fend.tsv", 2).SelectMany(row => row[1].Split(' ')), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether there is such an id, as <c>D3-AM</c> or <c>d3f-WindowsNtOpenFile</c>.</summary>
    public static bool Has(string id) => Ids.Value.Contains(id);
}
