using Scriban.Runtime;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>A user's template that is rendered again and again, within the limits of templates. Used by one thread at a time.</summary>
/// <param name="template">The template, which must be without errors.</param>
/// <param name="limits">What each rendering may cost.</param>
/// <param name="broken">Makes the finding of a template that fails.</param>
internal sealed class BoundedTemplate(Scriban.Template template, Limits limits, Func<string, Diagnostic> broken)
{
    /// <summary>To make one takes longer than to render with it.</summary>
    private BoundedTemplateContext? context;

    /// <summary>Renders the template; a name or member that does not exist is an error.</summary>
    /// <param name="values">The values it can use.</param>
    /// <param name="error">Why it cannot be rendered.</param>
    /// <returns>The text; null with an error.</returns>
    public string? Render(ScriptObject values, out Diagnostic? error)
    {
        context ??= new BoundedTemplateContext(TemplateLimits.OfOne(limits), strictMembers: true);
        context.PushGlobal(values);
        string? text = context.Render(template, out TemplateFailure? failure);
        error = failure?.At(null, broken);
        if (failure is null)
        {
            context.PopGlobal();
        }
        else
        {
            context = null;
        }

        return text;
    }
}
