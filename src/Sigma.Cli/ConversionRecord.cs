using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes conversions as JSON records, one a line. The schema is docs/record.schema.json.</summary>
internal static class ConversionRecord
{
    /// <summary>Characters beyond ASCII stand as they are.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>Writes one record and a line end.</summary>
    /// <param name="path">The rule file's path.</param>
    /// <param name="conversion">The conversion.</param>
    /// <returns>The record in UTF-8.</returns>
    public static byte[] Write(string path, Conversion conversion)
    {
        ArrayBufferWriter<byte> output = buffer ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        Utf8JsonWriter json = writer ??= new Utf8JsonWriter(output, Options);
        json.Reset();
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("id", conversion.Metadata.Id);
        json.WriteString("title", conversion.Metadata.Title.Length > 0 ? conversion.Metadata.Title : null);
        json.WriteString("level", NameOf(conversion.Metadata.Level));
        json.WriteStartArray("tags");
        foreach (string tag in conversion.Metadata.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("target", conversion.Target);
        json.WriteString("format", conversion.Format);
        json.WriteString("status", NameOf(conversion.Status));
        json.WriteString("reason", NameOf(conversion.Reason));
        json.WriteStartArray("queries");
        foreach (string query in conversion.Queries)
        {
            json.WriteStringValue(query);
        }

        json.WriteEndArray();
        json.WriteString("query", conversion.Query);
        json.WriteStartArray("diagnostics");
        foreach (Diagnostic diagnostic in conversion.Diagnostics)
        {
            Write(json, path, diagnostic);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
        return UnseenCharacters.InJson(output.WrittenSpan).ToArray();
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
        json.WriteString("severity", NameOf(diagnostic.Severity));
        json.WriteString("message", !elsewhere ? diagnostic.Message
            : diagnostic.Span!.Value.Source is { IsBuiltIn: true } own ? $"{own.Shown}: {diagnostic.Message}"
            : $"{diagnostic.Span.Value.Source.Path}:{position!.Value.Line}:{position.Value.Column}: {diagnostic.Message}");
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

    private static string? NameOf(Level? level) => level switch
    {
        null => null,
        Level.Informational => "informational",
        Level.Low => "low",
        Level.Medium => "medium",
        Level.High => "high",
        Level.Critical => "critical",
        _ => throw new UnreachableException(level.ToString()),
    };

    private static string NameOf(ConversionStatus status) => status switch
    {
        ConversionStatus.Converted => "converted",
        ConversionStatus.Failed => "failed",
        ConversionStatus.Skipped => "skipped",
        _ => throw new UnreachableException(status.ToString()),
    };

    private static string? NameOf(FailureReason? reason) => reason switch
    {
        null => null,
        FailureReason.Unsupported => "unsupported",
        FailureReason.Error => "error",
        FailureReason.Warning => "warning",
        _ => throw new UnreachableException(reason.ToString()),
    };

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => throw new UnreachableException(severity.ToString()),
    };
}
