using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Events.Samples;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes samples as JSON records, one a line: docs/samples.md.</summary>
internal static partial class SampleRecord
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes one record with its line end.</summary>
    /// <param name="input">The rule file.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="shape">How events are written.</param>
    public static byte[] Of(RuleInput input, SampledRule rule, Sample sample, EventShape shape)
    {
        using var output = new MemoryStream();
        using (var buffer = new JsonBuffer(output))
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("path", input.Path);
            json.WriteString("id", rule.Metadata.Id);
            json.WriteString("title", rule.Metadata.Title.Length > 0 ? rule.Metadata.Title : null);
            json.WriteString("kind", NameOf(sample.Kind));
            json.WriteBoolean("matches", sample.Matches);
            json.WriteString("reason", sample.Reason);
            json.WriteString("field", sample.Field);
            if (sample.Item is { } item)
            {
                (int line, int column) = item.Position;
                json.WriteString("place", item.Source.Path);
                json.WriteNumber("line", line);
                json.WriteNumber("column", column);
            }
            else
            {
                json.WriteNull("place");
                json.WriteNull("line");
                json.WriteNull("column");
            }

            json.WriteStartArray("events");
            foreach (SampleEvent one in sample.Events)
            {
                one.WriteTo(json, shape);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    /// <summary>The kind as records name it: <c>changed-character</c>.</summary>
    public static string NameOf(SampleKind kind) => InnerCapital().Replace(kind.ToString(), "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex InnerCapital();
}
