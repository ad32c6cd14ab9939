using Scriban.Runtime;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>Renders a user's template within the limits of templates.</summary>
internal static class BoundedTemplate
{
    /// <summary>Renders a template; a name or member that does not exist is an error.</summary>
    /// <param name="template">The template, which must be without errors.</param>
    /// <param name="values">The values it can use.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="broken">Makes the finding of a template that fails.</param>
    /// <param name="error">Why it cannot be rendered.</param>
    /// <returns>The text; null with an error.</returns>
    public static string? Render(Scriban.Template template, ScriptObject values, Limits limits, Func<string, Diagnostic> broken, out Diagnostic? error)
    {
        var context = new BoundedTemplateContext(TemplateLimits.OfOne(limits), strictMembers: true);
        context.PushGlobal(values);
        string? text = context.Render(template, out TemplateFailure? failure);
        error = failure?.At(null, broken);
        return text;
    }
}
