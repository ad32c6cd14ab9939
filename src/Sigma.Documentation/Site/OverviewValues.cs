using System.Globalization;
using Scriban.Runtime;
using Sigma.Attack;
using Sigma.Compilation;
using Sigma.Rules;

namespace Sigma.Documentation.Site;

/// <summary>The values of the overview.</summary>
/// <param name="map">All rules.</param>
/// <param name="coverage">Which techniques they cover.</param>
/// <param name="attack">The names of tactics.</param>
/// <param name="findings">What checks have found.</param>
internal sealed class OverviewValues(SiteMap map, CoverageMatrix coverage, AttackCatalog attack, SiteFindings findings)
{
    /// <summary>How many rows a card shows at first.</summary>
    private const int MostRows = 12;

    /// <summary>How many rules a list has at most.</summary>
    private const int MostRules = 10;

    /// <summary>Creates the values.</summary>
    public ScriptObject Make()
    {
        IReadOnlyList<SiteRule> rules = map.ByTitle;
        ScriptArray levels = Rows(
            [.. Enum.GetValues<Level>().Reverse().Select(level => (SiteRule.NameOf(level), rules.Count(rule => rule.Metadata.Level == level), SiteValues.Filter("level", SiteRule.NameOf(level)))),
                ("no level", rules.Count(rule => rule.Metadata.Level is null), "level=none")],
            key: name => name == "no level" ? "none" : name);
        return new ScriptObject
        {
            ["products_count"] = rules.Select(rule => rule.Product).Where(product => product.Length > 0).Distinct().Count(),
            ["techniques_count"] = coverage.Count,
            ["tactics_count"] = coverage.Tactics.Count(tactic => coverage.Of(tactic).Any(t => t.All.Length > 0)),
            ["levels"] = levels,
            ["cards"] = new ScriptArray(
            [
                Card("By level", levels, isLevels: true),
                Card("By status", Rows([.. Enum.GetValues<RuleStatus>().Reverse().Select(status =>
                    (SiteRule.NameOf(status), rules.Count(rule => rule.Metadata.Status == status), SiteValues.Filter("status", SiteRule.NameOf(status))))])),
                Card("By product", Rows(Counted(rules, rule => rule.Product, product => SiteValues.Filter("product", product)))),
                Card("By log source", Rows(Counted(rules, rule => rule.Source, source => SiteValues.Search("source", source)))),
            ]),
            ["tactics"] = Tactics(rules),
            ["targets"] = Targets(rules),
            ["found"] = Rows([.. findings.BySeverity.Select(row => (SiteRule.NameOf(row.Severity), row.Count, SiteValues.Filter("severity", SiteRule.NameOf(row.Severity))))]),
            ["lists"] = Lists(rules),
        };
    }

    private static (string, int, string)[] Counted(IEnumerable<SiteRule> rules, Func<SiteRule, string> key, Func<string, string> hash) =>
    [
        .. rules.GroupBy(key).Where(group => group.Key.Length > 0).Select(group => (group.Key, group.Count(), hash(group.Key)))
            .OrderByDescending(row => row.Item2).ThenBy(row => row.Key, StringComparer.Ordinal),
    ];

    private static ScriptObject Card(string title, ScriptArray rows, bool isLevels = false) => new()
    {
        ["title"] = title,
        ["rows"] = new ScriptArray(rows.Take(MostRows)),
        ["more"] = new ScriptArray(rows.Skip(MostRows)),
        ["levels"] = isLevels,
    };

    /// <summary>Rows with bars: <c>length</c> compares with the longest, <c>share</c> with all, <c>start</c> is where the share begins.</summary>
    private static ScriptArray Rows(IReadOnlyList<(string Name, int Count, string Hash)> rows, Func<string, string>? key = null)
    {
        int most = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        double sum = rows.Sum(row => row.Count);
        double before = 0;
        var made = new ScriptArray();
        foreach ((string name, int count, string hash) in rows.Where(row => row.Count > 0))
        {
            made.Add(new ScriptObject
            {
                ["key"] = key?.Invoke(name) ?? name,
                ["name"] = name,
                ["count"] = count,
                ["hash"] = hash,
                ["length"] = Percent((double)count / most),
                ["start"] = Percent(before / sum),
                ["share"] = Percent(count / sum),
            });
            before += count;
        }

        return made;
    }

    private static string Percent(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private ScriptArray Tactics(IReadOnlyList<SiteRule> rules)
    {
        ILookup<string, SiteRule> tagged = rules.SelectMany(rule => rule.Rule.Tactics.Select(tactic => tactic.Key).Distinct().Select(key => (key, rule))).ToLookup(pair => pair.key, pair => pair.rule);
        (string, int, string)[] rows =
        [
            .. attack.Tactics.DistinctBy(tactic => tactic.Key).Where(tactic => tagged.Contains(tactic.Key))
                .Select(tactic => (tactic.Name + (tactic.IsRetired ? " (retired)" : ""), tagged[tactic.Key].Count(), SiteValues.Search("tag", "attack." + tactic.Key))),
        ];
        return Rows(rows);
    }

    private static ScriptArray Targets(IReadOnlyList<SiteRule> rules) => new(
        rules.SelectMany(rule => rule.Rule.Queries).GroupBy(query => query.Target).Select(target => new ScriptObject
        {
            ["name"] = target.Key,
            ["written"] = target.Count(query => query.Status is ConversionStatus.Converted),
            ["warned"] = target.Count(query => query.Status is ConversionStatus.Converted && query.Diagnostics.Any(finding => finding.Severity is Text.Severity.Warning)),
            ["failed"] = target.Count(query => query.Status is ConversionStatus.Failed),
        }));

    private static ScriptArray Lists(IReadOnlyList<SiteRule> rules)
    {
        SiteRule[] dated = [.. rules.Where(rule => rule.Changed.Length > 0).OrderByDescending(rule => rule.Changed, StringComparer.Ordinal)];
        Level? gravest = rules.Max(rule => rule.Metadata.Level);
        (string Title, IEnumerable<SiteRule> Rules, string? Hash)[] lists =
        [
            ("Changed last", dated, null),
            ($"Newest of level {gravest?.ToString().ToLowerInvariant()}", dated.Where(rule => gravest is not null && rule.Metadata.Level == gravest), gravest is null ? null : SiteValues.Filter("level", SiteRule.NameOf(gravest.Value))),
            ("Correlations", rules.Where(rule => rule.Kind == "correlation"), SiteValues.Search("source", "correlation")),
            ("Broken rules", rules.Where(rule => rule.Kind == "broken rule"), SiteValues.Search("source", "broken rule")),
        ];
        return new ScriptArray(lists.Where(list => list.Rules.Any()).Select(list => new ScriptObject
        {
            ["title"] = list.Title,
            ["rules"] = SiteValues.Rows(list.Rules.Take(MostRules), ""),
            ["hash"] = list.Hash,
        }));
    }
}
