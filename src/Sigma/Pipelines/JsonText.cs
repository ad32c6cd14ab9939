using System.Text;
using System.Text.Json;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>JSON as nodes, and nodes as JSON. Written like Python's json module does, in ASCII, with blanks after commas and colons.</summary>
internal static class JsonText
{
    /// <summary>Reads JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The place that all nodes get.</param>
    /// <exception cref="JsonException">The text is broken.</exception>
    public static YamlNode Read(string text, Span span)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return Node(document.RootElement, span);
    }

    /// <summary>Writes a node on one line.</summary>
    /// <param name="node">The node.</param>
    /// <param name="replace">What to write for a text instead of it; null for the text itself.</param>
    public static string Of(YamlNode node, Func<string, string>? replace = null)
    {
        var output = new StringBuilder();
        Append(output, node, replace);
        return output.ToString();
    }

    private static void Append(StringBuilder output, YamlNode node, Func<string, string>? replace)
    {
        string between = "";
        switch (node)
        {
            case YamlMapping map:
                output.Append('{');
                foreach (YamlEntry entry in map.Entries)
                {
                    output.Append(between).Append(TemplateFunctions.ToJson(entry.Name)).Append(": ");
                    Append(output, entry.Value, replace);
                    between = ", ";
                }

                output.Append('}');
                break;
            case YamlSequence list:
                output.Append('[');
                foreach (YamlNode item in list.Items)
                {
                    output.Append(between);
                    Append(output, item, replace);
                    between = ", ";
                }

                output.Append(']');
                break;
            case YamlScalar scalar:
                output.Append(ScalarType.Of(scalar) switch
                {
                    ScalarType.Null => "null",
                    ScalarType.Boolean => scalar.Value.ToLowerInvariant(),
                    ScalarType.Number => ScalarTypes.CanonicalNumber(scalar.Value) ?? TemplateFunctions.ToJson(scalar.Value),
                    _ => TemplateFunctions.ToJson(replace is null ? scalar.Value : replace(scalar.Value)),
                });
                break;
            default:
                throw new System.Diagnostics.UnreachableException(node.GetType().Name);
        }
    }

    private static YamlNode Node(JsonElement element, Span span) => element.ValueKind switch
    {
        JsonValueKind.Object => new YamlMapping(
            [.. element.EnumerateObject().Select(p => new YamlEntry(new YamlScalar(p.Name, ScalarStyle.DoubleQuoted, span), Node(p.Value, span)))], span),
        JsonValueKind.Array => new YamlSequence([.. element.EnumerateArray().Select(item => Node(item, span))], span),
        JsonValueKind.String => new YamlScalar(element.GetString()!, ScalarStyle.DoubleQuoted, span),
        _ => new YamlScalar(element.GetRawText(), ScalarStyle.Plain, span),
    };
}
