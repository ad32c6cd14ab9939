using Scriban.Runtime;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>
/// What the site looks like: a template for each kind of page, and the files beside them. A folder of the user's replaces
/// those that have the same name; what else is in it goes to the site's assets.
/// </summary>
internal sealed class SiteTheme
{
    private const string Prefix = "site/";
    private const string TemplateEnding = ".scriban";

    private readonly Dictionary<string, Scriban.Template> templates = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> assets = new(StringComparer.Ordinal);

    private readonly Limits limits;

    private SiteTheme(Limits limits) => this.limits = limits;

    /// <summary>The files that pages load, by name.</summary>
    internal IReadOnlyDictionary<string, byte[]> Assets => assets;

    /// <summary>Opens the theme.</summary>
    /// <param name="folder">A folder of the user's; null for none. It exists.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the theme must not be used.</param>
    /// <param name="limits">What a page may cost; null for the usual.</param>
    public static SiteTheme Open(string? folder, List<Diagnostic> diagnostics, Limits? limits = null)
    {
        var theme = new SiteTheme(limits ?? Limits.Default);
        foreach (string name in EmbeddedFiles.In(typeof(SiteTheme).Assembly, Prefix, ""))
        {
            theme.Add(name[Prefix.Length..], name, EmbeddedFiles.Bytes(typeof(SiteTheme).Assembly, name)!, diagnostics);
        }

        string[] known = [.. theme.templates.Keys];
        foreach (string path in folder is null ? [] : Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray())
        {
            string name = Path.GetFileName(path);
            if (FileBounds.LeftOut(path, folder!) is { } why)
            {
                diagnostics.Add(why);
                continue;
            }

            if (name.EndsWith(TemplateEnding, StringComparison.Ordinal) && !known.Contains(name))
            {
                diagnostics.Add(Diagnostic.UnknownSiteTemplate(null, path).WithHint(Suggestion.For(name, known) ?? "use one of " + string.Join(", ", known.Order(StringComparer.Ordinal))));
                continue;
            }

            try
            {
                theme.Add(name, path, File.ReadAllBytes(path), diagnostics);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(Diagnostic.CannotRead(new Span(new SourceText(path, ""), 0, 0), exception.Message));
            }
        }

        return theme;
    }

    /// <summary>Creates a page.</summary>
    /// <param name="template">The template's name, without its ending.</param>
    /// <param name="values">Its values.</param>
    /// <param name="failure">Why the template, which is the user's then, cannot be rendered.</param>
    /// <returns>The text; null with a failure.</returns>
    internal string? Render(string template, ScriptObject values, out TemplateFailure? failure) =>
        new SiteTemplateContext(values, limits).Render(templates[template + TemplateEnding], out failure);

    private void Add(string name, string path, byte[] content, List<Diagnostic> diagnostics)
    {
        if (!name.EndsWith(TemplateEnding, StringComparison.Ordinal))
        {
            assets[name] = content;
            return;
        }

        SourceText source = SourceText.Decode(path, content, out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error);
            return;
        }

        Scriban.Template template = TemplateReader.Read(source.Text, path, out TemplateMistake? mistake);
        if (mistake is not null)
        {
            int start = Math.Clamp(mistake.Span.Start.Offset, 0, source.Text.Length);
            diagnostics.Add(Diagnostic.SiteTemplate(new Span(source, start, Math.Clamp(mistake.Span.Length, 0, source.Text.Length - start)), path, mistake.Message).WithHint(mistake.Hint));
            return;
        }

        templates[name] = template;
    }
}
