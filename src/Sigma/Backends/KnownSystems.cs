namespace Sigma.Backends;

/// <summary>
/// The systems and languages that people name when they look for a target. The names of the targets are not among them: a
/// backend says itself under which other names it is known (<c>aliases</c>).
/// </summary>
internal static class KnownSystems
{
    private const string Lucene = "elasticsearch";
    private const string Kusto = "kusto";

    /// <summary>Names of a system that has a target, each with an alias of its backend.</summary>
    internal static readonly Dictionary<string, string> WithTarget = new(StringComparer.OrdinalIgnoreCase)
    {
        ["elastic"] = Lucene,
        ["es"] = Lucene,
        ["kibana"] = Lucene,
        ["elk"] = Lucene,
        ["winlogbeat"] = Lucene,
        ["querystring"] = Lucene,
        ["query-string"] = Lucene,
        ["dsl-lucene"] = Lucene,
        ["watcher"] = "xpack-watcher",
        ["es-ql"] = "esql",
        ["es|ql"] = "esql",
        ["spl"] = "splunk",
        ["ariel"] = "qradar",
        ["ibm-qradar"] = "qradar",
        ["ibm-qradar-aql"] = "qradar",
        ["splunk-cloud"] = "splunk",
        ["cql"] = "crowdstrike",
        ["falcon"] = "crowdstrike",
        ["ng-siem"] = "crowdstrike",
        ["google-chronicle"] = "chronicle",
        ["google-secops"] = "chronicle",
        ["yara-l"] = "chronicle",
        ["yaral"] = "chronicle",
        ["udm"] = "chronicle",
        ["s1"] = "sentinelone",
        ["s1ql"] = "sentinelone",
        ["deep-visibility"] = "sentinelone",
        ["cortex"] = "cortexxdr",
        ["xsiam"] = "cortexxdr",
        ["cortex-xdr"] = "cortexxdr",
        ["cortex-xsiam"] = "cortexxdr",
        ["pwsh"] = "powershell",
        ["get-winevent"] = "powershell",
        ["egrep"] = "grep",
        ["azure"] = Kusto,
        ["azure-monitor"] = Kusto,
        ["log-analytics"] = Kusto,
        ["ala"] = Kusto,
        ["microsoft-sentinel"] = Kusto,
        ["defender-xdr"] = Kusto,
        ["microsoft-xdr"] = Kusto,
        ["xdr"] = Kusto,
        ["mde"] = Kusto,
        ["mdatp"] = Kusto,
    };

    /// <summary>Names of a system or language that no target writes, with what it is, and an alias of the backend that comes closest.</summary>
    internal static readonly Dictionary<string, (string System, string? Nearest)> WithoutTarget = new(StringComparer.OrdinalIgnoreCase)
    {
        ["spl2"] = ("SPL2 of Splunk", "splunk"),
        ["splunk-spl2"] = ("SPL2 of Splunk", "splunk"),
        ["arcsight"] = ("ArcSight", null),
        ["carbonblack"] = ("Carbon Black", null),
        ["datadog"] = ("Datadog", null),
        ["sumologic"] = ("Sumo Logic", null),
        ["insightidr"] = ("Rapid7 InsightIDR", null),
        ["panther"] = ("Panther", null),
        ["mysql"] = ("MySQL", "sql"),
        ["bigquery"] = ("BigQuery", "sql"),
        ["snowflake"] = ("Snowflake", "sql"),
        ["wazuh"] = ("Wazuh", null),
        ["securonix"] = ("Securonix", null),
        ["netwitness"] = ("NetWitness", null),
        ["fortisiem"] = ("FortiSIEM", null),
        ["devo"] = ("Devo", null),
        ["hawk"] = ("HAWK.io", null),
        ["trellix"] = ("Trellix", null),
        ["uberagent"] = ("uberAgent", null),
        ["stix"] = ("STIX", null),
    };

    /// <summary>Says which target to write for instead of a name that is none, or that there is none yet.</summary>
    /// <param name="written">What the user wrote.</param>
    /// <param name="catalog">The targets there are.</param>
    /// <returns>The hint; null if nothing is known by this name.</returns>
    public static string? Hint(string written, BackendCatalog catalog)
    {
        string name = written.Replace('_', '-');
        string[] called = CalledBy(WithTarget.GetValueOrDefault(name, written), catalog);
        if (called.Length > 0)
        {
            return $"the target for it is {Listed(called)}";
        }

        if (!WithoutTarget.TryGetValue(name, out (string System, string? Nearest) known))
        {
            return null;
        }

        string[] nearest = known.Nearest is null ? [] : CalledBy(known.Nearest, catalog);
        return $"sigmac has no target for {known.System} yet; " + (nearest.Length == 0 ? "--backends adds one of your own" : $"the nearest is {Listed(nearest)}");
    }

    /// <summary>The targets with a name in any letter case, or with such an alias.</summary>
    private static string[] CalledBy(string name, BackendCatalog catalog) =>
    [
        .. catalog.Names.Where(target => target.Equals(name, StringComparison.OrdinalIgnoreCase)
            || catalog.Find(target)!.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)),
    ];

    private static string Listed(string[] targets) => string.Join(" or ", targets.Select(target => $"'{target}'"));
}
