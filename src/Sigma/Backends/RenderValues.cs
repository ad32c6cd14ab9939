using Scriban.Runtime;
using Sigma.Alerts;
using Sigma.Rules;
using Sigma.Templates;

namespace Sigma.Backends;

/// <summary>Values as the templates of formats see them.</summary>
internal static class RenderValues
{
    /// <summary>What <c>rule</c> has.</summary>
    public static IReadOnlyCollection<string> RuleMembers { get; } =
    [
        "title", "id", "name", "description", "author", "license", "status", "level", "date", "modified", "tags", "references", "falsepositives", "fields",
        "written_fields", "category", "product", "service", "timeframe",
    ];

    /// <summary>A map of texts.</summary>
    /// <param name="values">The texts by name.</param>
    /// <param name="map">The map that gets them.</param>
    public static ScriptObject Map(IReadOnlyDictionary<string, string> values, ScriptObject map)
    {
        foreach ((string name, string value) in values)
        {
            map[name] = value;
        }

        return map;
    }

    /// <summary>A map of lists.</summary>
    /// <param name="values">The lists by name.</param>
    /// <param name="map">The map that gets them.</param>
    public static ScriptObject Lists(IReadOnlyDictionary<string, IReadOnlyList<string>> values, ScriptObject map)
    {
        foreach ((string name, IReadOnlyList<string> texts) in values)
        {
            map[name] = new ScriptArray(texts);
        }

        return map;
    }

    /// <summary>What templates know of the rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="writtenFields">Its fields as they are written in the query.</param>
    /// <param name="settings">What the user sets for its object.</param>
    public static ScriptObject Rule(SigmaRule rule, IReadOnlyList<string> writtenFields, AlertSettings settings)
    {
        ScriptObject values = MetadataObject.Of(rule.Metadata);
        if (settings.Level is { } level)
        {
            values["level"] = level.ToString().ToLowerInvariant();
        }

        values["written_fields"] = new ScriptArray(writtenFields);
        values["category"] = rule.LogSource.Category;
        values["product"] = rule.LogSource.Product;
        values["service"] = rule.LogSource.Service;
        values["timeframe"] = rule.Timeframe?.ToString();
        return values;
    }
}
