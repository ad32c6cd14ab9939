using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>The page of a rule file: a Scriban template, the built-in one or the user's. docs/templates.md lists what it can use.</summary>
internal sealed class RulePage
{
    /// <summary>The name of the page's template in a folder of templates.</summary>
    public const string FileName = "page.scriban";

    private readonly Scriban.Template template;
    private readonly SourceText source;
    private readonly ITemplateLoader? loader;
    private readonly string attackVersion;

    private RulePage(Scriban.Template template, SourceText source, ITemplateLoader? loader, string attackVersion)
    {
        this.template = template;
        this.source = source;
        this.loader = loader;
        this.attackVersion = attackVersion;
    }

    /// <summary>What a page may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Finds what there is to know of a code; null for codes without a link.</summary>
    public Func<string, CodePage?> Codes { get; set; } = static _ => null;

    /// <summary>The built-in page.</summary>
    /// <param name="attackVersion">The version of ATT&amp;CK that the names come from.</param>
    /// <param name="limits">What it may cost; null for the usual.</param>
    public static RulePage BuiltIn(string attackVersion, Limits? limits = null)
    {
        var source = new SourceText(FileName, EmbeddedFiles.Text(typeof(RulePage).Assembly, "templates/" + FileName));
        return new RulePage(Scriban.Template.Parse(source.Text, source.Path), source, null, attackVersion) { Limits = limits ?? Limits.Default };
    }

    /// <summary>Reads a page of the user's.</summary>
    /// <param name="path">A template, or a folder with <c>page.scriban</c> and the templates it includes.</param>
    /// <param name="attackVersion">The version of ATT&amp;CK that the names come from.</param>
    /// <param name="diagnostics">Receives the diagnostics.</param>
    /// <param name="limits">What the page may cost; null for the usual.</param>
    /// <returns>The page; null after a report.</returns>
    public static RulePage? Read(string path, string attackVersion, List<Diagnostic> diagnostics, Limits? limits = null)
    {
        bool isFolder = Directory.Exists(path);
        string file = isFolder ? Path.Combine(path, FileName) : path;
        if (!File.Exists(file))
        {
            diagnostics.Add(Diagnostic.NoSuchInput(null, file));
            return null;
        }

        if ((isFolder ? FileBounds.Refusal(file, path) : FileBounds.Refusal(file)) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        try
        {
            SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out Diagnostic? error);
            if (error is not null)
            {
                diagnostics.Add(error);
                return null;
            }

            Scriban.Template template = TemplateReader.Read(source.Text, file, out TemplateMistake? mistake);
            var page = new RulePage(template, source, new FolderLoader(isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(file))!), attackVersion) { Limits = limits ?? Limits.Default };
            if (mistake is null)
            {
                return page;
            }

            diagnostics.Add(page.Broken(mistake.Span, mistake.Message).WithHint(mistake.Hint));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {exception.Message}"));
            return null;
        }
    }

    /// <summary>Renders the page of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Receives diagnostics about the template.</param>
    /// <returns>The text; null after a report.</returns>
    public string? Render(DocumentedFile file, List<Diagnostic> diagnostics)
    {
        var scope = new BoundedTemplateContext(TemplateLimits.OfOne(Limits), strictMembers: true) { TemplateLoader = loader };
        scope.PushGlobal(PageValues.Of(file, attackVersion, Codes));
        string? text = scope.Render(template, out TemplateFailure? failure);
        if (failure is not null)
        {
            Diagnostic broken = Broken(failure.Span, failure.Message);
            diagnostics.Add(failure.At(broken.Span, _ => broken));
        }

        return text;
    }

    private Diagnostic Broken(SourceSpan span, string message) => Diagnostic.SiteTemplate(
        span.FileName == source.Path ? new Span(source, span.Start.Offset, Math.Max(1, span.End.Offset - span.Start.Offset + 1)) : null,
        span.FileName ?? source.Path,
        message);

    /// <summary>Opens the templates beside the page, and none outside their folder.</summary>
    private sealed class FolderLoader(string folder) : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName)
        {
            string root = Path.GetFullPath(folder);
            string path = Path.Combine(root, templateName);
            return FileBounds.LiesIn(root, path)
                ? FileBounds.RealPath(path)
                : throw new ScriptRuntimeException(callerSpan, $"the template '{templateName}' does not lie in the page's folder");
        }

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath)
        {
            if (!File.Exists(templatePath) || FileBounds.Refusal(templatePath) is not null)
            {
                throw new ScriptRuntimeException(callerSpan, $"there is no template '{Path.GetFileName(templatePath)}' next to the page");
            }

            string text = File.ReadAllText(templatePath);
            return TemplateReader.Unclosed(text, templatePath) is { } mistake
                ? throw new ScriptRuntimeException(mistake.Span, $"{mistake.Span.Start.Line + 1}:{mistake.Span.Start.Column + 1} {mistake.Message}; {mistake.Hint}")
                : text;
        }

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            ValueTask.FromResult<string?>(Load(context, callerSpan, templatePath));
    }
}
