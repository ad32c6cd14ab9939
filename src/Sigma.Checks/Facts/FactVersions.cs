using Sigma.Attack;

namespace Sigma.Checks.Facts;

/// <summary>Which versions of public lists the program carries.</summary>
internal static class FactVersions
{
    /// <summary>The names and files of other lists of the public rules.</summary>
    public const string OtherLists = "20240809";

    /// <summary>The lists with their versions.</summary>
    public static IReadOnlyList<(string Table, string Version)> All { get; } =
    [
        ("ATT&CK: tactics and techniques", AttackCatalog.BuiltInVersion),
        ("ATT&CK: groups, software, data sources, mitigations", AttackObjects.Version),
        ("D3FEND", Defend.Version),
        ("log sources and fields of the public rules", LogSourceTable.Version),
        ("names of files, providers, categories of the public rules", OtherLists),
        ("SPDX licences", $"package {Licenses.Version}"),
    ];
}
