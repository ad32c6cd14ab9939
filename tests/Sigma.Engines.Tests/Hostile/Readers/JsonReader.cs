using System.Text.Json;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>A JSON parser that wants every key once.</summary>
internal static class JsonReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 128 };

    /// <summary>The one value of a text; the caller disposes of it.</summary>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException refusal)
        {
            throw new Unreadable("JSON: " + refusal.Message);
        }
    }

    /// <summary>The paths of all keys, those of which the name is data left out.</summary>
    public static IEnumerable<string> Keys(JsonElement value, Func<string, bool>? isData = null, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property =>
        {
            var key = path + "." + (isData?.Invoke(path) == true ? "…" : property.Name);
            return Keys(property.Value, isData, key).Prepend(key);
        }),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Keys(item, isData, path + "[]")),
        _ => [],
    };

    /// <summary>A text at a path of keys; null where there is none.</summary>
    public static string? Text(JsonElement from, params string[] path)
    {
        foreach (var name in path)
        {
            if (from.ValueKind is not JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return null;
            }
        }

        return from.ValueKind is JsonValueKind.String ? from.GetString() : null;
    }
}
