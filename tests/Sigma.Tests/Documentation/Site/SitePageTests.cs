using Scriban.Runtime;
using Sigma.Attack;
using Sigma.Documentation.Site;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Documentation.Site;

/// <summary>docs/site.md names every value that a template of the site can use.</summary>
public sealed class SitePageTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Every_value_stands_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "site.md"));
        var map = new SiteMap(SiteRule.Of(SampleSite.Sources(SampleSite.Pack.Concat(HostileRule.Files), ["splunk", "grep"])));
        var coverage = new CoverageMatrix(AttackCatalog.BuiltIn, map.ByTitle);
        var findings = new SiteFindings(map.ByTitle, SampleSite.Codes, areShown: true);
        ScriptObject[] all =
        [
            findings.Overview(), .. findings.Pages.Select(findings.Code),
            new OverviewValues(map, coverage, AttackCatalog.BuiltIn, findings).Make(), SiteValues.Matrix(coverage), SiteValues.Row(map.ByTitle[0], ""),
            .. coverage.Techniques.Where(t => t.All.Length > 0).Select(t => SiteValues.Technique(t, coverage)),
            .. map.ByTitle.Select(rule => new RuleValues(map, coverage, findings).Of(rule)),
        ];

        string[] names = [.. all.SelectMany(Names).Distinct()];
        names.Should().HaveCountGreaterThan(60);
        names.Where(name => !page.Contains($"`{name}`") && !page.Contains($".{name}`")).Should().BeEmpty();
    }

    private static IEnumerable<string> Names(object? value) => value switch
    {
        ScriptObject fields => fields.SelectMany(field => Names(field.Value).Prepend(field.Key)),
        ScriptArray items => items.SelectMany(Names),
        _ => [],
    };
}
