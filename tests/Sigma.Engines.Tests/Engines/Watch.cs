using System.Text.Json;

namespace Sigma.Engines.Tests.Engines;

/// <summary>One level of a watch's aggregation: the buckets of a field's terms, and the fewest documents a bucket needs.</summary>
public sealed record WatchTerms(string Name, string Field, int? MinDocCount);

/// <summary>A watch's condition: one number of the answer against a threshold.</summary>
public sealed record WatchCondition(string Path, string Operator, string Value);

/// <summary>
/// The part of a watch that decides which events it finds. <see cref="RangeFilters"/> maps a field to its lower bound.
/// </summary>
public sealed record Watch(
    string? MetadataQuery,
    IReadOnlyList<string> Queries,
    IReadOnlyDictionary<string, string> RangeFilters,
    IReadOnlyList<WatchTerms> Aggregation,
    WatchCondition? Condition)
{
    public static Watch Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var watch = document.RootElement;
        var body = At(watch, "input", "search", "request", "body");
        return new Watch(
            Text(At(watch, "metadata", "query")),
            body is { } search ? [.. Named(search, "query_string").Select(found => Text(At(found, "query"))).OfType<string>()] : [],
            body is { } filtered ? Named(filtered, "range").SelectMany(Bounds).ToDictionary() : new Dictionary<string, string>(),
            [.. Terms(body)],
            Compare(At(watch, "condition", "compare")));
    }

    private static IEnumerable<WatchTerms> Terms(JsonElement? parent)
    {
        while (At(parent, "aggs") is { ValueKind: JsonValueKind.Object } aggs)
        {
            var level = aggs.EnumerateObject().First();
            if (At(level.Value, "terms") is { } terms)
            {
                yield return new WatchTerms(level.Name, Text(At(terms, "field")) ?? "", At(terms, "min_doc_count")?.GetInt32());
            }

            parent = level.Value;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Bounds(JsonElement range) =>
        from field in range.EnumerateObject()
        let bound = field.Value.EnumerateObject().First(part => part.Name is "gte" or "gt")
        select KeyValuePair.Create(field.Name, bound.Value.ToString());

    private static WatchCondition? Compare(JsonElement? compare)
    {
        if (compare is not { ValueKind: JsonValueKind.Object } conditions)
        {
            return null;
        }

        var path = conditions.EnumerateObject().Single();
        var test = path.Value.EnumerateObject().Single();
        return new WatchCondition(path.Name, test.Name, test.Value.ToString());
    }

    /// <summary>Every value of this name in the tree, from the top.</summary>
    private static IEnumerable<JsonElement> Named(JsonElement tree, string name) => tree.ValueKind switch
    {
        JsonValueKind.Object => tree.EnumerateObject().SelectMany(p => p.NameEquals(name) ? [p.Value] : Named(p.Value, name)),
        JsonValueKind.Array => tree.EnumerateArray().SelectMany(item => Named(item, name)),
        _ => [],
    };

    private static JsonElement? At(JsonElement? from, params string[] path)
    {
        foreach (var name in path)
        {
            from = from is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        return from;
    }

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
