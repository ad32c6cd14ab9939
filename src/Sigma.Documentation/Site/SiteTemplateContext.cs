using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>
/// Runs a page's template. Whatever a template writes is escaped, and characters that are not seen are shown by their codes, unless it is
/// <see cref="Html"/> of our own making: a template cannot forget it, and one of the user's own neither.
/// </summary>
internal sealed class SiteTemplateContext : BoundedTemplateContext
{
    /// <summary>Creates a context with values.</summary>
    /// <param name="values">The values of the template.</param>
    /// <param name="limits">What a page may cost.</param>
    public SiteTemplateContext(ScriptObject values, Limits limits)
        : base(TemplateLimits.OfAll(limits), strictMembers: true) => PushGlobal(values);

    /// <inheritdoc/>
    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        switch (textAsObject)
        {
            case null:
                return this;
            case Html html:
                Write(html.Markup);
                return this;
            default:
                Write((ObjectToString(textAsObject) ?? "").Shown());
                return this;
        }
    }
}
