using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Sigma.Backends;

/// <summary>A map whose keys pipelines and emitters choose: one that is not there is null.</summary>
internal sealed class OpenObject : ScriptObject
{
    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        base.TryGetValue(context, span, member, out value);
        return true;
    }
}
