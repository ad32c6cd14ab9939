namespace Sigma.Backends;

/// <summary>
/// What to say to a name that is no target's: the systems and languages that people name when they look for one. A backend says itself
/// under which other names it is known (<c>aliases</c>, <c>known_as</c>), and which systems it comes nearest to (<c>nearest_to</c>).
/// </summary>
internal static class KnownSystems
{
    /// <summary>Names of systems that no target comes near to, each with what it is. A backend says itself which ones it is nearest to.</summary>
    internal static readonly Dictionary<string, string> WithoutTarget = new(StringComparer.OrdinalIgnoreCase)
    {
        ["arcsight"] = "ArcSight",
        ["carbonblack"] = "Carbon Black",
        ["datadog"] = "Datadog",
        ["sumologic"] = "Sumo Logic",
        ["insightidr"] = "Rapid7 InsightIDR",
        ["panther"] = "Panther",
        ["wazuh"] = "Wazuh",
        ["securonix"] = "Securonix",
        ["netwitness"] = "NetWitness",
        ["fortisiem"] = "FortiSIEM",
        ["devo"] = "Devo",
        ["hawk"] = "HAWK.io",
        ["trellix"] = "Trellix",
        ["uberagent"] = "uberAgent",
        ["stix"] = "STIX",
    };

    /// <summary>Says which target to write for instead of a name that is none, or that there is none yet.</summary>
    /// <param name="written">What the user wrote.</param>
    /// <param name="catalog">The targets there are.</param>
    /// <returns>The hint; null if nothing is known by this name.</returns>
    public static string? Hint(string written, BackendCatalog catalog)
    {
        string name = written.Replace('_', '-');
        string[] targets = [.. catalog.Names.Where(target => IsCalled(catalog.Find(target)!, written, name))];
        if (targets.Length > 0)
        {
            return $"the target for it is {Listed(targets)}";
        }

        (string Target, string System)[] nearest = [.. catalog.Names.SelectMany(target => catalog.Find(target)!.NearestTo
            .Where(system => Means(system.Key, name)).Select(system => (target, system.Value)))];
        if (nearest.Length > 0)
        {
            return $"sigmac has no target for {nearest[0].System} yet; the nearest is {Listed(nearest.Select(near => near.Target))}";
        }

        return WithoutTarget.TryGetValue(name, out string? other) ? $"sigmac has no target for {other} yet; --backends adds one of your own" : null;
    }

    private static bool IsCalled(BackendFolder target, string written, string name) =>
        Means(target.Name, written) || target.Aliases.Any(alias => Means(alias, written)) || target.KnownAs.Any(known => Means(known, name));

    private static bool Means(string name, string written) => name.Equals(written, StringComparison.OrdinalIgnoreCase);

    private static string Listed(IEnumerable<string> targets) => string.Join(" or ", targets.Select(target => $"'{target}'"));
}
