using System.Text.Json;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes findings as one JSON object. Its schema is docs/findings.schema.json.</summary>
internal static class FindingJson
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings, int files) => FindingFormats.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("files", files);
        json.WriteNumber("findings", findings.Count);
        json.WriteNumber("errors", findings.Count(finding => finding.Severity is Severity.Error));
        json.WriteNumber("warnings", findings.Count(finding => finding.Severity is Severity.Warning));
        json.WriteNumber("infos", findings.Count(finding => finding.Severity is Severity.Info));
        json.WriteNumber("fixable", findings.Count(finding => finding.Fix is { IsSafe: true }));
        json.WriteNumber("fixable_unsafe", findings.Count(finding => finding.Fix is { IsSafe: false }));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        (int line, int column, int endLine, int endColumn) = FindingFormats.PlaceOf(finding.Span);
        json.WriteStartObject();
        json.WriteString("path", finding.Span.Source.Path);
        json.WriteNumber("line", line);
        json.WriteNumber("column", column);
        json.WriteNumber("end_line", endLine);
        json.WriteNumber("end_column", endColumn);
        json.WriteString("code", finding.Info.Code);
        json.WriteString("name", finding.Info.Name);
        json.WriteString("group", finding.Info.GroupName);
        json.WriteStartArray("aliases");
        foreach (string alias in finding.Aliases)
        {
            json.WriteStringValue(alias);
        }

        json.WriteEndArray();
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Diagnostic.Message);
        json.WriteString("hint", finding.Diagnostic.Hint);
        json.WriteString("fingerprint", finding.Fingerprint);
        if (finding.Fix is { } fix)
        {
            json.WriteStartObject("fix");
            json.WriteString("title", fix.Title);
            json.WriteBoolean("safe", fix.IsSafe);
            json.WriteStartArray("edits");
            foreach (TextEdit edit in fix.Edits)
            {
                (int startLine, int startColumn, int lastLine, int lastColumn) = FindingFormats.PlaceOf(new Span(finding.Span.Source, edit.Start, edit.Length));
                json.WriteStartObject();
                json.WriteNumber("line", startLine);
                json.WriteNumber("column", startColumn);
                json.WriteNumber("end_line", lastLine);
                json.WriteNumber("end_column", lastColumn);
                json.WriteString("text", edit.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("fix");
        }

        json.WriteEndObject();
    }
}
