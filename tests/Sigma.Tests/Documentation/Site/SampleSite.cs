using System.Text;
using Sigma.Attack;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Documentation.Site;

/// <summary>Makes sites of rules in memory.</summary>
internal static class SampleSite
{
    private static readonly Lazy<IReadOnlyList<(string, string)>> Files = new(() =>
        [.. Repository.Rules.Select(path => (Path.GetRelativePath(Path.Combine(Repository.Root, "rules"), path).Replace('\\', '/'), File.ReadAllText(path)))]);

    /// <summary>The files of our rule pack, with their paths below it.</summary>
    public static IReadOnlyList<(string Path, string Text)> Pack => Files.Value;

    /// <summary>Finds what there is to know of a code.</summary>
    public static CodePage? Codes(string code) => new CodePages([]).Find(code);

    /// <summary>Makes the site of some rule files.</summary>
    /// <param name="files">Their paths and texts.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="theme">A theme of one's own.</param>
    /// <returns>The files of the site by path.</returns>
    public static SortedDictionary<string, string> Of(IEnumerable<(string Path, string Text)> files, string[] targets, SiteTheme? theme = null)
    {
        var diagnostics = new List<Diagnostic>();
        theme ??= SiteTheme.Open(null, diagnostics);
        var site = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SiteFile file in new DetectionSite(theme, AttackCatalog.BuiltIn) { Codes = Codes, HasFindings = true }.Write(Sources(files, targets), 2, diagnostics))
        {
            site.Add(file.Path, Encoding.UTF8.GetString(file.Content.Span));
        }

        diagnostics.Should().BeEmpty();
        return site;
    }

    /// <summary>Documents rule files, linked with each other.</summary>
    /// <param name="files">Their paths and texts.</param>
    /// <param name="targets">The targets.</param>
    public static IReadOnlyList<SiteSource> Sources(IEnumerable<(string Path, string Text)> files, string[] targets)
    {
        IReadOnlyList<(SourceText Source, IReadOnlyList<ReadDocument> Documents)> read =
            [.. files.Select(file => new SourceText(file.Path, file.Text)).Select(source => (source, RuleReader.Read(source)))];
        RuleSet rules = RuleSet.Link([.. read.SelectMany(file => file.Documents)]);
        var compiler = new Compiler([.. targets.Select(target => Repository.Target(target))]);
        var documenter = new Documenter(AttackCatalog.BuiltIn, new DataNeeded(EventTypeCatalog.BuiltIn), TriggerCatalog.BuiltIn);
        var checker = new Checker(CheckSelection.Of(CheckCatalog.All, ["all"], [], [], []), new CheckSettings());
        return
        [
            .. read.Select(file => new SiteSource(file.Source.Path, documenter.Document(file.Source, file.Documents, compiler.Convert(file.Documents, rules))
                .With([.. checker.Check(file.Source).Findings.Select(finding => finding.Diagnostic)]))),
        ];
    }

    /// <summary>Makes the page of one rule.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="targets">The targets.</param>
    public static string Page(string text, params string[] targets) => Of([("rule.yml", text)], targets)["rules/rule.html"];
}
