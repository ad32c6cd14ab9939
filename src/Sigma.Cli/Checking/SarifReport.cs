using System.Reflection;
using System.Text.Json;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes findings as SARIF 2.1.0, which code scanning reads.</summary>
internal static class SarifReport
{
    /// <summary>The longest text that code scanning keeps of a description.</summary>
    private const int LongestText = 1024;

    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings) => FindingFormats.WriteJson(output, json =>
    {
        CheckInfo[] rules = [.. findings.Select(finding => finding.Info).DistinctBy(info => info.Code).OrderBy(info => info.Code, StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "sigmac");
        json.WriteString("semanticVersion", Version());
        json.WriteString("informationUri", KnownCodes.Project);
        json.WriteStartArray("rules");
        foreach (CheckInfo info in rules)
        {
            WriteRule(json, info);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Finding finding in findings)
        {
            WriteResult(json, finding, Array.FindIndex(rules, rule => rule.Code == finding.Info.Code), ordinals);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Version() =>
        typeof(SarifReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static void WriteRule(Utf8JsonWriter json, CheckInfo info)
    {
        string page = CheckPage.Markdown(info);
        json.WriteStartObject();
        json.WriteString("id", info.Code);
        json.WriteString("name", info.Name);
        WriteText(json, "shortDescription", Cut(info.Message));
        WriteText(json, "fullDescription", Cut(info.Why.ReplaceLineEndings("\n")));
        json.WriteStartObject("help");
        json.WriteString("text", page);
        json.WriteString("markdown", page);
        json.WriteEndObject();
        if (info.Group is not CheckGroup.Custom)
        {
            json.WriteString("helpUri", KnownCodes.AddressOf(info.Code));
        }

        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LevelOf(info.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue(info.GroupName);
        json.WriteEndArray();
        json.WriteString("precision", "very-high");
        json.WriteString("problem.severity", info.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "recommendation" });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int rule, Dictionary<string, int> ordinals)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Info.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", LevelOf(finding.Severity));
        WriteText(json, "message", FindingFormats.Sentence(finding));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteFile(json, finding);
        WriteRegion(json, "region", finding.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        int ordinal = ordinals[finding.Fingerprint] = ordinals.GetValueOrDefault(finding.Fingerprint) + 1;
        json.WriteStartObject("partialFingerprints");
        json.WriteString("sigmacFinding/v1", $"{finding.Fingerprint}:{ordinal}");
        json.WriteEndObject();
        if (finding.Fix is { } fix)
        {
            WriteFix(json, finding, fix);
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Finding finding, Fix fix)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteText(json, "description", fix.Title);
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        WriteFile(json, finding);
        json.WriteStartArray("replacements");
        foreach (TextEdit edit in fix.Edits)
        {
            json.WriteStartObject();
            WriteRegion(json, "deletedRegion", new Span(finding.Span.Source, edit.Start, edit.Length));
            WriteText(json, "insertedContent", edit.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', FindingFormats.PathOf(finding).Split('/').Select(Uri.EscapeDataString)));
        if (!finding.Span.Source.Path.StartsWith('/'))
        {
            json.WriteString("uriBaseId", "%SRCROOT%");
        }

        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, string name, Span span)
    {
        (int line, int column, int endLine, int endColumn) = FindingFormats.PlaceOf(span);
        json.WriteStartObject(name);
        json.WriteNumber("startLine", line);
        json.WriteNumber("startColumn", column);
        json.WriteNumber("endLine", endLine);
        json.WriteNumber("endColumn", endColumn);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
