using System.Text.Json;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The forms in which findings are written.</summary>
internal static class FindingFormats
{
    /// <summary>Their names; the first is the usual one.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "sarif", "github", "gitlab", "junit"];

    /// <summary>Writes findings.</summary>
    /// <param name="format">One of the names.</param>
    /// <param name="output">Where to.</param>
    /// <param name="findings">The findings, by file and place.</param>
    /// <param name="paths">All files that were checked.</param>
    /// <param name="colour">Whether to use colours.</param>
    public static void Write(string format, TextWriter output, IReadOnlyList<Finding> findings, IReadOnlyList<string> paths, bool colour)
    {
        switch (format)
        {
            case "json":
                FindingJson.Write(output, findings, paths.Count);
                break;
            case "sarif":
                SarifReport.Write(output, findings);
                break;
            case "github":
                WorkflowCommands.Write(output, findings);
                break;
            case "gitlab":
                CodeQualityReport.Write(output, findings);
                break;
            case "junit":
                FindingJUnit.Write(output, findings, paths);
                break;
            default:
                foreach (Finding finding in findings)
                {
                    WriteText(output, finding, colour);
                }

                break;
        }
    }

    /// <summary>Writes JSON into a stream of text.</summary>
    internal static void WriteJson(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var buffer = new JsonBuffer(memory))
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ConversionRecord.Options.Encoder, Indented = true, NewLine = "\n" }))
        {
            write(json);
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
    }

    /// <summary>The place of a finding: where it starts, and the place after its end, all from 1.</summary>
    internal static (int Line, int Column, int EndLine, int EndColumn) PlaceOf(Span span)
    {
        (int line, int column) = span.Position;
        (int endLine, int endColumn) = span.Source.PositionOf(Math.Min(span.End, span.Source.Text.Length));
        return (line, column, endLine, endColumn);
    }

    /// <summary>The path as reports of other systems want it: with slashes, from the folder that the run is in.</summary>
    internal static string PathOf(Finding finding)
    {
        string path = finding.Span.Source.Path;
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        return path;
    }

    /// <summary>Message and hint in one sentence.</summary>
    internal static string Sentence(Finding finding) => finding.Diagnostic.Hint is { } hint ? $"{finding.Diagnostic.Message}; {hint}" : finding.Diagnostic.Message;

    private static void WriteText(TextWriter output, Finding finding, bool colour)
    {
        DiagnosticWriter.Write(output, finding.Diagnostic, colour);
        if (finding.Fix is { } fix)
        {
            output.WriteLine($"   fix: {DiagnosticWriter.Visible(fix.Title)}{(fix.IsSafe ? "" : " (--unsafe-fixes)")}");
        }
    }
}
