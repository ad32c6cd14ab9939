using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes findings as a Code Quality report of GitLab.</summary>
internal static class CodeQualityReport
{
    /// <summary>Writes the array.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings) => FindingFormats.WriteJson(output, json =>
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        json.WriteStartArray();
        foreach (Finding finding in findings)
        {
            // Of equal fingerprints only one is shown.
            int ordinal = ordinals[finding.Fingerprint] = ordinals.GetValueOrDefault(finding.Fingerprint) + 1;
            json.WriteStartObject();
            json.WriteString("description", FindingFormats.Sentence(finding));
            json.WriteString("check_name", finding.Info.Code);
            json.WriteString("fingerprint", ordinal == 1 ? finding.Fingerprint : $"{finding.Fingerprint}{ordinal}");
            json.WriteString("severity", finding.Severity switch { Severity.Error => "major", Severity.Warning => "minor", _ => "info" });
            json.WriteStartObject("location");
            json.WriteString("path", FindingFormats.PathOf(finding));
            json.WriteStartObject("lines");
            json.WriteNumber("begin", finding.Span.Position.Line);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
