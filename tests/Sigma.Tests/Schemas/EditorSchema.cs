using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Sigma.Tests.Backends;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Schemas;

/// <summary>A schema of docs/schemas, and YAML as an editor shows it to a schema.</summary>
internal sealed class EditorSchema
{
    private readonly Lazy<JsonSchema> schema;

    private EditorSchema(string name)
    {
        Name = name;
        Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", name + ".schema.json"));
        Root = JsonNode.Parse(Text)!.AsObject();
        schema = new(() => JsonSchema.FromText(Text));
    }

    public static EditorSchema Rule { get; } = new("rule");

    public static EditorSchema Cases { get; } = new("cases");

    public static EditorSchema Pipeline { get; } = new("pipeline");

    public static EditorSchema Backend { get; } = new("backend");

    public static EditorSchema Configuration { get; } = new("configuration");

    public static IReadOnlyList<EditorSchema> All { get; } = [Rule, Cases, Pipeline, Backend, Configuration];

    public string Name { get; }

    public string Text { get; }

    public JsonObject Root { get; }

    /// <summary>A part of the schema, such as <c>$defs/case/properties</c>.</summary>
    public JsonObject At(string path) => path.Split('/').Aggregate((JsonNode)Root, (node, step) => node[step]!).AsObject();

    /// <summary>The names of the properties of a part.</summary>
    public IEnumerable<string> Names(string path) => At(path + "/properties").Select(property => property.Key);

    /// <summary>Whether all documents of a text are valid; those that cannot be read as YAML are not.</summary>
    public bool Accepts(string text) => YamlReader.Read(new SourceText("a.yml", text)).All(document =>
        document.Diagnostics.All(diagnostic => diagnostic.Severity is not Severity.Error)
        && (document.Root is null || Accepts(document.Root)));

    private bool Accepts(YamlNode root) => schema.Value.Evaluate(JsonSerializer.SerializeToElement(ToJson(root)), null).IsValid;

    /// <summary>A node as JSON, with the types that the readers give to scalars. A date is a text, as in YAML 1.2.</summary>
    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMapping map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Name, ToJson(entry.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar scalar => ScalarType.Of(scalar) switch
        {
            ScalarType.Null => null,
            ScalarType.Boolean => JsonValue.Create(scalar.Value[0] is 't' or 'T'),
            ScalarType.Number => JsonNode.Parse(ScalarTypes.CanonicalNumber(scalar.Value) ?? "0"),
            _ => JsonValue.Create(scalar.Value),
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public override string ToString() => Name;
}
