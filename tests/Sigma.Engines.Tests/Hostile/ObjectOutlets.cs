using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Engines.Tests.Hostile.Readers;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>An object for Elastic, OpenSearch or ElastAlert, in JSON or YAML, with a query string somewhere in it.</summary>
internal sealed class DetectionObjectOutlet(string format, params string[] options) : QueryOutlet("lucene " + format, "lucene", format, options)
{
    public override int Share => 30;

    public override IReadOnlyList<Place> Places =>
    [
        .. base.Places, Place.Title, Place.Title, Place.Id, Place.Description, Place.Description, Place.Tag, Place.Author, Place.Reference, Place.FalsePositive, Place.State,
    ];

    public override Reading Read(Output output)
    {
        // Rules of JSON on a line each are told apart by the line ends.
        var text = output.Text!.TrimEnd('\n');
        if (Format!.EndsWith("ndjson", StringComparison.Ordinal) && text.Contains('\n'))
        {
            throw new Unreadable("a line end within an object");
        }

        using var document = JsonReader.Parse(Format == "elastalert" ? JsonOf(text) : text);
        var made = document.RootElement;
        var queries = Named(made, "query").Where(query => query.ValueKind is JsonValueKind.String).Select(query => query.GetString()!).ToList();
        var reading = new Reading();
        if (JsonReader.Text(made, "attributes", "kibanaSavedObjectMeta", "searchSourceJSON") is { } inner)
        {
            using var source = JsonReader.Parse(inner);
            queries.Add(JsonReader.Text(source.RootElement, "query", "query")!);
            reading.Structure.UnionWith(JsonReader.Keys(source.RootElement));
        }

        var search = LuceneReader.Read(queries.Count == 1 ? queries[0] : throw new Unreadable($"{queries.Count} queries"));
        reading.Finds = search.Finds;
        reading.Structure.UnionWith(JsonReader.Keys(made));
        foreach (var (name, kind) in new[] { ("name", "title"), ("title", "title"), ("description", "description"), ("tags", "tag"), ("author", "author"), ("references", "reference"), ("false_positives", "false positive") })
        {
            reading.Texts.AddRange(Named(made, name).SelectMany(Strings).Select(value => (kind, value)));
        }

        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        foreach (var (place, kind) in new[] { (Place.Title, "title"), (Place.Description, "description"), (Place.Tag, "tag"), (Place.Reference, "reference"), (Place.FalsePositive, "false positive") })
        {
            var has = reading.Of(kind).ToList();
            if (rule.Has(place) && has.Count > 0 && rule[place].Trim().Length > 0 && !has.Exists(text => Meaning.Letters(text).Contains(Meaning.Letters(rule[place]), StringComparison.Ordinal)))
            {
                return $"the {kind} is {has[0]}";
            }
        }

        return rule.IsCounted || reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: true, inLine: false);
    }

    private static IEnumerable<JsonElement> Named(JsonElement tree, string name) => tree.ValueKind switch
    {
        JsonValueKind.Object => tree.EnumerateObject().SelectMany(p => p.NameEquals(name) ? Named(p.Value, name).Prepend(p.Value) : Named(p.Value, name)),
        JsonValueKind.Array => tree.EnumerateArray().SelectMany(item => Named(item, name)),
        _ => [],
    };

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        _ => [],
    };

    internal static string JsonOf(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 1 ? NodeOf(stream.Documents[0].RootNode)!.ToJsonString() : throw new Unreadable($"{stream.Documents.Count} documents");
        }
        catch (YamlException refusal)
        {
            throw new Unreadable("YAML: " + refusal.Message);
        }
    }

    private static JsonNode? NodeOf(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, NodeOf(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(NodeOf)]),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new Unreadable("YAML: " + node.NodeType),
    };
}

/// <summary>A detection rule of Elastic in another language than a query string.</summary>
internal sealed class RuleObjectOutlet(string target, Func<string, Reading> read)
    : QueryOutlet(target + " siem_rule_ndjson", target, "siem_rule_ndjson", "interval", "lookback", "enabled")
{
    public override int Share => 30;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Id, Place.Description, Place.Tag, Place.Author, Place.Reference, Place.State];

    public override Reading Read(Output output)
    {
        var text = output.Text!.TrimEnd('\n');
        if (text.Contains('\n'))
        {
            throw new Unreadable("a line end within an object");
        }

        using var document = JsonReader.Parse(text);
        var reading = read(JsonReader.Text(document.RootElement, "query") ?? throw new Unreadable("no query"));
        reading.Structure.UnionWith(JsonReader.Keys(document.RootElement));
        return reading;
    }

    public override string? Misread(Output output, Reading reading) =>
        output.Rule.IsCounted || reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
}

/// <summary>A detection of contentctl: YAML with a search of Splunk in it.</summary>
internal sealed class DetectionContentOutlet() : QueryOutlet("splunk contentctl", "splunk", "contentctl", "analytic_story", "asset_type")
{
    public override int Share => 30;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Description, Place.Author, Place.Reference, Place.FalsePositive, Place.Tag];

    public override Reading Read(Output output)
    {
        using var document = JsonReader.Parse(DetectionObjectOutlet.JsonOf(output.Text!));
        var search = JsonReader.Text(document.RootElement, "search") ?? throw new Unreadable("no search");
        var end = search.LastIndexOf(" | `", StringComparison.Ordinal);
        var macro = end < 0 ? "" : search[(end + 4)..];
        if (!macro.EndsWith("_filter`", StringComparison.Ordinal) || macro[..^1].Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
        {
            throw new Unreadable("the search does not end in its macro");
        }

        var reading = SearchReaders.Splunk(search[..end]);
        reading.Structure.UnionWith(JsonReader.Keys(document.RootElement));
        return reading;
    }

    public override string? Misread(Output output, Reading reading) =>
        reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
}

/// <summary>A rule of Sentinel or Defender, in JSON or YAML, with a query of Kusto in it.</summary>
internal sealed class KustoObjectOutlet(string format, params string[] options) : QueryOutlet("kql " + format, "kql", format, options)
{
    public override int Share => 20;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Id, Place.Description, Place.Description, Place.Tag];

    protected override (string Name, string Value)[] Given => [("table", Engines.Kusto.KustoEngine.Table)];

    protected override bool HasPipelines => false;

    public override Reading Read(Output output)
    {
        using var document = JsonReader.Parse(Format == "sentinel_yaml" ? DetectionObjectOutlet.JsonOf(output.Text!) : output.Text!);
        var made = Format == "sentinel_arm" ? document.RootElement.GetProperty("resources")[0].GetProperty("properties") : document.RootElement;
        var (query, title) = Format switch
        {
            "sentinel_yaml" => (Plain(made, "query"), Plain(made, "name")),
            "sentinel_arm" => (Plain(made, "query"), Plain(made, "displayName")),
            _ => (JsonReader.Text(made, "queryCondition", "queryText")!, Plain(made, "displayName")),
        };
        var reading = KustoQueryReader.Read(query.TrimEnd('\n'));
        reading.Structure.UnionWith(JsonReader.Keys(document.RootElement));
        reading.Texts.Add(("title", title));
        reading.Texts.Add(("description", Plain(made, "description")));
        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        foreach (var (place, kind) in new[] { (Place.Title, "title"), (Place.Description, "description") })
        {
            var has = reading.Of(kind).Single();
            var (shown, written) = (Meaning.Letters(has), Meaning.Letters(rule[place]));

            // A name has at most 256 characters, and a description 5,000.
            var begins = has.Length is 256 or 5000 && written.StartsWith(shown, StringComparison.Ordinal);
            if (rule.Has(place) && rule[place].Trim().Length > 0 && !begins && !shown.Contains(written, StringComparison.Ordinal))
            {
                return $"the {kind} is {has}";
            }
        }

        return rule.IsCounted || reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
    }

    /// <summary>A text; of an ARM template one that is no expression.</summary>
    private string Plain(JsonElement made, string name)
    {
        var text = made.GetProperty(name).GetString()!;
        return Format != "sentinel_arm" || !text.StartsWith('[') || !text.EndsWith(']') ? text : text.StartsWith("[[", StringComparison.Ordinal) ? text[1..] : throw new Unreadable("an expression of the template");
    }
}
