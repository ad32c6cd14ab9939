using System.Collections.Immutable;
using Scriban.Runtime;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>A finding of a check, and the rule that it is in.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Diagnostic">What was found.</param>
internal sealed record SiteFinding(SiteRule Rule, Diagnostic Diagnostic);

/// <summary>What checks have found in the rules of the site, by code, and the pages of the codes.</summary>
internal sealed class SiteFindings
{
    /// <summary>The folder of the pages of codes.</summary>
    private const string Folder = "codes/";

    private readonly Func<string, CodePage?> find;
    private readonly SortedDictionary<string, CodePage> pages = new(StringComparer.Ordinal);
    private readonly ILookup<string, SiteFinding> byCode;
    private readonly ImmutableArray<SiteRule> rules;

    /// <summary>Sorts the findings.</summary>
    /// <param name="rules">The rules, by title.</param>
    /// <param name="find">Finds what there is to know of a code; null for nothing.</param>
    /// <param name="areShown">Whether the rules were checked.</param>
    public SiteFindings(ImmutableArray<SiteRule> rules, Func<string, CodePage?> find, bool areShown)
    {
        this.rules = rules;
        this.find = find;
        AreShown = areShown;
        byCode = rules.SelectMany(rule => rule.Rule.Findings.Select(finding => new SiteFinding(rule, finding))).ToLookup(finding => finding.Diagnostic.Code.Id);
        IEnumerable<string> said = rules.SelectMany(rule => rule.Rule.Queries).SelectMany(query => query.Diagnostics).Select(diagnostic => diagnostic.Code.Id);
        foreach (string code in byCode.Select(group => group.Key).Concat(said).Distinct())
        {
            if (find(code) is { } page)
            {
                pages.Add(code, page);
            }
        }
    }

    /// <summary>Whether the rules were checked, so that there is a page of findings.</summary>
    public bool AreShown { get; }

    /// <summary>The codes that have a page, in order.</summary>
    public IEnumerable<CodePage> Pages => pages.Values;

    /// <summary>The address of a code's page, without folders above it and without ending.</summary>
    public static string PageOf(CodePage page) => Folder + page.Code.Id;

    /// <summary>The address of a code's page; null if it has none.</summary>
    /// <param name="code">The code.</param>
    /// <param name="root">From the page to the root of the site.</param>
    public string? AddressOf(string code, string root) => pages.TryGetValue(code, out CodePage? page) ? $"{root}{PageOf(page)}.html" : null;

    /// <summary>
    /// What is to be said of a rule whatever the target: the findings of the checks, and what the compiler says. Of what checks report as
    /// well, the checks have the last word; but why a rule is broken is always said.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="shared">What the compiler says.</param>
    public IReadOnlyList<Diagnostic> Of(DocumentedRule rule, IEnumerable<Diagnostic> shared) =>
    [
        .. rule.Findings,
        .. shared.Where(said => (!AreShown || said.Severity is Severity.Error || find(said.Code.Id)?.Group is null)
            && !rule.Findings.Any(finding => finding.Code.Id == said.Code.Id && finding.Span == said.Span)),
    ];

    /// <summary>What the search compares for a finding: its code, and the name of the check.</summary>
    public string NameOf(string code) => pages.TryGetValue(code, out CodePage? page) && page.Name is { } name ? $"{code} {name}" : code;

    /// <summary>The rows of counts by weight, the gravest first.</summary>
    public IEnumerable<(Severity Severity, int Count)> BySeverity =>
        Enum.GetValues<Severity>().Reverse().Select(severity => (severity, byCode.Sum(group => group.Count(finding => finding.Diagnostic.Severity == severity))));

    /// <summary>How a weight is called where findings are counted.</summary>
    public static string WordOf(Severity severity) => severity is Severity.Info ? "hint" : SiteRule.NameOf(severity);

    /// <summary>The values of the page of all findings.</summary>
    public ScriptObject Overview() => new()
    {
        ["findings_count"] = byCode.Sum(group => group.Count()),
        ["found_rules"] = rules.Count(rule => !rule.Rule.Findings.IsEmpty),
        ["severities"] = new ScriptArray(BySeverity.Select(row => new ScriptObject { ["key"] = SiteRule.NameOf(row.Severity), ["name"] = WordOf(row.Severity), ["count"] = row.Count })),
        ["codes"] = new ScriptArray(byCode.OrderByDescending(group => group.Max(finding => finding.Diagnostic.Severity)).ThenByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row(group.Key, pages.GetValueOrDefault(group.Key), [.. group]))),
    };

    /// <summary>The values of a code's page.</summary>
    public ScriptObject Code(CodePage page)
    {
        ScriptObject values = Row(page.Code.Id, page, [.. byCode[page.Code.Id]]);
        values["hint"] = page.Code.FixedHint;
        values["paragraphs"] = new ScriptArray(page.Explanation.ReplaceLineEndings("\n").Split("\n\n").Select(text => new ScriptObject { ["text"] = text, ["is_code"] = text.StartsWith("    ", StringComparison.Ordinal) }));
        values["examples"] = new ScriptArray(page.Examples.Select((example, number) => new ScriptObject
        {
            ["heading"] = example.Heading,
            ["path"] = example.Path,
            ["yaml"] = YamlHighlighter.Colour(example.Text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n", 1, new HashSet<int>(), new HashSet<int>()),
            ["anchor"] = $"example-{number + 1}",
        }));
        values["facts"] = new ScriptArray(page.Facts.Select(fact => new ScriptObject { ["name"] = fact.Name, ["value"] = fact.Value }));
        values["external"] = page.Address;
        values["findings"] = new ScriptArray(byCode[page.Code.Id].Select(Place));
        return values;
    }

    private static ScriptObject Row(string code, CodePage? page, IReadOnlyList<SiteFinding> found)
    {
        Severity severity = found.Count == 0 ? page!.Code.Severity : found.Max(finding => finding.Diagnostic.Severity);
        return new ScriptObject
        {
            ["code"] = code,
            ["name"] = page?.Name,
            ["group"] = page?.Group,
            ["message"] = page?.Code.Message ?? found[0].Diagnostic.Message,
            ["severity"] = SiteRule.NameOf(severity),
            ["findings_count"] = found.Count,
            ["rules_count"] = found.Select(finding => finding.Rule).Distinct().Count(),
            ["href"] = page is null ? null : PageOf(page) + ".html",
            ["hash"] = SiteValues.Search("finding", code),
        };
    }

    private static ScriptObject Place(SiteFinding finding)
    {
        int? line = RuleExcerpt.Of(finding.Rule.Text, finding.Rule.Rule.Document.Span).LineOf(finding.Diagnostic.Span);
        ScriptObject row = SiteValues.Row(finding.Rule, "../");
        row["href"] = $"{row["href"]}{(line is null ? "" : $"#L{line}")}";
        row["line"] = line;
        row["message"] = finding.Diagnostic.Message;
        return row;
    }
}
