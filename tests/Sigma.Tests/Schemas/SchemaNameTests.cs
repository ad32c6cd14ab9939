using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Cli;
using Sigma.Events.Testing;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Yaml;

namespace Sigma.Tests.Schemas;

/// <summary>A schema has the names that its reader knows, and no others.</summary>
public sealed partial class SchemaNameTests
{
    [Fact]
    public void Attributes_of_rules()
    {
        EditorSchema rule = EditorSchema.Rule;

        Properties(rule.Root).Should().BeEquivalentTo(MetadataParser.Attributes);
        rule.Names("$defs/logSource").Should().BeEquivalentTo(LogSourceParser.Keys);
        rule.Names("$defs/correlation").Should().BeEquivalentTo(CorrelationParser.Keys);
        rule.Names("$defs/bounds").Should().BeEquivalentTo([.. Comparisons.Names, "field", "percentile"]);
        Enum(rule.At("$defs/relatedRule/properties/type")).Should().BeEquivalentTo(MetadataParser.Relations);
        Enum(rule.At("properties/level")).Should().Equal(System.Enum.GetNames<Level>().Select(name => name.ToLowerInvariant()));
        Enum(rule.At("properties/status")).Should().Equal(System.Enum.GetNames<RuleStatus>().Select(name => name.ToLowerInvariant()));
        Enum(rule.At("$defs/correlation/properties/type")).Should().BeEquivalentTo(CorrelationParser.Types.Keys);
        Enum(rule.At("$defs/logSource/properties/category")).Should().BeEquivalentTo(LogSourceNames.Categories);
        Enum(rule.At("$defs/logSource/properties/product")).Should().BeEquivalentTo(LogSourceNames.Products);
        Enum(rule.At("$defs/logSource/properties/service")).Should().BeEquivalentTo(LogSourceNames.Services);
    }

    [Fact]
    public void Modifiers_in_their_places()
    {
        foreach (EditorSchema schema in (EditorSchema[])[EditorSchema.Rule, EditorSchema.Pipeline])
        {
            string[][] groups = [.. ModifierGroup().Matches((string)schema.At("$defs/itemName")["pattern"]!).Select(match => match.Groups["names"].Value.Split('|'))];

            groups.Should().HaveCount(3);
            groups[0].Should().BeEquivalentTo(Named(ModifierPlace.List));
            groups[1].Should().BeEquivalentTo(Named(ModifierPlace.First));
            groups[2].Should().BeEquivalentTo(Named(ModifierPlace.Value).Concat(Named(ModifierPlace.List)));
        }

        static IEnumerable<string> Named(ModifierPlace place) => Modifiers.All.Where(modifier => modifier.Place == place).Select(modifier => modifier.Name);
    }

    [Fact]
    public void Keys_of_cases()
    {
        EditorSchema.Cases.Names("$defs/file").Should().BeEquivalentTo(CaseReader.FileKeys);
        EditorSchema.Cases.Names("$defs/case").Should().BeEquivalentTo(CaseReader.CaseKeys);
    }

    [Fact]
    public void Settings_of_configurations()
    {
        EditorSchema configuration = EditorSchema.Configuration;

        Properties(configuration.Root).Should().BeEquivalentTo(
            SettingTable.All.Where(setting => setting.Command is null).Select(setting => setting.Name).Concat(SettingTable.Commands));
        foreach (string command in SettingTable.Commands)
        {
            configuration.Names("properties/" + command).Should().BeEquivalentTo(
                SettingTable.All.Where(setting => setting.Command is null || setting.Command == command).Select(setting => setting.Name), command);
        }
    }

    [Fact]
    public void Keys_of_pipelines()
    {
        EditorSchema pipeline = EditorSchema.Pipeline;

        pipeline.Names("$defs/pipeline").Should().BeEquivalentTo(PipelineReader.Keys);
        pipeline.Names("$defs/legacy").Should().BeEquivalentTo(LegacyConfiguration.Keys);
        Enum(pipeline.At("$defs/transformationKeys")).Should().BeEquivalentTo(PipelineReader.ItemKeys);
        Enum(pipeline.At("$defs/postprocessingKeys")).Should().BeEquivalentTo(PipelineReader.QueryItemKeys);
        pipeline.Names("$defs/transformation").Should().BeEquivalentTo(PipelineReader.ItemKeys);
        pipeline.Names("$defs/postprocessingStep").Should().BeEquivalentTo(PipelineReader.QueryItemKeys);
    }

    [Fact]
    public void Steps_and_conditions_of_pipelines_with_their_parameters()
    {
        CompareTypes("transformation", Transformations.All, PipelineReader.ItemKeys);
        CompareTypes("ruleCondition", Conditions.Rule, ["type"]);
        CompareTypes("itemCondition", Conditions.Item, ["type"]);
        CompareTypes("fieldCondition", Conditions.Field, ["type"]);
        CompareTypes("postprocessingStep", Postprocessing.All, PipelineReader.QueryItemKeys);
        CompareTypes("finalizer", Finalizers.All, ["type"]);
    }

    [Fact]
    public void Keys_of_backends()
    {
        EditorSchema backend = EditorSchema.Backend;

        Properties(backend.Root).Should().BeEquivalentTo(BackendReader.Keys);
        backend.Names("properties/shapes").Should().BeEquivalentTo(Shapes.ByName.Keys);
        backend.Names("properties/time_parts").Should().BeEquivalentTo(System.Enum.GetNames<TimePart>().Select(name => name.ToLowerInvariant()));
        backend.Names("properties/operators").Should().BeEquivalentTo(Comparisons.Names);
        backend.Names("$defs/correlations").Should().BeEquivalentTo(FormatReader.Types);
        Enum(backend.At("properties/emitter")).Should().BeEquivalentTo(Emitters.Names);
    }

    [Fact]
    public void Keys_of_the_maps_in_backends_are_those_that_the_readers_ask_for()
    {
        // The readers have no lists of these keys: they ask for each by its name.
        string[] asked =
        [
            .. ((string[])["BackendReader", "OptionReader", "StyleReader", "ShapeReader", "FormatReader", "LimitReader"])
                .SelectMany(name => Asked().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Sigma", "Backends", name + ".cs"))))
                .Select(match => match.Groups["key"].Value)
                .Distinct(),
        ];
        string[] tables =
            [.. Shapes.ByName.Keys, .. Comparisons.Names, .. FormatReader.Types, .. System.Enum.GetNames<TimePart>().Select(name => name.ToLowerInvariant())];

        var described = new HashSet<string>();
        Walk(EditorSchema.Backend.Root, node => described.UnionWith(node["properties"] is JsonObject properties ? properties.Select(property => property.Key) : []));
        described.Except(tables).Should().BeEquivalentTo(asked.Concat(BackendReader.Keys).Except(tables));
    }

    [Fact]
    public void Every_key_is_explained()
    {
        foreach (EditorSchema schema in EditorSchema.All)
        {
            schema.Root.Should().ContainKeys("$schema", "title", "description");
            schema.Root.Should().NotContainKey("$id");
            schema.Text.Should().NotMatchRegex("\"\\$ref\": \"(?!#/)", "a schema is one file");
            var explained = new HashSet<string>();
            var used = new HashSet<string>();
            Walk(schema.Root, node =>
            {
                foreach ((string key, JsonNode? property) in node["properties"]?.AsObject() ?? [])
                {
                    used.Add(key);
                    if (Described(schema, property))
                    {
                        explained.Add(key);
                    }
                }
            });
            used.Should().BeSubsetOf(explained, $"{schema} shows help for them");
        }
    }

    private static void CompareTypes<T>(string definition, IReadOnlyDictionary<string, Func<Parameters, T?>> table, IReadOnlyCollection<string> frame)
        where T : class
    {
        JsonObject step = EditorSchema.Pipeline.At("$defs/" + definition);
        step["properties"]!["type"]!["anyOf"]!.AsArray().Select(type => (string)type!["const"]!).Should().BeEquivalentTo(table.Keys);
        Dictionary<string, JsonObject> parametersOf = step["allOf"]!.AsArray().Select(branch => branch!.AsObject()).Where(branch => branch.ContainsKey("if"))
            .ToDictionary(branch => (string)branch["if"]!["properties"]!["type"]!["const"]!, branch => branch["then"]!.AsObject());
        parametersOf.Keys.Should().BeEquivalentTo(table.Keys);
        foreach ((string type, JsonObject then) in parametersOf)
        {
            JsonObject properties = then["properties"]!.AsObject();
            string[] names = [.. properties.Select(property => property.Key)];
            ((then["propertyNames"]!["anyOf"]!.AsArray().Skip(1).SingleOrDefault()?["enum"])?.AsArray() ?? []).Select(name => (string)name!).Should().Equal(names, type);

            // The reader asks for each parameter where all are there.
            YamlMapping written = Given.Yaml(new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Sample(property.Value!)))).ToJsonString()).Root
                .Should().BeOfType<YamlMapping>().Subject;
            var parameters = new Parameters(written, type, frame, []);
            table[type](parameters);
            parameters.Asked.Except(frame).Should().BeEquivalentTo(names, $"the schema of '{type}' has its parameters");
        }
    }

    /// <summary>A value that a parameter takes.</summary>
    private static JsonNode? Sample(JsonNode property) =>
        property["examples"] is JsonArray examples ? examples[0]!.DeepClone()
        : property["enum"] is JsonArray values ? values[0]!.DeepClone()
        : (string?)property["$ref"] switch
        {
            "#/$defs/flag" => true,
            "#/$defs/count" => 1,
            "#/$defs/names" or "#/$defs/ids" or "#/$defs/pairs" => new JsonObject { ["a"] = "b" },
            _ => ".a",
        };

    private static bool Described(EditorSchema schema, JsonNode? property) =>
        property is JsonObject node && (node.ContainsKey("description") || ((string?)node["$ref"] is { } reference && Described(schema, schema.At(reference[2..]))));

    private static IEnumerable<string> Properties(JsonObject node) => node["properties"]!.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Enum(JsonObject node) => (node["anyOf"]?[0]?["enum"] ?? node["enum"])!.AsArray().Where(value => value is not null).Select(value => (string)value!);

    private static void Walk(JsonNode? node, Action<JsonObject> visit)
    {
        if (node is JsonObject map)
        {
            visit(map);
        }

        foreach (JsonNode? child in node switch { JsonObject inner => inner.Select(entry => entry.Value), JsonArray list => list, _ => [] })
        {
            Walk(child, visit);
        }
    }

    [GeneratedRegex(@"\(\\\|\((?<names>[a-z0-9|]+)\)\)[*?]")]
    private static partial Regex ModifierGroup();

    [GeneratedRegex(@"(?:\.(?:Text|Texts|Flag|Filled|Required|RequiredFilled|Scalar|Pairs|Pattern|WholePattern|PositiveNumber|Child|Node|Has)\(|(?:Inner|Styled|ReadFields|Operator|Words|Brackets)\(\w+, )""(?<key>\w+)""")]
    private static partial Regex Asked();
}
