using Scriban.Runtime;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// A template of post-processing or of a finalizer. The public format has Jinja; this is Scriban, which reads <c>{{ … }}</c>
/// much the same. Jinja's statements <c>{% … %}</c> are refused with what to write instead.
/// </summary>
internal sealed class PipelineTemplate
{
    private readonly Scriban.Template template;
    private readonly Func<int, Span> place;

    private PipelineTemplate(Scriban.Template template, Func<int, Span> place)
    {
        this.template = template;
        this.place = place;
    }

    /// <summary>
    /// Reads <c>template</c>, a text, or <c>path</c>, a file in the pipeline's folder or below. <c>autoescape</c> can only be
    /// false, and <c>vars</c>, which names a Python file, is refused.
    /// </summary>
    /// <returns>The template; null after a report.</returns>
    public static PipelineTemplate? Read(Parameters parameters)
    {
        YamlScalar? text = parameters.Scalar("template");
        YamlScalar? path = parameters.Scalar("path");
        if (parameters.Node("vars") is { } vars)
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(vars.Span, "vars", "absent", "a Python file, which sigmac does not run")
                .WithHint("templates see the pipeline's own vars as pipeline.vars"));
        }

        if (parameters.Flag("autoescape"))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("autoescape")!.Span, "autoescape", "false", "true")
                .WithHint("write {{ query | html.escape }} where a text goes into HTML"));
        }

        if (text is not null && path is not null)
        {
            parameters.Diagnostics.Add(Diagnostic.ExclusiveParameters(path.Span, parameters.Owner, "template", "path"));
            return null;
        }

        if (path is not null)
        {
            return Open(path, parameters.Folder, parameters.Diagnostics) is { } source
                ? Parse(source.Text, offset => new Span(source, Math.Min(offset, source.Text.Length), 0), parameters.Diagnostics)
                : null;
        }

        if (text is null)
        {
            parameters.Missing("template");
            return null;
        }

        return Parse(text.Value, offset => text.SpanOf(Math.Min(offset, text.Value.Length), 0), parameters.Diagnostics);
    }

    /// <summary>Renders the template.</summary>
    /// <param name="scope">What it can use.</param>
    /// <param name="limits">What it may use of the machine.</param>
    /// <param name="error">What is wrong, when it cannot be rendered.</param>
    /// <returns>The text; null with an error.</returns>
    public string? Render(ScriptObject scope, TemplateLimits limits, out Diagnostic? error)
    {
        // An attribute that a rule has not is null, as in the public format.
        var context = new BoundedTemplateContext(limits, strictMembers: false);
        context.PushGlobal(scope);
        string? text = context.Render(template, out TemplateFailure? failure);
        Span? at = failure is null ? null : place(Math.Max(0, failure.Span.Start.Offset));
        error = failure?.At(at, message => Diagnostic.PipelineTemplate(at, message));
        return text;
    }

    private static PipelineTemplate? Parse(string text, Func<int, Span> place, List<Diagnostic> diagnostics)
    {
        if (FindJinja(text) is { } found)
        {
            diagnostics.Add(Diagnostic.JinjaSyntax(place(found.Offset), found.Written, found.Instead));
            return null;
        }

        Scriban.Template template = TemplateReader.Read(text, null, out TemplateMistake? mistake);
        if (mistake is null)
        {
            return new PipelineTemplate(template, place);
        }

        diagnostics.Add(Diagnostic.PipelineTemplate(place(Math.Max(0, mistake.Span.Start.Offset)), mistake.Message).WithHint(mistake.Hint));
        return null;
    }

    /// <summary>Finds the first <c>{% … %}</c> or <c>{# … #}</c>; <c>{%{ … }%}</c> is Scriban's own, and <c>{{#</c> may be text for another tool.</summary>
    private static (int Offset, string Written, string Instead)? FindJinja(string text)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (string.CompareOrdinal(text, i, "{%{", 0, 3) == 0 && text.IndexOf("}%}", i, StringComparison.Ordinal) is > 0 and int closed)
            {
                i = closed + 2;
                continue;
            }

            bool statement = text[i] == '{' && text[i + 1] == '%';
            bool comment = text[i] == '{' && text[i + 1] == '#' && !(i > 0 && text[i - 1] == '{');
            int end = statement ? text.IndexOf("%}", i, StringComparison.Ordinal) : comment ? text.IndexOf("#}", i, StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                continue;
            }

            string written = text[i..(end + 2)];
            string[] words = written[2..^2].Trim('-', '+', ' ', '\n').Split(' ', 2);
            string rest = words.Length > 1 ? words[1] : "…";
            return (i, written, comment ? $"write {{{{ # {written[2..^2].Trim()} }}}}" : words[0] switch
            {
                "if" or "for" => $"write {{{{ {words[0]} {rest} }}}}, and {{{{ end }}}} for {{% end{words[0]} %}}",
                "elif" => $"write {{{{ else if {rest} }}}}",
                "else" => "write {{ else }}",
                "set" => $"write {{{{ {rest} }}}}",
                var word when word.StartsWith("end", StringComparison.Ordinal) => "write {{ end }}",
                _ => "see the page on pipelines for what to write instead",
            });
        }

        return null;
    }

    private static SourceText? Open(YamlScalar path, string folder, List<Diagnostic> diagnostics)
    {
        try
        {
            string file = Path.GetFullPath(path.Value, folder);
            if (!FileBounds.LiesIn(folder, file))
            {
                diagnostics.Add(Diagnostic.TemplateOutside(path.Span, path.Value));
                return null;
            }

            if (FileBounds.Refusal(file, folder, path.Span) is { } refusal)
            {
                diagnostics.Add(refusal);
                return null;
            }

            SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out Diagnostic? error);
            if (error is null)
            {
                return source;
            }

            diagnostics.Add(error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            diagnostics.Add(Diagnostic.CannotRead(path.Span, exception.Message));
        }

        return null;
    }
}
