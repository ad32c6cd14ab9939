using Scriban.Runtime;

namespace Sigma.Documentation.Site;

/// <summary>Values that several kinds of pages have.</summary>
internal static class SiteValues
{
    /// <summary>The level as it is shown.</summary>
    public static string LevelName(SiteRule rule) => rule.Metadata.Level is null ? "no level" : rule.Level;

    /// <summary>The fragment after the <c>#</c> of the rules page that shows rules with a text in a place.</summary>
    public static string Search(string place, string text) => Filter("q", $"{place}:\"{text.Replace("\"", "")}\"");

    /// <summary>The fragment after the <c>#</c> of the rules page that shows rules that a filter selects.</summary>
    public static string Filter(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";

    /// <summary>A rule in a list.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="root">From the page to the root of the site.</param>
    public static ScriptObject Row(SiteRule rule, string root) => new()
    {
        ["title"] = rule.Title,
        ["source"] = rule.Source,
        ["level"] = rule.Level,
        ["level_name"] = LevelName(rule),
        ["changed"] = rule.Changed,
        ["href"] = $"{root}rules/{rule.Page}.html",
    };

    /// <summary>Rules in a list.</summary>
    public static ScriptArray Rows(IEnumerable<SiteRule> rules, string root) => new(rules.Select(rule => Row(rule, root)));

    /// <summary>The values of the page of the coverage matrix.</summary>
    public static ScriptObject Matrix(CoverageMatrix coverage) => new()
    {
        ["techniques_count"] = coverage.Count,
        ["legend"] = new ScriptArray(new[] { "none", "1", "2 to 4", "5 to 14", "15 to 49", "50 and more" }.Select((text, shade) => new ScriptObject { ["shade"] = shade, ["text"] = text })),
        ["tactics"] = new ScriptArray(coverage.Tactics.Select(tactic =>
        {
            CoveredTechnique[] techniques = [.. coverage.Of(tactic)];
            return new ScriptObject
            {
                ["id"] = tactic.Id,
                ["name"] = tactic.Name,
                ["covered"] = techniques.Count(t => t.All.Length > 0),
                ["total"] = techniques.Length,
                ["techniques"] = new ScriptArray(techniques.Select(Cell)),
            };
        })),
        ["retired"] = new ScriptArray(coverage.Others.Select(Cell)),
    };

    /// <summary>The values of a technique's page.</summary>
    public static ScriptObject Technique(CoveredTechnique covered, CoverageMatrix coverage) => new()
    {
        ["id"] = covered.Technique.Id,
        ["name"] = covered.Technique.Name,
        ["external"] = covered.Technique.Url,
        ["tactics"] = new ScriptArray(coverage.Tactics.Where(tactic => coverage.Of(tactic).Any(t => t.Technique == covered.Technique))
            .Select(tactic => new ScriptObject { ["id"] = tactic.Id, ["name"] = tactic.Name })),
        ["parts"] = new ScriptArray(((IEnumerable<CoveredTechnique>)[covered, .. covered.Subs]).Where(part => part.Own.Length > 0).Select(part => new ScriptObject
        {
            ["id"] = part.Technique.Id,
            ["name"] = part.Technique.Name,
            ["rules"] = Rows(part.Own, "../"),
        })),
    };

    private static ScriptObject Cell(CoveredTechnique covered) => new()
    {
        ["id"] = covered.Technique.Id,
        ["name"] = covered.Technique.Name,
        ["count"] = covered.All.Length,
        ["shade"] = CoverageMatrix.ShadeOf(covered.All.Length),
        ["href"] = covered.All.Length == 0 ? null : $"techniques/{covered.Page}.html{(covered.Technique.Parent is null ? "" : "#" + FileNames.Of(covered.Technique.Id))}",
        ["subs"] = new ScriptArray(covered.Subs.OrderBy(sub => sub.Technique.Id, StringComparer.Ordinal).Select(Cell)),
        ["subs_covered"] = covered.Subs.Count(sub => sub.Own.Length > 0),
    };
}
