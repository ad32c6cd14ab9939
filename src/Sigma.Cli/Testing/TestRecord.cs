using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes results as JSON records, one a case: docs/testing.md.</summary>
internal static class TestRecord
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the results of one rule.</summary>
    public static void Write(TextWriter output, TestedRule rule)
    {
        foreach (CaseResult result in rule.Results)
        {
            using var memory = new MemoryStream();
            using (var buffer = new JsonBuffer(memory))
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("path", rule.Planned.Input.Path);
                json.WriteString("id", rule.Planned.Document.Metadata.Id);
                json.WriteString("title", rule.Title);
                json.WriteString("case", result.Case.Name);
                json.WriteString("file", result.Case.Span.Source.Path);
                json.WriteNumber("line", result.Case.Span.Position.Line);
                json.WriteBoolean("passed", result.Passed);
                json.WriteNumber("events", result.Events);
                json.WriteStartArray("matches");
                foreach (int number in result.Matches)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                json.WriteString("expected", result.Case.Expected.ToString());
                json.WriteString("message", result.Message);
                json.WriteStartArray("details");
                foreach (string detail in result.Details)
                {
                    json.WriteStringValue(detail);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            output.WriteLine(Encoding.UTF8.GetString(memory.ToArray()));
        }
    }
}
