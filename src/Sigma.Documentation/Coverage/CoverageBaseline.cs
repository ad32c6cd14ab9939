using System.Text.Json;
using Sigma.Attack;
using Sigma.Text;

namespace Sigma.Documentation.Coverage;

/// <summary>What rules covered at another time, to compare with.</summary>
/// <param name="Counts">The numbers of rules, by key.</param>
/// <param name="Domain">The one matrix whose techniques it has, as a layer has: enterprise, mobile or ics; null if it has all keys.</param>
internal sealed record CoverageBaseline(IReadOnlyDictionary<string, int> Counts, string? Domain = null)
{
    /// <summary>Reads what an earlier run wrote, as JSON or as a Navigator layer.</summary>
    /// <param name="file">The file.</param>
    /// <param name="axis">By what the numbers must be.</param>
    /// <param name="attack">Tells what a technique of the file is called today.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The numbers; null after a report.</returns>
    public static CoverageBaseline? Read(string file, CoverageAxis axis, AttackCatalog attack, List<Diagnostic> diagnostics)
    {
        if (!FileBounds.IsFile(file, diagnostics))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("techniques", out JsonElement techniques) && techniques.ValueKind is JsonValueKind.Array)
            {
                return axis == CoverageAxis.ByTechnique ? new CoverageBaseline(Scores(techniques, attack), DomainOf(root)) : Refuse($"it is a layer, which counts by technique, not by {axis.Name}");
            }

            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("by", out JsonElement by) && root.TryGetProperty("rows", out JsonElement rows))
            {
                return by.GetString() == axis.Name ? new CoverageBaseline(CountsOf(rows)) : Refuse($"it counts by {by.GetString()}, not by {axis.Name}");
            }

            return Refuse("it is neither a layer nor a report");
        }
        catch (JsonException exception)
        {
            return Refuse($"line {exception.LineNumber + 1} is not valid JSON");
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Refuse("it has an unknown form");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {exception.Message}"));
            return null;
        }

        CoverageBaseline? Refuse(string reason)
        {
            diagnostics.Add(Diagnostic.CannotCompare(null, file, reason));
            return null;
        }
    }

    /// <summary>Whether it can have a key: a layer has no techniques of other matrices, and no retired ones but those that somebody put there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="attack">The names of techniques.</param>
    public bool CanHave(string key, AttackCatalog attack) =>
        Domain is null || Counts.ContainsKey(key) || NavigatorLayer.Has(key, Domain, attack);

    /// <summary>Older layers call the matrices mitre-enterprise and mitre-mobile, and the oldest know one only.</summary>
    private static string DomainOf(JsonElement layer)
    {
        string written = layer.TryGetProperty("domain", out JsonElement domain) && domain.ValueKind is JsonValueKind.String ? domain.GetString()! : "";
        return Array.Find(NavigatorLayer.Domains, known => written.Contains(known, StringComparison.OrdinalIgnoreCase)) ?? NavigatorLayer.Domains[0];
    }

    /// <summary>A technique has an entry a tactic, each with the same score.</summary>
    private static Dictionary<string, int> Scores(JsonElement techniques, AttackCatalog attack)
    {
        var scores = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement technique in techniques.EnumerateArray())
        {
            string id = technique.GetProperty("techniqueID").GetString() ?? "";
            int score = technique.TryGetProperty("score", out JsonElement number) ? (int)number.GetDouble() : 0;
            string today = attack.FindTechnique(id) is { } known && attack.Current(known) is { } current ? current.Id : id;
            scores[today] = Math.Max(score, scores.GetValueOrDefault(today));
        }

        return scores;
    }

    private static Dictionary<string, int> CountsOf(JsonElement rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement row in rows.EnumerateArray())
        {
            counts[row.GetProperty("key").GetString() ?? ""] = row.GetProperty("count").GetInt32();
        }

        return counts;
    }
}
