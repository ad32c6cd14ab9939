using System.Text;
using Scriban.Runtime;
using Sigma.Attack;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>A file of the site.</summary>
/// <param name="Path">Its path below the root of the site, with slashes.</param>
/// <param name="Content">Its content.</param>
internal sealed record SiteFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>
/// Makes a site to look at from documented rules: an overview, the coverage of ATT&amp;CK, a page a technique and a page a
/// rule. It needs nothing else, no server either. The same rules make the same bytes.
/// </summary>
/// <param name="theme">The templates and assets.</param>
/// <param name="attack">The names of tactics and techniques.</param>
/// <param name="title">The site's name.</param>
internal sealed class DetectionSite(SiteTheme theme, AttackCatalog attack, string title = DetectionSite.DefaultTitle)
{
    /// <summary>The name of a site that is given none.</summary>
    public const string DefaultTitle = "Detection rules";

    /// <summary>The number of pages that are made in parallel before they are returned.</summary>
    private const int Batch = 64;

    /// <summary>Finds what there is to know of a code; a code without has no page.</summary>
    public Func<string, CodePage?> Codes { get; init; } = static _ => null;

    /// <summary>Whether the rules were checked, so that there is a page of what was found.</summary>
    public bool HasFindings { get; init; }

    /// <summary>Creates the files.</summary>
    /// <param name="sources">All rule files, in the order of their paths.</param>
    /// <param name="jobs">How many pages are made at the same time.</param>
    /// <param name="diagnostics">Receives diagnostics about a template; no file is made after an error.</param>
    /// <returns>The files, one after another as they are made.</returns>
    public IEnumerable<SiteFile> Write(IReadOnlyList<SiteSource> sources, int jobs, List<Diagnostic> diagnostics)
    {
        var map = new SiteMap(SiteRule.Of(sources));
        var coverage = new CoverageMatrix(attack, map.ByTitle);
        var findings = new SiteFindings(map.ByTitle, Codes, HasFindings);
        var rules = new RuleValues(map, coverage, findings);
        Page[] pages =
        [
            new("index", "overview", "overview", title, () => new OverviewValues(map, coverage, attack, findings).Make()),
            new("coverage", "coverage", "coverage", "Coverage", () => SiteValues.Matrix(coverage)),
            new("rules", "rules", "rules", "Rules", () => new ScriptObject { ["rules"] = SiteValues.Rows(map.ByTitle, "") }),
            .. findings.AreShown ? (Page[])[new("findings", "findings", "findings", "Findings", findings.Overview)] : [],
            .. findings.Pages.Select(code => new Page(SiteFindings.PageOf(code), "code", "findings", code.Name is null ? code.Code.Id : $"{code.Code.Id} {code.Name}", () => findings.Code(code))),
            .. coverage.Techniques.Where(t => t.All.Length > 0).Select(t =>
                new Page($"techniques/{t.Page}", "technique", "coverage", $"{t.Technique.Id} {t.Technique.Name}", () => SiteValues.Technique(t, coverage))),
            .. map.ByTitle.Select(rule => new Page($"rules/{rule.Page}", "rule", "rules", rule.Title, () => rules.Of(rule))),
        ];

        // A template of the user's that cannot be run fails for the first page of its kind, before anything is written.
        foreach (Page page in pages.DistinctBy(page => page.Template))
        {
            if (!TryRender(page, map.ByTitle.Length, diagnostics, out _))
            {
                yield break;
            }
        }

        foreach ((string name, byte[] content) in theme.Assets)
        {
            yield return new SiteFile("assets/" + name, content);
        }

        yield return new SiteFile("assets/index.js", Encoding.UTF8.GetBytes(SearchIndex.Write(map.ByTitle, findings)));
        foreach (Page[] batch in pages.Chunk(Batch))
        {
            var made = new SiteFile?[batch.Length];
            var problems = new List<Diagnostic>[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
                made[i] = TryRender(batch[i], map.ByTitle.Length, problems[i] = [], out string text) ? new SiteFile(batch[i].Path + ".html", Encoding.UTF8.GetBytes(text)) : null);
            diagnostics.AddRange(problems.SelectMany(problem => problem));
            foreach (SiteFile file in made.OfType<SiteFile>())
            {
                yield return file;
            }
        }
    }

    private bool TryRender(Page page, int count, List<Diagnostic> diagnostics, out string text)
    {
        ScriptObject values = page.Values();
        AddShared(values, page, count);
        text = theme.Render(page.Template, values, out TemplateFailure? failure) ?? "";
        if (failure is null)
        {
            var frame = new ScriptObject { ["content"] = new Html(text), ["title"] = page.Title };
            AddShared(frame, page, count);
            text = theme.Render("layout", frame, out failure) ?? "";
        }

        if (failure is not null)
        {
            string place = $"{failure.Span.Start.Line + 1}:{failure.Span.Start.Column + 1}";
            diagnostics.Add(failure.At(null, message => Diagnostic.SiteTemplate(null, failure.Span.FileName ?? page.Template, $"{place} {message}")));
        }

        return failure is null;
    }

    /// <summary>A text to be copied, such as a query: escaped, with every character of it.</summary>
    private static readonly IScriptCustomFunction Exact =
        DelegateCustomFunction.CreateFunc<string?, Html>(static text => new Html(new StringBuilder().AppendExact(text).ToString()));

    /// <summary>What every template can use.</summary>
    private void AddShared(ScriptObject values, Page page, int count)
    {
        values["site"] = title;
        values["root"] = page.Path.Contains('/') ? "../" : "";
        values["page"] = page.Section;
        values["count"] = count;
        values["checked"] = HasFindings;
        values["attack"] = attack.Version;
        values["exact"] = Exact;
        values["version"] = typeof(DetectionSite).Assembly.GetName().Version?.ToString(3);
    }

    /// <summary>A page that is to be made.</summary>
    private sealed record Page(string Path, string Template, string Section, string Title, Func<ScriptObject> Values);
}
