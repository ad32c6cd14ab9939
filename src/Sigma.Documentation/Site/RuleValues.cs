using System.Collections.Immutable;
using Scriban.Runtime;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>The values of a rule's page.</summary>
/// <param name="map">All rules, and how they hang together.</param>
/// <param name="coverage">Where techniques have their pages.</param>
/// <param name="checks">What checks have found, and the pages of codes.</param>
internal sealed class RuleValues(SiteMap map, CoverageMatrix coverage, SiteFindings checks)
{
    /// <summary>From a rule's page to the root of the site.</summary>
    private const string Root = "../";

    /// <summary>Creates the values.</summary>
    public ScriptObject Of(SiteRule rule)
    {
        DocumentedRule documented = rule.Rule;
        Metadata metadata = rule.Metadata;
        FindingsByTarget findings = FindingsByTarget.Of(documented.Queries);
        RuleExcerpt excerpt = RuleExcerpt.Of(rule.Text, documented.Document.Span);
        IReadOnlyList<Diagnostic> notes = checks.Of(documented, findings.Shared);
        Diagnostic[] all = [.. findings.All, .. notes];
        HashSet<int> linked = [.. all.Select(finding => excerpt.LineOf(finding.Span)).OfType<int>()];
        HashSet<int> marked = [.. all.Where(finding => finding.Severity is not Severity.Info).Select(finding => excerpt.LineOf(finding.Span)).OfType<int>()];
        int place = map.Places[rule];
        return new ScriptObject
        {
            ["rule"] = new ScriptObject
            {
                ["title"] = rule.Title,
                ["id"] = metadata.Id,
                ["name"] = metadata.Name,
                ["kind"] = rule.Kind,
                ["level"] = rule.Level,
                ["level_name"] = SiteValues.LevelName(rule),
                ["status"] = metadata.Status is { } status ? SiteRule.NameOf(status) : null,
                ["description"] = metadata.Description?.Trim(),
                ["author"] = metadata.Author,
                ["date"] = metadata.Date,
                ["modified"] = metadata.Modified,
                ["license"] = metadata.License,
                ["path"] = rule.Path,
                ["file_name"] = Path.GetFileName(rule.Path),
                ["source"] = rule.Source,
                ["falsepositives"] = new ScriptArray(metadata.FalsePositives),
                ["fields"] = new ScriptArray(rule.Fields),
                ["text"] = excerpt.Text,
            },
            ["crumbs"] = Crumbs(rule),
            ["trees"] = Trees(documented.Document.Document),
            ["queries"] = new ScriptArray(documented.Queries.Select(query => Query(query, findings, excerpt))),
            ["notes"] = Notes(notes, excerpt),
            ["yaml"] = YamlHighlighter.Colour(excerpt.Text, excerpt.FirstLine, linked, marked),
            ["facts"] = Facts(rule),
            ["tactics"] = new ScriptArray(documented.Tactics.Select(tactic => new ScriptObject { ["id"] = tactic.Id, ["name"] = tactic.Name, ["external"] = tactic.Url })),
            ["techniques"] = new ScriptArray(documented.Techniques.Select(technique => new ScriptObject
            {
                ["id"] = technique.Id,
                ["name"] = technique.Name,
                ["href"] = Root + coverage.AddressOf(technique),
                ["external"] = technique.Url,
            })),
            ["tags"] = new ScriptArray(documented.OtherTags.Select(tag => new ScriptObject { ["name"] = tag, ["hash"] = SiteValues.Search("tag", tag) })),
            ["references"] = new ScriptArray(metadata.References.Select(reference => new ScriptObject { ["text"] = reference, ["url"] = WebAddress(reference) })),
            ["related"] = Related(rule),
            ["previous"] = Neighbour(place - 1),
            ["next"] = Neighbour(place + 1),
        };
    }

    /// <summary>An address that may become a link: of the web, and nothing that a browser would run.</summary>
    internal static string? WebAddress(string text)
    {
        string address = text.Trim();
        bool isWeb = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return isWeb && !address.AsSpan().ContainsAnyInRange('\0', ' ') && Uri.TryCreate(address, UriKind.Absolute, out _) ? address : null;
    }

    private static ScriptArray Crumbs(SiteRule rule)
    {
        var crumbs = new ScriptArray();
        if (rule.Rule.LogSource is { } source)
        {
            if (rule.Product.Length > 0)
            {
                crumbs.Add(new ScriptObject { ["name"] = source.Product, ["hash"] = SiteValues.Filter("product", rule.Product) });
            }

            if (source.Category is not null || source.Service is not null)
            {
                crumbs.Add(new ScriptObject { ["name"] = source.Category ?? source.Service, ["hash"] = SiteValues.Search("source", rule.Source) });
            }
        }

        return crumbs;
    }

    private ScriptArray Trees(SigmaDocument? document)
    {
        if (document is null)
        {
            return [];
        }

        ImmutableArray<TreeNode> trees = ConditionTree.Of(document, reference => map.Find(reference) is { } other ? (other.Title, other.Page + ".html") : null);
        return new ScriptArray(trees.Select(tree => new ScriptObject { ["drawing"] = TreeDrawing.Draw(tree), ["list"] = TreeDrawing.List(tree) }));
    }

    private ScriptObject Query(Conversion query, FindingsByTarget findings, RuleExcerpt excerpt)
    {
        IReadOnlyList<Diagnostic> own = findings.Of(query);
        bool warned = own.Any(finding => finding.Severity is Severity.Warning);
        return new ScriptObject
        {
            ["target"] = query.Target,
            ["anchor"] = FileNames.Of(query.Target),
            ["format"] = query.Format,
            ["status"] = query.Status is ConversionStatus.Converted && warned ? "warned" : SiteRule.NameOf(query.Status),
            ["text"] = query.Query,
            ["texts"] = new ScriptArray(query.Queries),
            ["notes"] = Notes(own, excerpt),
        };
    }

    private ScriptArray Notes(IEnumerable<Diagnostic> findings, RuleExcerpt excerpt) => new(findings.Select(finding => new ScriptObject
    {
        ["severity"] = SiteRule.NameOf(finding.Severity),
        ["code"] = finding.Code.Id,
        ["href"] = checks.AddressOf(finding.Code.Id, Root),
        ["message"] = finding.Message,
        ["hint"] = finding.Hint,
        ["line"] = excerpt.LineOf(finding.Span),
    }));

    private static ScriptArray Facts(SiteRule rule)
    {
        Metadata metadata = rule.Metadata;
        (string Name, string? Value)[] facts =
        [
            ("Log source", rule.Source),
            ("Log source set-up", rule.Rule.LogSource?.Definition),
            ("Author", metadata.Author),
            ("Created", metadata.Date),
            ("Changed", metadata.Modified),
            ("Id", metadata.Id),
            ("Name", metadata.Name),
            ("File", rule.Path),
            ("Licence", metadata.License),
            ("Fields", string.Join(", ", rule.Fields)),
            ("Data needed", string.Join(", ", rule.Rule.DataNeeded.Select(type => type.EventId is { } id ? $"event {id} of {type.Channel}" : type.Name).Distinct())),
            ("Enrichment", string.Join(", ", rule.Rule.Enrichments)),
        ];
        return new ScriptArray(facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new ScriptObject { ["name"] = fact.Name, ["value"] = fact.Value }));
    }

    private ScriptArray Related(SiteRule rule) => new(map.RelationsOf(rule).GroupBy(relation => relation.Name).Select(group => new ScriptObject
    {
        ["name"] = group.Key,
        ["rules"] = new ScriptArray(group.Select(relation => new ScriptObject
        {
            ["title"] = relation.Other?.Title ?? relation.Reference,
            ["href"] = relation.Other is { } other ? other.Page + ".html" : null,
        })),
    }));

    private ScriptObject? Neighbour(int place) => place < 0 || place >= map.ByTitle.Length
        ? null
        : new ScriptObject { ["title"] = map.ByTitle[place].Title, ["href"] = map.ByTitle[place].Page + ".html" };
}
