namespace Sigma.Checks.Facts;

/// <summary>A log source of the public rules.</summary>
/// <param name="Fields">The fields that its events have; none where nobody has listed them.</param>
/// <param name="Fixed">Fields that have one value in all its events.</param>
/// <param name="Definition">What must be configured; empty for nothing.</param>
internal sealed record KnownLogSource(IReadOnlySet<string> Fields, IReadOnlyList<string> Fixed, string Definition)
{
    /// <summary>The fields by their names, case-insensitive.</summary>
    public IReadOnlyDictionary<string, string> Folded { get; } =
        Fields.DistinctBy(field => field.ToLowerInvariant()).ToDictionary(field => field, field => field, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The log sources of the public rules, with their fields.</summary>
internal static class LogSourceTable
{
    /// <summary>The version of the list.</summary>
    public const string Version = "20251205";

    private static readonly Lazy<Dictionary<(string, string, string), KnownLogSource>> Known = new(() => EmbeddedTable.Read(typeof(LogSourceTable).Assembly, "log_sources.tsv", 6).ToDictionary(
        row => (row[0], row[1], row[2]), row => new KnownLogSource(Words(row[3]).ToHashSet(StringComparer.Ordinal), Words(row[4]), row[5])));

    private static readonly Lazy<Dictionary<(string, string, string), string>> Prefixes = new(() =>
        EmbeddedTable.Read(typeof(LogSourceTable).Assembly, "file_prefixes.tsv", 4).ToDictionary(row => (row[0], row[1], row[2]), row => row[3]));

    /// <summary>Finds the log source of a rule.</summary>
    public static KnownLogSource? Of(RuleText rule) => Known.Value.GetValueOrDefault(KeyOf(rule));

    /// <summary>The log sources of a product that have a field.</summary>
    public static IEnumerable<string> With(string product, string field) => Known.Value
        .Where(pair => pair.Key.Item1 == product && pair.Value.Fields.Contains(field)).Select(pair => pair.Key.Item2.Length > 0 ? pair.Key.Item2 : pair.Key.Item3);

    /// <summary>How the name of a file begins that has a rule of a log source; null where that is not agreed on.</summary>
    public static string? PrefixOf(RuleText rule) => Prefixes.Value.GetValueOrDefault(KeyOf(rule)) ?? Prefixes.Value.GetValueOrDefault((rule.LogSource("product"), "", ""));

    private static (string, string, string) KeyOf(RuleText rule) => (rule.LogSource("product"), rule.LogSource("category"), rule.LogSource("service"));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
