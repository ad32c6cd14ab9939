using Scriban.Runtime;
using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Documentation.Site;

/// <summary>docs/site.md names every value that a template of the site can use.</summary>
public sealed class SitePageTests
{
    [Fact]
    public void Every_value_stands_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "site.md"));
        SiteMap map = Map();
        var coverage = new Coverage(AttackCatalog.BuiltIn, map.ByTitle);
        ScriptObject[] all =
        [
            new OverviewValues(map, coverage, AttackCatalog.BuiltIn).Make(), SiteValues.Matrix(coverage), SiteValues.Row(map.ByTitle[0], ""),
            .. coverage.Techniques.Where(t => t.All.Length > 0).Select(t => SiteValues.Technique(t, coverage)),
            .. map.ByTitle.Select(rule => new RuleValues(map, coverage).Of(rule)),
        ];

        string[] names = [.. all.SelectMany(Names).Distinct()];
        names.Should().HaveCountGreaterThan(60);
        names.Where(name => !page.Contains($"`{name}`") && !page.Contains($".{name}`")).Should().BeEmpty();
    }

    private static SiteMap Map()
    {
        var compiler = new Compiler([Repository.Target("splunk"), Repository.Target("grep")]);
        var documenter = new Documenter(AttackCatalog.BuiltIn, new DataNeeded(EventTypeCatalog.BuiltIn), TriggerCatalog.BuiltIn);
        return new SiteMap(SiteRule.Of(
        [
            .. SampleSite.Pack.Concat(HostileRule.Files).Select(file => new SourceText(file.Path, file.Text)).Select(source =>
            {
                IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
                return new SiteSource(source.Path, documenter.Document(source, documents, compiler.Convert(documents, RuleSet.Link(documents))));
            }),
        ]));
    }

    private static IEnumerable<string> Names(object? value) => value switch
    {
        ScriptObject fields => fields.SelectMany(field => Names(field.Value).Prepend(field.Key)),
        ScriptArray items => items.SelectMany(Names),
        _ => [],
    };
}
