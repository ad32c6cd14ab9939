using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Attack;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation.Coverage;

/// <summary>
/// Writes coverage by technique as a layer of the ATT&amp;CK Navigator, layer format 4.5
/// (github.com/mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md).
/// </summary>
/// <param name="report">The coverage, by technique.</param>
/// <param name="name">The layer's name.</param>
/// <param name="domain">enterprise, mobile or ics.</param>
/// <param name="ruleUrl">Where a rule's file can be read: an address that its path is appended to; null for nowhere.</param>
internal sealed class NavigatorLayer(CoverageReport report, string name, string domain, string? ruleUrl)
{
    /// <summary>The matrices, each of which has layers of its own.</summary>
    public static readonly string[] Domains = ["enterprise", "mobile", "ics"];

    private const string GainedColour = "#8ec843";
    private const string LostColour = "#ff6666";

    /// <summary>A comment and a menu of links are read by people; more rules than these are only counted.</summary>
    private const int Shown = 25;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the layer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="changes">What changed since an earlier state; null if nothing is compared.</param>
    public void Write(Stream output, IReadOnlyList<CoverageChange>? changes = null)
    {
        Dictionary<string, CoverageChange> changed = changes?.ToDictionary(change => change.Key, StringComparer.Ordinal) ?? [];
        using var buffer = new JsonBuffer(output);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartObject("versions");
        json.WriteString("attack", report.Attack.Version.Split('.', ',')[0]);
        json.WriteString("navigator", "5.2.0");
        json.WriteString("layer", "4.5");
        json.WriteEndObject();
        json.WriteString("domain", domain + "-attack");
        CoverageRow[] rows = [.. report.Rows.Where(row => InDomain(row.Key))];
        json.WriteString("description", Description(rows));
        json.WriteNumber("sorting", 3);
        WriteLayout(json);
        json.WriteBoolean("hideDisabled", false);
        json.WriteStartArray("techniques");
        foreach (CoverageRow row in rows)
        {
            WriteTechnique(json, row, changed.GetValueOrDefault(row.Key));
        }

        foreach (CoverageChange lost in changed.Values.Where(change => InDomain(change.Key) && !Array.Exists(rows, row => row.Key == change.Key)))
        {
            WriteTechnique(json, new CoverageRow(lost.Key, lost.Name, []), lost);
        }

        json.WriteEndArray();
        WriteColours(json, Math.Max(1, rows.Select(row => row.Rules.Length).DefaultIfEmpty().Max()), changes is not null);
        json.WriteBoolean("showTacticRowBackground", false);
        json.WriteBoolean("selectTechniquesAcrossTactics", true);
        json.WriteBoolean("selectSubtechniquesWithParent", false);
        json.WriteEndObject();
    }

    private string Description(CoverageRow[] rows)
    {
        int covered = rows.Count(row => row.Rules.Length > 0);
        int covering = rows.SelectMany(row => row.Rules).Distinct().Count();
        return $"Techniques and sub-techniques with a rule: {covered}. Sigma rules that name them: {covering} of {report.RuleCount}. The score is the number of rules.";
    }

    private static void WriteLayout(Utf8JsonWriter json)
    {
        json.WriteStartObject("layout");
        json.WriteString("layout", "side");
        json.WriteBoolean("showID", true);
        json.WriteBoolean("showName", true);
        json.WriteBoolean("showAggregateScores", true);
        json.WriteBoolean("countUnscored", false);
        json.WriteString("aggregateFunction", "sum");
        json.WriteString("expandedSubtechniques", "annotated");
        json.WriteEndObject();
    }

    private static void WriteColours(Utf8JsonWriter json, int most, bool compared)
    {
        json.WriteStartObject("gradient");
        json.WriteStartArray("colors");
        json.WriteStringValue("#ffffff");
        json.WriteStringValue("#66b1ff");
        json.WriteStringValue("#0d4a90");
        json.WriteEndArray();
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", most);
        json.WriteEndObject();
        json.WriteStartArray("legendItems");
        WriteLegend(json, $"{most} {(most == 1 ? "rule" : "rules")}", "#0d4a90");
        WriteLegend(json, "no rule", "#ffffff");
        if (compared)
        {
            WriteLegend(json, "gained", GainedColour);
            WriteLegend(json, "lost", LostColour);
        }

        json.WriteEndArray();
    }

    private static void WriteLegend(Utf8JsonWriter json, string label, string colour)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        json.WriteString("color", colour);
        json.WriteEndObject();
    }

    /// <summary>Whether a layer can have a technique.</summary>
    /// <param name="id">The technique's id.</param>
    /// <param name="domain">The layer's matrix: enterprise, mobile or ics.</param>
    /// <param name="attack">The names of techniques.</param>
    public static bool Has(string id, string domain, AttackCatalog attack) => attack.FindTechnique(id) is { IsRetired: false } technique && technique.Domain == domain;

    private bool InDomain(string id) => Has(id, domain, report.Attack);

    /// <summary>A technique has an entry in every tactic that it is of.</summary>
    private void WriteTechnique(Utf8JsonWriter json, CoverageRow row, CoverageChange? change)
    {
        Technique technique = report.Attack.FindTechnique(row.Key)!;
        foreach (string tactic in technique.Tactics)
        {
            json.WriteStartObject();
            json.WriteString("techniqueID", row.Key);
            json.WriteString("tactic", tactic);
            json.WriteNumber("score", row.Rules.Length);
            json.WriteString("comment", Comment(row, change));
            json.WriteBoolean("enabled", true);
            if (change is { Before: 0 } or { Now: 0 })
            {
                json.WriteString("color", change.Now == 0 ? LostColour : GainedColour);
            }

            json.WriteStartArray("links");
            WriteLink(json, $"ATT&CK: {technique.Id} {technique.Name}", technique.Url);
            foreach (CoveringRule rule in row.Rules.Take(Shown))
            {
                if (AddressOf(rule) is { } address)
                {
                    WriteLink(json, TitleOf(rule), address);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteLink(Utf8JsonWriter json, string label, string url)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        json.WriteString("url", url);
        json.WriteEndObject();
    }

    private static string Comment(CoverageRow row, CoverageChange? change)
    {
        IEnumerable<string> lines = row.Rules.OrderByDescending(rule => rule.Metadata.Level ?? Level.Informational)
            .Take(Shown)
            .Select(rule => $"{(rule.Metadata.Level is { } level ? level.ToString().ToLowerInvariant() + ": " : "")}{TitleOf(rule)}");
        string[] more = row.Rules.Length > Shown ? [$"and {row.Rules.Length - Shown} more"] : [];
        string[] before = change is null ? [] : [$"{change.Before} before, {change.Now} now"];
        return string.Join('\n', [.. before, .. lines, .. more]);
    }

    private static string TitleOf(CoveringRule rule) => rule.Metadata.Title.Length > 0 ? rule.Metadata.Title : rule.Path;

    private string? AddressOf(CoveringRule rule) =>
        ruleUrl is null ? null : ruleUrl.TrimEnd('/') + "/" + string.Join('/', rule.Path.Split('/').Where(part => part is not ("" or ".")).Select(Uri.EscapeDataString));
}
