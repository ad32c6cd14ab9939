using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Yaml;

namespace Sigma.Tests.Pipelines;

/// <summary>
/// Pipelines as lines of text, the same for our YAML and for the facts about the public pipelines, which are JSON: one
/// line for the head and one for each item.
/// </summary>
internal static partial class PipelineFacts
{
    private static readonly (string Group, string Fact)[] Groups =
    [
        ("rule", "rule_condition"), ("detection_item", "detection_item_condition"), ("field_name", "field_name_condition"),
    ];

    public static IReadOnlyList<string> OfFacts(JsonElement root) =>
    [
        $"{root.GetProperty("name")} {root.GetProperty("priority")} {Shown(root.GetProperty("backends"))}",
        .. root.GetProperty("items").EnumerateArray().Select(OfFact),
    ];

    public static IReadOnlyList<string> OfYaml(YamlMapping root) =>
    [
        $"{Text(root["name"])} {Text(root["priority"])} {(root["allowed_backends"] is { } backends ? Shown(backends) : "[]")}",
        .. ((YamlSequence)root["transformations"]!).Items.Cast<YamlMapping>().Select(OfItem),
    ];

    private static string OfFact(JsonElement item)
    {
        JsonElement transformation = item.GetProperty("transformation");

        // The public tool invents a name for each added condition, and tells of no default.
        IEnumerable<JsonProperty> parameters = transformation.EnumerateObject()
            .Where(p => p.Name is not ("type" or "name") && !IsDefault(p));
        string line = $"{item.GetProperty("id")}: {transformation.GetProperty("type")} {Shown(parameters)}";
        foreach ((string group, string fact) in Groups)
        {
            if (item.TryGetProperty(fact + "s", out JsonElement conditions))
            {
                bool any = conditions.GetArrayLength() > 1 && item.TryGetProperty(fact + "_linking", out JsonElement link) && link.GetString() == "any";
                bool negated = item.TryGetProperty(fact + "_negation", out JsonElement negation) && negation.GetBoolean();
                IEnumerable<string> shown = conditions.EnumerateArray().Select(c => Shown(c.EnumerateObject().Where(p => !IsDefault(p))));
                line += $" {group}{(negated ? " not" : "")} {(any ? "or" : "and")} {string.Join(' ', shown)}";
            }
        }

        return line;
    }

    private static string OfItem(YamlMapping item)
    {
        string type = Text(item["type"]);

        // The facts lack the value of set_value, so it cannot be compared.
        IEnumerable<YamlEntry> parameters = item.Entries.Where(e =>
            e.Name is not ("id" or "type") && !e.Name.Contains("_cond", StringComparison.Ordinal) && !(type == "set_value" && e.Name == "value"));
        string line = $"{Text(item["id"])}: {type} {Shown(parameters)}";
        foreach ((string group, _) in Groups)
        {
            if (item[group + "_conditions"] is YamlSequence conditions)
            {
                // The facts tell how the conditions of a rule are linked, not those of field names.
                string link = group == "rule" && item[group + "_cond_op"] is YamlScalar op ? op.Value : "and";
                string negated = item[group + "_cond_not"] is null ? "" : " not";
                line += $" {group}{negated} {link} {string.Join(' ', conditions.Items.Select(Shown))}";
            }
        }

        return line;
    }

    private static bool IsDefault(JsonProperty property) => property.Name switch
    {
        "template" or "negated" or "negate" => property.Value.ValueKind is JsonValueKind.False,
        "mode" => property.Value.GetString() == "plain",
        _ => false,
    };

    private static string Shown(IEnumerable<JsonProperty> properties) =>
        Map(properties.Select(p => (p.Name == "None" ? "null" : p.Name, Shown(p.Value))));

    private static string Shown(IEnumerable<YamlEntry> entries) => Map(entries.Select(e => (e.Name, Shown(e.Value))));

    private static string Shown(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => Shown(node.EnumerateObject()),
        JsonValueKind.Array => List(node.EnumerateArray().Select(Shown)),
        JsonValueKind.String when PythonView().Match(node.GetString()!) is { Success: true } view =>
            List(PythonText().Matches(view.Groups[1].Value).Select(m => $"'{m.Groups[1].Value}'")),
        JsonValueKind.String => $"'{node.GetString()}'",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToString(),
    };

    private static string Shown(YamlNode node) => node switch
    {
        YamlMapping map => Shown(map.Entries),
        YamlSequence list => List(list.Items.Select(Shown)),
        YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.String => $"'{scalar.Value}'",
        YamlScalar scalar => scalar.Value,
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };

    private static string Text(YamlNode? node) => ((YamlScalar)node!).Value;

    private static string Map(IEnumerable<(string Key, string Value)> entries) =>
        "{" + string.Join(", ", entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {e.Value}")) + "}";

    /// <summary>A list of one means the same as its one value.</summary>
    private static string List(IEnumerable<string> items) => items.ToList() is [var only] ? only : "[" + string.Join(", ", items) + "]";

    [GeneratedRegex(@"^dict_(?:keys|values)\(\[(.*)\]\)$")]
    private static partial Regex PythonView();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex PythonText();
}
