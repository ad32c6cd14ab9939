using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Documentation.Coverage;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Coverage as JSON, which a later run can compare with. docs/coverage.md describes it.</summary>
internal static class CoverageJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static void Write(Stream output, CoverageReport report, IReadOnlyList<CoverageChange>? changes)
    {
        using (var buffer = new JsonBuffer(output))
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("by", report.Axis.Name);
            json.WriteString("attack", report.Attack.Version);
            json.WriteNumber("rules", report.RuleCount);
            json.WriteNumber("unassigned", report.Unassigned);
            json.WriteNumber("covered", report.Covered);
            if (report.Known is { } known)
            {
                json.WriteNumber("known", known);
                json.WriteNumber("others", report.Others);
            }

            json.WriteStartArray("rows");
            foreach (CoverageRow row in report.Rows)
            {
                WriteRow(json, report, row);
            }

            json.WriteEndArray();
            if (changes is not null)
            {
                WriteChanges(json, changes);
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteRow(Utf8JsonWriter json, CoverageReport report, CoverageRow row)
    {
        json.WriteStartObject();
        json.WriteString("key", row.Key);
        json.WriteString("name", row.Name);
        json.WriteNumber("count", row.Rules.Length);
        if (report.Axis == CoverageAxis.ByTechnique && report.Attack.FindTechnique(row.Key) is { } technique)
        {
            json.WriteStartArray("tactics");
            foreach (string tactic in technique.Tactics)
            {
                json.WriteStringValue(tactic);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("rules");
        foreach (CoveringRule rule in row.Rules)
        {
            json.WriteStartObject();
            json.WriteString("path", rule.Path);
            json.WriteString("id", rule.Metadata.Id);
            json.WriteString("title", rule.Metadata.Title);
            json.WriteString("level", rule.Metadata.Level?.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<CoverageChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (CoverageChange change in changes)
        {
            json.WriteStartObject();
            json.WriteString("key", change.Key);
            json.WriteString("name", change.Name);
            json.WriteString("change", CoverageText.KindOf(change));
            json.WriteNumber("before", change.Before);
            json.WriteNumber("now", change.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
