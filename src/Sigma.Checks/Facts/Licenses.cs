namespace Sigma.Checks.Facts;

/// <summary>The identifiers of licences of the SPDX list.</summary>
internal static class Licenses
{
    /// <summary>The version of the package of the list.</summary>
    public const string Version = "3.0.24";

    private static readonly Lazy<HashSet<string>> Known = new(() => new HashSet<string>(EmbeddedTable.Read(typeof(Licenses).Assembly, "licenses.tsv", 1).Select(row => row[0]), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it is one.</summary>
    public static bool Has(string id) => Known.Value.Contains(id);
}
