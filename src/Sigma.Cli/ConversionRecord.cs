using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes conversions as JSON records, one a line. The schema is docs/record.schema.json.</summary>
internal static class ConversionRecord
{
    /// <summary>Characters beyond ASCII stand as they are.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one record and a line end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="path">The rule file's path.</param>
    /// <param name="conversion">The conversion.</param>
    public static void Write(Stream output, string path, Conversion conversion)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("id", conversion.Metadata.Id);
            json.WriteString("title", conversion.Metadata.Title.Length > 0 ? conversion.Metadata.Title : null);
            json.WriteString("level", conversion.Metadata.Level?.ToString().ToLowerInvariant());
            json.WriteStartArray("tags");
            foreach (string tag in conversion.Metadata.Tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
            json.WriteString("target", conversion.Target);
            json.WriteString("format", conversion.Format);
            json.WriteString("status", conversion.Status.ToString().ToLowerInvariant());
            json.WriteString("query", conversion.Query);
            json.WriteStartArray("diagnostics");
            foreach (Diagnostic diagnostic in conversion.Diagnostics)
            {
                Write(json, path, diagnostic);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a finding.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="path">The rule file's path.</param>
    /// <param name="diagnostic">The finding.</param>
    public static void Write(Utf8JsonWriter json, string path, Diagnostic diagnostic)
    {
        // Line and column are those of the rule file; a place in a pipeline goes into the message.
        (int Line, int Column)? position = diagnostic.Span?.Position;
        bool elsewhere = diagnostic.Span is { } span && span.Source.Path != path;
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code.Id);
        json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", elsewhere ? $"{diagnostic.Span!.Value.Source.Path}:{position!.Value.Line}:{position.Value.Column}: {diagnostic.Message}" : diagnostic.Message);
        if (position is null || elsewhere)
        {
            json.WriteNull("line");
            json.WriteNull("column");
        }
        else
        {
            json.WriteNumber("line", position.Value.Line);
            json.WriteNumber("column", position.Value.Column);
        }

        json.WriteString("hint", diagnostic.Hint);
        json.WriteEndObject();
    }
}
