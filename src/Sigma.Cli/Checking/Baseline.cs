using System.Text.Json;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// The findings that are known, so that only new ones are reported. They are known by their code, their text, and the path of their file
/// from the folder of the baseline, however a run spells it.
/// </summary>
internal sealed class Baseline
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    private readonly BaselinePaths paths;

    private Baseline(BaselinePaths paths) => this.paths = paths;

    /// <summary>How many of them were not found any more.</summary>
    public int Stale { get; private set; }

    /// <summary>Reads a file that <see cref="Write"/> wrote, in this version or the one before, which had paths as the run spelled them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static Baseline? Read(string path, List<Diagnostic> diagnostics)
    {
        if (!FileBounds.IsFile(path, diagnostics))
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            var baseline = new Baseline(new BaselinePaths(path));
            foreach (JsonElement finding in json.RootElement.GetProperty("findings").EnumerateArray())
            {
                baseline.counts[finding.GetProperty("fingerprint").GetString() ?? ""] = finding.GetProperty("count").GetInt32();
            }

            return baseline;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{path}: {FileErrors.Reason(exception)}"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            diagnostics.Add(Diagnostic.CatalogFile(null, path, "baseline", "sigmac check --write-baseline has not written it"));
        }

        return null;
    }

    /// <summary>Writes the findings of now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="bounds">What must not be replaced.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    public static Diagnostic? Write(string path, IEnumerable<Finding> findings, OutputBounds bounds)
    {
        var paths = new BaselinePaths(path);
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true, Encoder = ConversionRecord.Options.Encoder, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 2);
            json.WriteStartArray("findings");
            foreach (IGrouping<string, Finding> equal in findings.GroupBy(paths.FingerprintOf).OrderBy(group => paths.Of(group.First()), StringComparer.Ordinal).ThenBy(group => group.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("code", equal.First().Info.Code);
                json.WriteString("path", paths.Of(equal.First()));
                json.WriteString("fingerprint", equal.Key);
                json.WriteNumber("count", equal.Count());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        memory.WriteByte((byte)'\n');
        return OutputFolder.WriteFile(path, memory.ToArray(), bounds);
    }

    /// <summary>The findings that it does not list.</summary>
    public List<Finding> Without(IEnumerable<Finding> findings)
    {
        var left = new Dictionary<string, int>(counts, StringComparer.Ordinal);
        var fresh = new List<Finding>();
        foreach (Finding finding in findings)
        {
            if (!Take(paths.FingerprintOf(finding)) && !Take(finding.Fingerprint))
            {
                fresh.Add(finding);
            }
        }

        Stale = left.Values.Sum();
        return fresh;

        bool Take(string fingerprint)
        {
            if (!left.TryGetValue(fingerprint, out int count) || count == 0)
            {
                return false;
            }

            left[fingerprint] = count - 1;
            return true;
        }
    }
}
