using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>What people write who know another language, or whose editor moved a line; and what to write instead.</summary>
internal static class UsualMistakes
{
    private const string IgnoresCase = "leave it out: texts are compared case-insensitively";
    private const string PlainValue = "leave it out: a value without a modifier is compared as a whole";

    private static readonly Dictionary<string, string> ModifierNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["beginswith"] = "startswith",
        ["begins"] = "startswith",
        ["begin"] = "startswith",
        ["starts"] = "startswith",
        ["startwith"] = "startswith",
        ["prefix"] = "startswith",
        ["ends"] = "endswith",
        ["finisheswith"] = "endswith",
        ["suffix"] = "endswith",
        ["has"] = "contains",
        ["includes"] = "contains",
        ["substring"] = "contains",
        ["regex"] = "re",
        ["regexp"] = "re",
        ["rx"] = "re",
        ["matches"] = "re",
        ["match"] = "re",
        ["pattern"] = "re",
        ["ip"] = "cidr",
        ["subnet"] = "cidr",
        ["network"] = "cidr",
        ["cidrv4"] = "cidr",
        ["not"] = "neq",
        ["ne"] = "neq",
        ["not_equals"] = "neq",
        ["notequals"] = "neq",
        ["less"] = "lt",
        ["min"] = "gte",
        ["greater"] = "gt",
        ["max"] = "lte",
        ["le"] = "lte",
        ["ge"] = "gte",
        ["case"] = "cased",
        ["casesensitive"] = "cased",
        ["case_sensitive"] = "cased",
        ["cs"] = "cased",
        ["and"] = "all",
        ["each"] = "all",
        ["exist"] = "exists",
        ["present"] = "exists",
        ["field"] = "fieldref",
        ["equalsfield"] = "fieldref",
        ["fieldequals"] = "fieldref",
        ["b64"] = "base64",
        ["utf16-le"] = "utf16le",
        ["unicode"] = "wide",
        ["dash"] = "windash",
        ["placeholder"] = "expand",
    };

    private static readonly Dictionary<string, string> ModifierHints = new(StringComparer.OrdinalIgnoreCase)
    {
        ["equals"] = PlainValue,
        ["eq"] = PlainValue,
        ["is"] = PlainValue,
        ["exact"] = PlainValue,
        ["in"] = "leave it out: a list of values means any of them",
        ["any"] = "leave it out: a list of values means any of them",
        ["or"] = "leave it out: a list of values means any of them",
        ["icontains"] = "write contains: texts are compared case-insensitively",
        ["nocase"] = IgnoresCase,
        ["insensitive"] = IgnoresCase,
        ["like"] = "leave it out, and write the wildcards * and ? in the value",
        ["wildcard"] = "leave it out, and write the wildcards * and ? in the value",
        ["glob"] = "leave it out, and write the wildcards * and ? in the value",
        ["null"] = "leave it out, and write null for the value",
        ["between"] = "write two items, one with gte and one with lte",
        ["range"] = "write two items, one with gte and one with lte",
        ["vars"] = "write expand, and %name% in the value",
    };

    private static readonly Dictionary<string, string> AggregationHints = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc"] = "write count(field): with a field it counts different values",
        ["distinct"] = "write count(field): with a field it counts different values",
        ["dcount"] = "write count(field): with a field it counts different values",
        ["distinct_count"] = "write count(field): with a field it counts different values",
        ["count_distinct"] = "write count(field): with a field it counts different values",
        ["values"] = "write count(field): with a field it counts different values",
        ["estdc"] = "write count(field): with a field it counts different values",
        ["mean"] = "write avg(field)",
        ["average"] = "write avg(field)",
        ["total"] = "write sum(field)",
        ["median"] = "write a correlation of type value_median",
        ["perc"] = "write a correlation of type value_percentile",
        ["percentile"] = "write a correlation of type value_percentile",
        ["stats"] = "write count() by field > number",
        ["where"] = "write count() by field > number",
    };

    /// <summary>What to write instead of a modifier that does not exist.</summary>
    /// <param name="name">What the user wrote.</param>
    /// <returns>The hint; null if nothing is near.</returns>
    public static string? OfModifier(string name) =>
        ModifierNames.TryGetValue(name, out string? meant) ? $"write '{meant}'"
        : ModifierHints.GetValueOrDefault(name)
        ?? Suggestion.For(name, Modifiers.All.Select(modifier => modifier.Name));

    /// <summary>What to write instead of an aggregation that does not exist.</summary>
    /// <param name="name">What the user wrote.</param>
    /// <returns>The hint; null if nothing is near.</returns>
    public static string? OfAggregation(string name) =>
        AggregationHints.GetValueOrDefault(name) ?? Suggestion.For(name, ["count", "sum", "avg", "min", "max", "near"]);

    /// <summary>
    /// The hint about a key that is missing from a map and stands in a map below, because its line is indented too far.
    /// </summary>
    /// <param name="key">The key that is missing.</param>
    /// <param name="where">The map without it.</param>
    /// <returns>The hint; null if the key is nowhere.</returns>
    public static string? OfIndentation(string key, YamlMapping where)
    {
        foreach (YamlEntry entry in where.Entries)
        {
            if (entry.Value is YamlMapping below && below.Find(key) is { } found)
            {
                return $"'{key}:' in line {found.Key.Span.Position.Line} is inside '{entry.Name}:'; indent it less";
            }
        }

        return null;
    }
}
