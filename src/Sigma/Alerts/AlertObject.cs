using Scriban.Runtime;
using Sigma.Attack;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Alerts;

/// <summary>What the templates of objects know as <c>alert</c>: what is deployed needs besides the query and the texts of the rule.</summary>
internal static class AlertObject
{
    /// <summary>What <c>alert</c> has.</summary>
    public static IReadOnlyCollection<string> Members { get; } =
    [
        "id", "has_own_id", "title", "description", "severity", "risk_score", "authors", "enabled", "interval", "lookback", "throttle", "owner", "threat",
    ];

    /// <summary>Creates the object.</summary>
    /// <param name="metadata">The rule's metadata.</param>
    /// <param name="ordinal">The 1-based index of the query among those of the rule.</param>
    /// <param name="settings">What the user sets for the rule.</param>
    public static ScriptObject Of(Metadata metadata, int ordinal, AlertSettings settings)
    {
        Level level = settings.Level ?? metadata.Level ?? Level.Medium;
        string title = TitleOf(metadata, ordinal);
        string description = metadata.Description?.Trim() ?? "";
        return new ScriptObject(16, false)
        {
            ["id"] = StableId.Of(metadata.Id, metadata.Title, ordinal),
            ["has_own_id"] = HasId(metadata),
            ["title"] = title,
            ["description"] = description.Length == 0 ? title : description,
            ["severity"] = level.ToString().ToLowerInvariant(),
            ["risk_score"] = RiskOf(level),
            ["authors"] = new ScriptArray((metadata.Author ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            ["enabled"] = settings.Enabled,
            ["interval"] = settings.Interval,
            ["lookback"] = settings.Lookback,
            ["throttle"] = settings.Throttle,
            ["owner"] = settings.Owner,
            ["threat"] = new ScriptArray(ThreatList.Of(metadata, AttackCatalog.BuiltIn).Select(ThreatOf)),
        };
    }

    /// <summary>Whether a rule has an id; without one, that of its object is made from its title.</summary>
    public static bool HasId(Metadata metadata) => !string.IsNullOrWhiteSpace(metadata.Id);

    /// <summary>The title of an object: that of the rule on one line, with the number of the query.</summary>
    public static string TitleOf(Metadata metadata, int ordinal)
    {
        string title = Line(metadata.Title);
        return (title.Length == 0 ? "Sigma rule" : title) + (ordinal > 1 ? $" ({ordinal})" : "");
    }

    /// <summary>The figures that Elastic's own rules have; SIEMs that count from 0 to 100 share their bands.</summary>
    private static int RiskOf(Level level) => level switch
    {
        Level.Informational => 1,
        Level.Low => 21,
        Level.Medium => 47,
        Level.High => 73,
        _ => 99,
    };

    /// <summary>A name that people look for: one line, of which every character can be seen.</summary>
    private static string Line(string text) => string.Concat(
        ControlCharacters.Blanked(text).EnumerateRunes().Where(rune => !DiagnosticWriter.IsUnseen(rune)).Select(rune => rune.ToString())).Trim();

    private static ScriptObject ThreatOf(Threat threat) => new()
    {
        ["id"] = threat.Tactic.Id,
        ["key"] = threat.Tactic.Key,
        ["name"] = threat.Tactic.Name,
        ["url"] = threat.Tactic.Url + "/",
        ["techniques"] = new ScriptArray(threat.Techniques.Select(one =>
        {
            ScriptObject technique = TechniqueOf(one.Technique);
            technique["subtechniques"] = new ScriptArray(one.Parts.Select(TechniqueOf));
            return technique;
        })),
    };

    private static ScriptObject TechniqueOf(Technique technique) => new()
    {
        ["id"] = technique.Id,
        ["name"] = technique.Name,
        ["url"] = $"https://attack.mitre.org/techniques/{technique.Id.Replace('.', '/')}/",
    };
}
